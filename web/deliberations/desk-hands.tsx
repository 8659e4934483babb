import { Button, InputNumber, Select } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { HANDS } from '../../shared/deliberations/outcome-table.ts'
import type { Question } from '../../shared/deliberations/questions-api.ts'
import { Refusal } from '../kit/refusal.tsx'
import { CountFields, noCounts } from './desk-counts.tsx'
import type { VoteRunning } from './use-vote-running.ts'

interface Props {
  question: Question
  running: VoteRunning
  end(): void
}

/** A total that somebody counted in the room: on the motion, or on one option after another. */
export function DeskHands({ question: { id, kind, options }, running, end }: Props) {
  const [subject, setSubject] = useState(kind === 'motion' ? id : options[0]?.id)
  const [counts, setCounts] = useState(noCounts)
  const [done, setDone] = useState('')
  const field = useId()
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (!subject || !(await running.hands(subject, counts))) return
    const at = options.findIndex((option) => option.id === subject)
    setDone(at < 0 ? '举手的人数记下了。' : `第 ${at + 1} 项举手的人数记下了。`)
    setCounts(noCounts)
    if (at >= 0) setSubject(options[Math.min(at + 1, options.length - 1)]!.id)
  }
  const isCounts = kind === 'motion' || kind === 'opinion'
  return (
    <form className="ask-line" onSubmit={(event) => void save(event)}>
      <p className="under">{HANDS}，不与逐人投票相加。再录一次以后一次为准。</p>
      {kind !== 'motion' && (
        <Select
          size="small"
          aria-label="哪一项"
          value={subject}
          onChange={setSubject}
          options={options.map((option) => ({ value: option.id, label: option.text }))}
        />
      )}
      {isCounts ? (
        <CountFields counts={counts} set={setCounts} />
      ) : (
        <div className="picks">
          <label htmlFor={field}>举手人数</label>
          <InputNumber
            id={field}
            autoFocus
            size="small"
            min={0}
            max={10_000}
            precision={0}
            value={counts.agree}
            onFocus={({ target }) => target.select()}
            onChange={(n) => setCounts({ ...noCounts, agree: n ?? 0 })}
          />
        </div>
      )}
      <p role="status" className="under">
        {done}
      </p>
      <div className="statement-actions">
        <Button size="small" htmlType="submit" type="primary" disabled={running.busy}>
          记下举手人数
        </Button>
        <Button size="small" onClick={end}>
          {done ? '好了' : '算了'}
        </Button>
      </div>
      {running.refused && <Refusal message={running.refused} />}
    </form>
  )
}
