import { Button, Input, Radio, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { needsOutcome, nextStates } from '../../shared/deliberations/follow-up-rules.ts'
import { type FollowUpState, followUpStateNames } from '../../shared/deliberations/kinds.ts'
import { Labelled, WordsField } from '../kit/labelled.tsx'
import type { Grounds } from './follow-ups-page.tsx'
import { PlanFaults } from './plan-faults.tsx'
import { faultsOf } from './plan-words.ts'
import type { Wanted } from './use-follow-ups.ts'
import './plan.css'

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
  const change = (more: Partial<Wanted>) => {
    setWanted({ ...wanted, ...more })
    setFaults([])
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const missing = missingIn(wanted)
    setFaults(missing.length > 1 ? ['有几处还没有填：', ...missing] : missing)
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
      <WordsField label="要办的事" maxLength={300} value={wanted.text} change={(text) => change({ text })} />
      <div className="fields">
        <WordsField
          label="谁来办（单位或岗位）"
          maxLength={60}
          value={wanted.owner}
          change={(owner) => change({ owner })}
        />
        <Labelled label="什么时候办完">
          {(id) => (
            <Input
              id={id}
              type="date"
              value={wanted.dueOn}
              onChange={({ target }) => change({ dueOn: target.value })}
            />
          )}
        </Labelled>
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
  const { statements, questions } = grounds
  const said = statements.filter(({ state }) => state !== 'rejected' && state !== 'received')
  const resolved = questions.filter(({ state }) => state === 'closed')
  return (
    <>
      {said.length > 0 && (
        <Labelled label="回应哪几条意见（可不选）">
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              value={wanted.statements}
              options={said.map((one) => ({ value: one.id, label: `${one.number}. ${one.text}` }))}
              showSearch={{ optionFilterProp: 'label' }}
              onChange={(chosen) => change({ statements: chosen })}
            />
          )}
        </Labelled>
      )}
      {resolved.length > 0 && (
        <Labelled label="依据哪一项表决（可不选）">
          {(id) => (
            <Select
              id={id}
              allowClear
              value={wanted.question ?? undefined}
              options={resolved.map((one) => ({ value: one.id, label: one.title }))}
              onChange={(chosen?: string) => change({ question: chosen ?? null })}
            />
          )}
        </Labelled>
      )}
    </>
  )
}

const outcomeWords = (state: FollowUpState): string => (state === 'done' ? '办结的依据' : '办不了的理由')

/** How far it is, of the states it may go to from where it stands. */
function Progress({ from, wanted, change }: PartProps & { from: FollowUpState }) {
  const { state, outcome } = wanted
  return (
    <>
      <Labelled label="进展">
        {(id) => (
          <Radio.Group
            id={id}
            aria-label="进展"
            value={state}
            onChange={({ target }) =>
              change({ state: target.value, ...(target.value === from ? {} : { outcome: null }) })
            }
            options={[from, ...nextStates[from]].map((value) => ({ value, label: followUpStateNames[value] }))}
          />
        )}
      </Labelled>
      {needsOutcome(state) && (
        <Labelled label={`${outcomeWords(state)}（居民会看到）`}>
          {(id) => (
            <Input.TextArea
              id={id}
              className="grows"
              rows={2}
              maxLength={500}
              value={outcome ?? ''}
              onChange={({ target }) => change({ outcome: target.value })}
            />
          )}
        </Labelled>
      )}
    </>
  )
}
