import { Button } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { addFollowUp, type FollowUp, listFollowUps } from '../../shared/deliberations/minutes-api.ts'
import { listQuestions, type Question } from '../../shared/deliberations/questions-api.ts'
import { listStatements, type Statement } from '../../shared/deliberations/statements-api.ts'
import { serverNow } from '../api/server-clock.ts'
import { together, useAnswer } from '../api/use-answer.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Screen } from '../kit/screen-face.tsx'
import { FollowUpCard } from './follow-up-card.tsx'
import { FollowUpForm } from './follow-up-form.tsx'
import { useFollowUps, type Wanted } from './use-follow-ups.ts'
import type { PlanParams } from './use-plan.ts'
import './follow-ups.css'

/** What a follow-up may answer to. */
export interface Grounds {
  statements: Statement[]
  questions: Question[]
}

/** 跟进事项: who does what by when. `?statement=` or `?question=` begins one that answers to it. */
export function FollowUpsPage({ district, deliberation }: PlanParams) {
  const params = { district, deliberation }
  const seen = together<Grounds & { followUps: FollowUp[] }>({
    followUps: useAnswer(listFollowUps, params),
    statements: useAnswer(listStatements, params),
    questions: useAnswer(listQuestions, params),
  })
  return (
    <Screen seen={seen}>
      {({ followUps, ...grounds }) => <FollowUps params={params} followUps={followUps} grounds={grounds} />}
    </Screen>
  )
}

interface Props {
  params: PlanParams
  followUps: FollowUp[]
  grounds: Grounds
}

function FollowUps({ params, followUps, grounds }: Props) {
  const { may } = usePermitted()
  const save = useFollowUps(params)
  const [search, setSearch] = useSearchParams()
  const asked = begunFrom(search, grounds)
  const [isAdding, setAdding] = useState(false)
  const isOpen = isAdding || asked !== undefined
  const close = () => {
    setAdding(false)
    setSearch({}, { replace: true })
  }
  const mayAdd = may(addFollowUp)
  return (
    <>
      <h1>跟进事项</h1>
      {mayAdd && !isOpen && (
        <div className="actions">
          <Button type="primary" onClick={() => setAdding(true)}>
            记一件事
          </Button>
        </div>
      )}
      {isOpen && (
        <div className="panel follow-up">
          <h2>记一件事</h2>
          <FollowUpForm first={asked ?? empty()} grounds={grounds} save={(wanted) => save(wanted)} close={close} />
        </div>
      )}
      {followUps.length === 0 && !isOpen && (
        <p className="panel">
          {mayAdd
            ? '还没有要跟进的事。会上答应的每一件都请记下来：谁办、什么时候办完；到期前三天和过期时，会在“我的消息”里提醒您。'
            : '还没有要跟进的事。'}
        </p>
      )}
      {mayAdd && !isOpen && <Unanswered questions={grounds.questions} followUps={followUps} />}
      <ul className="follow-ups">
        {followUps.map((one) => (
          <FollowUpCard key={one.id} one={one} grounds={grounds} save={(wanted) => save(wanted, one)} />
        ))}
      </ul>
    </>
  )
}

/** Resolutions that nobody has been asked to carry out. */
function Unanswered({ questions, followUps }: { questions: Question[]; followUps: FollowUp[] }) {
  const passed = questions.filter(({ outcome }) => outcome?.kind === 'motion' && outcome.verdict === 'passed')
  const open = passed.filter(
    ({ id, state }) => state === 'closed' && !followUps.some(({ question }) => question === id),
  )
  if (open.length === 0) return null
  return (
    <div className="panel follow-up">
      <p>已经通过、还没有人办的决议，请点开记下谁办、什么时候办完：</p>
      <ul>
        {open.map(({ id, title }) => (
          <li key={id}>
            <Link to={`?question=${id}`}>{title}</Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

const DAY_MS = 86_400_000
/** A fortnight ahead, by the clocks in China. */
const soon = (): string => new Date(serverNow().getTime() + 14 * DAY_MS + 8 * 3_600_000).toISOString().slice(0, 10)

const empty = (): Wanted => ({
  ...{ text: '', owner: '', dueOn: soon(), statements: [], question: null, state: 'open', outcome: null },
})

/** Begun from a statement or a resolution, whose words are a first draft of what is to be done. */
function begunFrom(search: URLSearchParams, { statements, questions }: Grounds): Wanted | undefined {
  const statement = statements.find(({ id }) => id === search.get('statement'))
  const question = questions.find(({ id }) => id === search.get('question'))
  if (statement) return { ...empty(), text: statement.text.slice(0, 300), statements: [statement.id] }
  return question && { ...empty(), text: question.title, question: question.id }
}
