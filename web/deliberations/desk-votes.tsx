import { Button } from 'antd'
import { useState } from 'react'
import { questionKindNames } from '../../shared/deliberations/kinds.ts'
import { askQuestion, type Question } from '../../shared/deliberations/questions-api.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { AskQuestion } from './desk-ask.tsx'
import { useDesk } from './desk-here.ts'
import type { Waiting } from './desk-outbox.ts'
import { DeskQuestion } from './desk-question.tsx'

const stateWords: Record<Question['state'], string> = {
  draft: '未开始',
  open: '正在表决',
  closed: '已结束',
  void: '已作废',
}
const order: Question['state'][] = ['open', 'draft', 'closed', 'void']

/** What is put to the vote: what is open stands first and lies open. */
export function DeskVotes({ waiting }: { waiting: Waiting }) {
  const { room, questions } = useDesk()
  const [asking, setAsking] = useState(false)
  const [picked, setPicked] = useState<string>()
  const mayAsk = usePermitted().may(askQuestion)
  // The list comes in the order of being made, the last first among equals.
  const listed = [...questions].reverse().sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
  const current = picked ?? listed[0]?.id
  return (
    <section className="room-part room-votes" aria-labelledby="votes">
      <header>
        <h2 id="votes">表决</h2>
        {mayAsk && room.head.status !== 'closed' && (
          <Button size="small" type="primary" onClick={() => setAsking(true)}>
            新的表决
          </Button>
        )}
      </header>
      {listed.length === 0 && <p className="under">还没有表决。意见上墙后，可以请大家逐条表态，或形成决议。</p>}
      <ol className="room-questions">
        {listed.map((question) => (
          <li key={question.id} className={question.state}>
            <button
              type="button"
              className="question-title"
              aria-expanded={question.id === current}
              onClick={() => setPicked(question.id === current ? '' : question.id)}
            >
              {question.title}
              <span className="sub">
                {questionKindNames[question.kind]}
                {question.secret && ' · 无记名'} · {stateWords[question.state]}
                {question.rerunOf && ' · 重新表决'}
              </span>
            </button>
            {question.id === current && <DeskQuestion {...{ question, waiting }} pick={setPicked} />}
          </li>
        ))}
      </ol>
      {asking && (
        <AskQuestion
          close={(asked) => {
            setAsking(false)
            if (asked) setPicked(asked.id)
          }}
        />
      )}
    </section>
  )
}
