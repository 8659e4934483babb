import { Button, Drawer, Select, Switch } from 'antd'
import { type FormEvent, useState } from 'react'
import { Link } from 'react-router'
import { listPeople, type Person } from '../../shared/people/api.ts'
import { type Sponsor, type SponsorListed, setMembers, setSponsor } from '../../shared/wishes/claims-api.ts'
import { OPEN_CLAIMS } from '../../shared/wishes/kinds.ts'
import { call } from '../api/call.ts'
import { useAct } from '../api/use-act.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Labelled, NumberField, WordsField } from '../kit/labelled.tsx'
import { randomId } from '../kit/random-id.ts'
import { Refusal } from '../kit/refusal.tsx'
import { Screen } from '../kit/screen-face.tsx'
import { useWishesAnew } from './desk-work.ts'

interface Props {
  district: string
  communities: { code: string; name: string }[]
  sponsors: SponsorListed[]
  /** The id of one, or `new`. */
  opened: string | undefined
  close(): void
}

/** Takes an organisation down, or changes it. */
export function SponsorDrawer({ opened, sponsors, close, ...rest }: Props) {
  const known = sponsors.find(({ id }) => id === opened)
  return (
    <Drawer
      open={opened !== undefined}
      onClose={close}
      size="min(520px, 100vw)"
      title={known?.name ?? '登记一家单位'}
      destroyOnHidden
    >
      {opened !== undefined && <WithPeople {...rest} {...{ known, sponsors, close }} />}
    </Drawer>
  )
}

interface FormProps extends Omit<Props, 'opened'> {
  known: SponsorListed | undefined
}

function WithPeople(props: FormProps) {
  const seen = useAnswer(listPeople, { district: props.district })
  return <Screen seen={seen}>{(people) => <SponsorForm {...props} people={people} />}</Screen>
}

const blank = (): Sponsor => ({
  ...{ id: randomId(), name: '', fallbackFor: null, limit: OPEN_CLAIMS, active: true },
})

function SponsorForm({ district, communities, sponsors, known, close, people }: FormProps & { people: Person[] }) {
  const [draft, setDraft] = useState<Sponsor>(() => (known ? sponsorOf(known) : blank()))
  const [members, chooseMembers] = useState(() => known?.members.map(({ person }) => person) ?? [])
  const [isNameless, setNameless] = useState(false)
  const { busy, refused, run } = useAct()
  const anew = useWishesAnew(district)
  const change = (more: Partial<Sponsor>) => setDraft({ ...draft, ...more })
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setNameless(!draft.name.trim())
    if (!draft.name.trim()) return
    const done = await run(async () => {
      await call(setSponsor, { district }, { body: { ...draft, name: draft.name.trim() } })
      await call(setMembers, { district, sponsor: draft.id }, { body: { people: members } })
    })
    await anew()
    if (done) close()
  }
  return (
    <form onSubmit={save} noValidate>
      <WordsField label="单位名称" maxLength={60} value={draft.name} change={(name) => change({ name })} />
      {isNameless && <Refusal message="请填单位名称。" />}
      <Members {...{ people, sponsors, known, members }} choose={chooseMembers} />
      <NumberField
        label="同时在办的上限（个）"
        min={1}
        max={1000}
        value={draft.limit}
        change={(limit) => change({ limit })}
      />
      <Labelled label="兜底社区（可不选）：这个社区退回或到期未办的，请它接着办">
        {(id) => (
          <Select
            id={id}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder="不兜底"
            value={draft.fallbackFor ?? undefined}
            options={communities.map(({ code, name }) => ({ value: code, label: name }))}
            onChange={(code?: string) => change({ fallbackFor: code ?? null })}
          />
        )}
      </Labelled>
      {known && (
        <Labelled label="可以认领（停用后不能再认领，在办的照办）">
          {(id) => <Switch id={id} checked={draft.active} onChange={(active) => change({ active })} />}
        </Labelled>
      )}
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

const sponsorOf = ({ id, name, fallbackFor, limit, active }: SponsorListed): Sponsor => ({
  ...{ id, name, fallbackFor, limit, active },
})

interface MembersProps extends Pick<FormProps, 'sponsors' | 'known'> {
  people: Person[]
  members: string[]
  choose(people: string[]): void
}

/** People with the role for it, who belong to no other organisation. */
function Members({ people, sponsors, known, members, choose }: MembersProps) {
  const elsewhere = new Set(
    sponsors.filter(({ id }) => id !== known?.id).flatMap((one) => one.members.map(({ person }) => person)),
  )
  const own = known?.members.map(({ person, name }) => ({ value: person, label: name })) ?? []
  const others = people
    .filter(({ id, grants, status }) => status !== 'disabled' && !elsewhere.has(id) && isSponsor(grants))
    .map(({ id, name, username }) => ({ value: id, label: `${name}（${username}）` }))
  const options = [...others, ...own.filter(({ value }) => !others.some((one) => one.value === value))]
  return (
    <>
      <Labelled label="成员（每人只能属于一家单位）">
        {(id) => (
          <Select
            id={id}
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={options.length > 0 ? '选一位或几位' : '没有可以选的人'}
            value={members}
            options={options}
            onChange={choose}
          />
        )}
      </Labelled>
      <p className="under">
        名单里没有的，请先到<Link to="/people">人员</Link>里添加，角色选“共建单位成员”。
      </p>
    </>
  )
}

const isSponsor = (grants: Person['grants']) => grants.some(({ role }) => role === 'sponsor')
