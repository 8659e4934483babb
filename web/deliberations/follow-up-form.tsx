import { Button, Input, Radio, Select } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { needsOutcome, nextStates } from '../../shared/deliberations/follow-up-rules.ts'
import { type FollowUpState, followUpStateNames } from '../../shared/deliberations/kinds.ts'
import { TextField } from '../kit/text-field.tsx'
import type { Grounds } from './follow-ups-page.tsx'
import { PlanFaults } from './plan-faults.tsx'
import { faultsOf } from './plan-words.ts'
import type { Wanted } from './use-follow-ups.ts'

interface Props {
  first: Wanted
  /** Where it stands; absent for a new one. */
  from?: FollowUpState
  grounds: Grounds
  save(wanted: Wanted): Promise<void>
  close(): void
}

/** What is to be done, by whom and when, and what it answers to. */
export function FollowUpForm({ first, from, grounds, save, close }: Props) {
  const [wanted, setWanted] = useState(first)
  const [faults, setFaults] = useState<string[]>([])
  const [isBusy, setBusy] = useState(false)
  const change = (more: Partial<Wanted>) => setWanted({ ...wanted, ...more })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const missing = missingIn(wanted)
    setFaults(missing)
    if (missing.length > 0) return
    setBusy(true)
    try {
      await save(wanted)
      close()
    } catch (error) {
      setFaults(faultsOf(error))
    }
    setBusy(false)
  }
  return (
    <form onSubmit={submit} noValidate>
      <TextField
        label="要办的事"
        name="text"
        maxLength={300}
        value={wanted.text}
        onChange={({ target }) => change({ text: target.value })}
      />
      <div className="follow-up-fields">
        <TextField
          label="谁来办（单位或岗位）"
          name="owner"
          maxLength={60}
          value={wanted.owner}
          onChange={({ target }) => change({ owner: target.value })}
        />
        <TextField
          label="什么时候办完"
          name="dueOn"
          type="date"
          value={wanted.dueOn}
          onChange={({ target }) => change({ dueOn: target.value })}
        />
      </div>
      <Answers wanted={wanted} grounds={grounds} change={change} />
      {from && <Progress from={from} wanted={wanted} change={change} />}
      <PlanFaults faults={faults} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={isBusy}>
          保存
        </Button>
        <Button onClick={close}>取消</Button>
      </div>
    </form>
  )
}

function missingIn({ text, owner, dueOn, state, outcome }: Wanted): string[] {
  return [
    ...(text.trim() ? [] : ['请写明要办的事。']),
    ...(owner.trim() ? [] : ['请写明谁来办。']),
    ...(dueOn ? [] : ['请选办完的日子。']),
    ...(needsOutcome(state) && !outcome?.trim() ? [`请写${outcomeWords(state)}，居民会看到。`] : []),
  ]
}

interface PartProps {
  wanted: Wanted
  change(more: Partial<Wanted>): void
}

/** What residents said, and what was resolved, that it answers to. */
function Answers({ wanted, grounds, change }: PartProps & { grounds: Grounds }) {
  const [statementsId, questionId] = [useId(), useId()]
  const { statements, questions } = grounds
  const said = statements.filter(({ state }) => state !== 'rejected' && state !== 'received')
  const resolved = questions.filter(({ state }) => state === 'closed')
  return (
    <>
      {said.length > 0 && (
        <div className="text-field">
          <label htmlFor={statementsId}>回应哪几条意见（可不选）</label>
          <Select
            id={statementsId}
            mode="multiple"
            value={wanted.statements}
            options={said.map(({ id, number, text }) => ({ value: id, label: `${number}. ${text}` }))}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(chosen) => change({ statements: chosen })}
          />
        </div>
      )}
      {resolved.length > 0 && (
        <div className="text-field">
          <label htmlFor={questionId}>依据哪一项表决（可不选）</label>
          <Select
            id={questionId}
            allowClear
            value={wanted.question ?? undefined}
            options={resolved.map(({ id, title }) => ({ value: id, label: title }))}
            onChange={(chosen?: string) => change({ question: chosen ?? null })}
          />
        </div>
      )}
    </>
  )
}

const outcomeWords = (state: FollowUpState): string => (state === 'done' ? '办结的依据' : '办不了的理由')

/** How far it is, of the states it may go to from where it stands. */
function Progress({ from, wanted, change }: PartProps & { from: FollowUpState }) {
  const id = useId()
  const { state, outcome } = wanted
  return (
    <>
      <div className="text-field">
        <span id={`${id}-state`}>进展</span>
        <Radio.Group
          aria-labelledby={`${id}-state`}
          value={state}
          onChange={({ target }) =>
            change({ state: target.value, ...(target.value === from ? {} : { outcome: null }) })
          }
          options={[from, ...nextStates[from]].map((value) => ({ value, label: followUpStateNames[value] }))}
        />
      </div>
      {needsOutcome(state) && (
        <div className="text-field">
          <label htmlFor={id}>{outcomeWords(state)}（居民会看到）</label>
          <Input.TextArea
            id={id}
            maxLength={500}
            className="grows"
            rows={3}
            value={outcome ?? ''}
            onChange={({ target }) => change({ outcome: target.value })}
          />
        </div>
      )}
    </>
  )
}
