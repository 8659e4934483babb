import { Button } from 'antd'
import { useState } from 'react'
import { ruleNames } from '../../shared/deliberations/kinds.ts'
import { type Question, setQuestionState } from '../../shared/deliberations/questions-api.ts'
import { turnoutSentence } from '../../shared/deliberations/words.ts'
import { useKeptFocus } from '../kit/kept-focus.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Refusal } from '../kit/refusal.tsx'
import { AskLine } from './desk-ask-line.tsx'
import { quorumName } from './desk-ask-words.ts'
import { DeskHands } from './desk-hands.tsx'
import { useDesk } from './desk-here.ts'
import type { Waiting } from './desk-outbox.ts'
import { DeskOutcome } from './desk-outcome.tsx'
import { DeskPapers } from './desk-papers.tsx'
import { DeskSeatVotes } from './desk-seat-votes.tsx'
import { useVoteRunning, type VoteRunning } from './use-vote-running.ts'

interface Props {
  question: Question
  waiting: Waiting
  pick(question: string): void
}

type Asking = 'void' | 'rerun' | 'papers' | 'hands'

/** One question that lies open: what it asks, what can be done with it now, and what came of it. */
export function DeskQuestion({ question, waiting, pick }: Props) {
  const { room } = useDesk()
  const [asking, setAsking] = useState<Asking>()
  const running = useVoteRunning(question)
  const place = useKeptFocus<HTMLElement>()
  const mayRun = usePermitted().may(setQuestionState)
  const seen = room.questions.find(({ id }) => id === question.id) ?? question
  const common = { busy: running.busy, refused: running.refused, cancel: () => setAsking(undefined) }
  const end = () => setAsking(undefined)
  return (
    <section className="room-question" aria-label={question.title} ref={place} tabIndex={-1}>
      <Terms question={question} />
      {question.state === 'open' && (
        <p className="turnout" role="status">
          {turnoutSentence(seen)}
        </p>
      )}
      {question.state === 'open' && mayRun && <DeskSeatVotes {...{ question, waiting }} />}
      {question.reason && <p>{question.state === 'void' ? `作废：${question.reason}` : `说明：${question.reason}`}</p>}
      {question.outcome && <DeskOutcome question={question} outcome={question.outcome} />}
      {mayRun && !asking && <Ways {...{ question, running, ask: setAsking }} />}
      {asking === 'papers' && <DeskPapers {...{ question, running, end }} />}
      {asking === 'hands' && <DeskHands {...{ question, running, end }} />}
      {asking === 'void' && (
        <AskLine
          {...common}
          label="作废的理由"
          button="作废"
          most={200}
          send={async (reason) => (await running.set('void', { reason })) && end()}
        />
      )}
      {asking === 'rerun' && (
        <AskLine
          {...common}
          label="重新表决的理由"
          button="再拟一次"
          most={200}
          send={async (reason) => {
            const again = await running.rerun(reason)
            if (!again) return
            end()
            pick(again.id)
          }}
        />
      )}
      {running.refused && !asking && <Refusal message={running.refused} />}
      {!question.outcome && <Options question={question} />}
    </section>
  )
}

/** Below what is done with it, which must not be pushed out of sight. */
function Options({ question: { options } }: { question: Question }) {
  if (options.length === 0) return null
  return (
    <ol className="question-options">
      {options.map(({ id, text }) => (
        <li key={id}>{text}</li>
      ))}
    </ol>
  )
}

function Terms({ question: { rule, quorum, requirement, kind, picks } }: { question: Question }) {
  return (
    <>
      {(kind === 'dots' || kind === 'ranking') && (
        <p className="under">{kind === 'dots' ? `每人最多选 ${picks} 项` : `每人排出前 ${picks} 位`}</p>
      )}
      {rule && (
        <p className="under">
          {ruleNames[rule]}算通过 · {quorumName(quorum)}
          {requirement && ' · 通过后要求点位设这项功能'}
        </p>
      )}
    </>
  )
}

/** What was decided stands until it is voided. */
const cameToNothing = ({ state, outcome }: Question): boolean =>
  state === 'void' || (outcome?.kind === 'motion' && outcome.verdict === 'no-quorum')

interface WaysProps {
  question: Question
  running: VoteRunning
  ask(asking: Asking): void
}

function Ways({ question, running, ask }: WaysProps) {
  const { room } = useDesk()
  const { state, kind, secret, papers } = question
  const { status } = room.head
  const hasHands = !secret && kind !== 'ranking'
  const button = (title: string, act: () => void, isMain = false) => (
    <Button key={title} size="small" type={isMain ? 'primary' : undefined} disabled={running.busy} onClick={act}>
      {title}
    </Button>
  )
  if (status === 'closed') return null
  const close = () => (secret && papers > 0 ? ask('papers') : void running.set('closed'))
  return (
    <div className="statement-actions">
      {state === 'draft' && status === 'open' && button('开始表决', () => void running.set('open'), true)}
      {state === 'draft' && button('删去', () => void running.remove())}
      {state === 'open' && button('结束表决', close, true)}
      {state === 'open' && hasHands && button('录入举手', () => ask('hands'))}
      {(state === 'open' || state === 'closed') && button('作废', () => ask('void'))}
      {cameToNothing(question) && button('重新表决', () => ask('rerun'))}
    </div>
  )
}
