import { Select } from 'antd'
import { useId, useState } from 'react'
import type { BoardWish } from '../../shared/wishes/api.ts'
import type { DeskWish } from '../../shared/wishes/desk-api.ts'
import { kindNames } from '../../shared/wishes/kinds.ts'
import { stateNames } from '../../shared/wishes/states.ts'
import { Refusal } from '../kit/refusal.tsx'
import { Screen } from '../kit/screen-face.tsx'
import { ReasonForm } from './desk-reason.tsx'
import { useStaying } from './desk-staying.ts'

interface Props {
  district: string
  wish: DeskWish
  busy: boolean
  refused?: string
  merge(into: string, reason: string): void
  cancel(): void
}

/** Finds the wish that stays: by its number or its words, among those of the community. */
export function MergeForm({ district, wish, busy, refused, merge, cancel }: Props) {
  const seen = useStaying(district, wish.community)
  return (
    <Screen seen={seen}>
      {(staying) => (
        <Choice
          {...{ busy, refused, merge, cancel }}
          communityName={wish.communityName}
          others={staying.filter(({ id }) => id !== wish.id)}
        />
      )}
    </Screen>
  )
}

interface ChoiceProps extends Pick<Props, 'busy' | 'refused' | 'merge' | 'cancel'> {
  communityName: string
  others: BoardWish[]
}

function Choice({ communityName, others, busy, refused, merge, cancel }: ChoiceProps) {
  const [into, setInto] = useState<string>()
  const [isMissing, setMissing] = useState(false)
  const field = useId()
  const chosen = others.find(({ id }) => id === into)
  if (others.length === 0) {
    return (
      <div className="wish-asks">
        <p>{communityName}现在没有别的待审核、待认领或在办的心愿，没有可以并入的。</p>
        <button type="button" className="small" onClick={cancel}>
          知道了
        </button>
      </div>
    )
  }
  return (
    <ReasonForm
      label="说明（可不写，许愿人会看到）"
      isOptional
      button="并入"
      {...{ busy, refused, cancel }}
      send={(reason) => (into ? merge(into, reason) : setMissing(true))}
    >
      <div className="labelled">
        <label htmlFor={field}>并入哪一个（{communityName}的，可以输入号码或文字查找）</label>
        <Select
          id={field}
          autoFocus
          showSearch={{ optionFilterProp: 'label' }}
          placeholder="输入号码或文字"
          notFoundContent="没有找到，请换个号码或文字"
          value={into}
          options={others.map((one) => ({
            value: one.id,
            label: `${one.number} 号 ${kindNames[one.kind]}（${stateNames[one.state]}）：${one.text}`,
          }))}
          onChange={(id: string) => {
            setInto(id)
            setMissing(false)
          }}
        />
      </div>
      {chosen && (
        <p className="wish-into">
          并入 <strong>{chosen.number} 号</strong>：{chosen.text}（{chosen.supporters} 人也想）
        </p>
      )}
      {isMissing && <Refusal message="请先选并入哪一个心愿。" />}
    </ReasonForm>
  )
}
