import { Button, Checkbox, Select } from 'antd'
import type { FormEvent } from 'react'
import type { Plan } from '../../shared/deliberations/api.ts'
import { type Kind, kindNames, MOST_SEAT_CARDS } from '../../shared/deliberations/kinds.ts'
import { readCommunity } from '../../shared/places/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Labelled, NumberField, WordsField } from '../kit/labelled.tsx'
import { Agenda, Proposals } from './plan-agenda.tsx'
import { fromField, toField } from './plan-draft.ts'
import { PlanFaults } from './plan-faults.tsx'
import './plan.css'

interface Props {
  district: string
  plan: Plan
  /** Communities to choose from, where it may still be moved. */
  communities: { code: string; name: string }[]
  /** Once it has begun, what people came for stays. */
  isFixed: boolean
  faults: readonly string[]
  isBusy: boolean
  isChanged: boolean
  change(more: Partial<Plan>): void
  turn(to: { kind?: Kind; community?: string }): void
  save(): void
}

/** What a secretary fills in before a meeting. */
export function PlanForm({ district, plan, communities, isFixed, faults, isBusy, isChanged, ...props }: Props) {
  const { change, turn, save } = props
  const isOnline = plan.kind === 'consultation'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save()
  }
  return (
    <form onSubmit={submit} noValidate className="plan-form">
      <div className="fields">
        <Labelled label="种类">
          {(id) => (
            <Select<Kind>
              id={id}
              value={plan.kind}
              disabled={isFixed}
              options={Object.entries(kindNames).map(([value, label]) => ({ value: value as Kind, label }))}
              onChange={(kind) => turn({ kind })}
            />
          )}
        </Labelled>
        <Labelled label="社区">
          {(id) => (
            <Select
              id={id}
              value={plan.community}
              disabled={isFixed || communities.length < 2}
              showSearch={{ optionFilterProp: 'label' }}
              options={communities.map(({ code, name }) => ({ value: code, label: name }))}
              onChange={(community) => turn({ community })}
            />
          )}
        </Labelled>
        {!isOnline && <Compounds district={district} plan={plan} change={change} />}
      </div>
      <WordsField label="名称" maxLength={80} value={plan.title} change={(title) => change({ title })} />
      <div className="fields">
        <WordsField
          label={isOnline ? '从什么时候开始（北京时间）' : '时间（北京时间）'}
          isMoment
          value={toField(plan.startsAt)}
          change={(at) => change({ startsAt: fromField(at) ?? plan.startsAt })}
        />
        {isOnline && (
          <WordsField
            label="截止时间（北京时间）"
            isMoment
            value={toField(plan.endsAt)}
            change={(at) => change({ endsAt: fromField(at) })}
          />
        )}
        {!isOnline && (
          <WordsField label="地点" maxLength={120} value={plan.place} change={(place) => change({ place })} />
        )}
        <WordsField
          label={isOnline ? '负责人（可不填）' : '主持人（可不填）'}
          maxLength={40}
          value={plan.host}
          change={(host) => change({ host })}
        />
      </div>
      {isOnline ? <Proposals plan={plan} change={change} /> : <Agenda plan={plan} change={change} />}
      <h2>{isOnline ? '怎样公开' : '会场安排'}</h2>
      <Checkbox checked={plan.moderated} onChange={({ target }) => change({ moderated: target.checked })}>
        居民写的意见，工作人员看过再公开
      </Checkbox>
      {!isOnline && (
        <div className="fields narrow">
          <NumberField
            label="每人发言（秒）"
            value={plan.speakerSeconds}
            min={30}
            max={3_600}
            step={30}
            change={(speakerSeconds) => change({ speakerSeconds })}
          />
          <NumberField
            label="座位卡（张，给没带手机的人）"
            value={plan.seats}
            min={0}
            max={MOST_SEAT_CARDS}
            change={(seats) => change({ seats })}
          />
        </div>
      )}
      <PlanFaults faults={faults} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={isBusy}>
          保存
        </Button>
        {isChanged && <span className="note">有改动，还没有保存</span>}
      </div>
    </form>
  )
}

/** A council of a courtyard names its compounds. */
function Compounds({ district, plan, change }: Pick<Props, 'district' | 'plan' | 'change'>) {
  const seen = useAnswer(readCommunity, { district, community: plan.community })
  const all = seen.face === 'ready' ? seen.data.compounds : []
  if (all.length === 0) return null
  return (
    <Labelled label="小区（不选就是全社区）">
      {(id) => (
        <Select
          id={id}
          mode="multiple"
          value={plan.compounds}
          options={all.map(({ code, name }) => ({ value: code, label: name }))}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(compounds) => change({ compounds })}
        />
      )}
    </Labelled>
  )
}
