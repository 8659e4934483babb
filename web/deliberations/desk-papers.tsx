import { Button } from 'antd'
import { type FormEvent, useState } from 'react'
import type { Question } from '../../shared/deliberations/questions-api.ts'
import { Refusal } from '../kit/refusal.tsx'
import { CountFields, noCounts } from './desk-counts.tsx'
import type { VoteRunning } from './use-vote-running.ts'

interface Props {
  question: Question
  running: VoteRunning
  end(): void
}

/** What the papers of a secret ballot say, before it closes. */
export function DeskPapers({ question: { papers }, running, end }: Props) {
  const [counts, setCounts] = useState(noCounts)
  const counted = counts.agree + counts.disagree + counts.pass
  const close = async (event: FormEvent) => {
    event.preventDefault()
    if (await running.set('closed', { papers: counts })) end()
  }
  return (
    <form className="ask-line" onSubmit={(event) => void close(event)}>
      <p className="under">
        发出 {papers} 张纸质票，已录入 {counted} 张。没有写或收不回的算弃权。
      </p>
      <CountFields counts={counts} set={setCounts} />
      <div className="statement-actions">
        <Button size="small" htmlType="submit" type="primary" disabled={running.busy}>
          录入纸质票并结束
        </Button>
        <Button size="small" onClick={end}>
          算了
        </Button>
      </div>
      {running.refused && <Refusal message={running.refused} />}
    </form>
  )
}
