import { useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Select, Switch } from 'antd'
import { type FormEvent, useState } from 'react'
import { listStations, type Station, setStation } from '../../shared/wishes/desk-api.ts'
import { useAct } from '../api/use-act.ts'
import { questionOf } from '../api/use-answer.ts'
import { Labelled, WordsField } from '../kit/labelled.tsx'
import { randomId } from '../kit/random-id.ts'
import { Refusal } from '../kit/refusal.tsx'

interface Props {
  district: string
  communities: { code: string; name: string }[]
  stations: Station[]
  /** The id of one, or `new`. */
  opened: string | undefined
  close(): void
}

/** Takes a station down, or changes it. */
export function StationDrawer({ opened, stations, close, ...rest }: Props) {
  const known = stations.find(({ id }) => id === opened)
  return (
    <Drawer
      open={opened !== undefined}
      onClose={close}
      size="min(460px, 100vw)"
      title={known?.name ?? '登记一处驿站'}
      destroyOnHidden
    >
      {opened !== undefined && <StationForm {...rest} {...{ known, close }} />}
    </Drawer>
  )
}

function StationForm({
  district,
  communities,
  known,
  close,
}: Pick<Props, 'district' | 'communities' | 'close'> & { known: Station | undefined }) {
  const only = communities.length === 1 ? communities[0]!.code : ''
  const [draft, setDraft] = useState<Station>(
    () => known ?? { id: randomId(), name: '', community: only, active: true },
  )
  const [isMissing, setMissing] = useState(false)
  const { act, busy, refused } = useAct()
  const queries = useQueryClient()
  const change = (more: Partial<Station>) => {
    setDraft({ ...draft, ...more })
    setMissing(false)
  }
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const name = draft.name.trim()
    setMissing(!name || !draft.community)
    if (!name || !draft.community) return
    const done = await act(setStation, { district }, { ...draft, name })
    await queries.invalidateQueries({ queryKey: questionOf(listStations, { district }).queryKey })
    if (done) close()
  }
  return (
    <form onSubmit={save} noValidate>
      <WordsField
        label="名称，例如“和平路骑手驿站”"
        maxLength={60}
        value={draft.name}
        change={(name) => change({ name })}
      />
      <Labelled label="在哪个社区">
        {(id) => (
          <Select
            id={id}
            showSearch={{ optionFilterProp: 'label' }}
            placeholder="选一个社区"
            value={draft.community || undefined}
            options={communities.map(({ code, name }) => ({ value: code, label: name }))}
            onChange={(community: string) => change({ community })}
          />
        )}
      </Labelled>
      {known && (
        <Labelled label="在用（停用后，它的二维码不能再许愿）">
          {(id) => <Switch id={id} checked={draft.active} onChange={(active) => change({ active })} />}
        </Labelled>
      )}
      {isMissing && <Refusal message="请填名称，并选好社区。" />}
      {refused && <Refusal message={refused} />}
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          保存
        </Button>
        <Button onClick={close}>取消</Button>
      </div>
    </form>
  )
}
