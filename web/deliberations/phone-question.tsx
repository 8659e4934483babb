import { questionKindNames, ruleNames } from '../../shared/deliberations/kinds.ts'
import type { RoomQuestion } from '../../shared/deliberations/room.ts'
import { useKeptFocus } from '../kit/kept-focus.ts'
import { ReadAloud } from '../kit/read-aloud.tsx'
import { Motion } from './phone-motion.tsx'
import { Opinions } from './phone-opinions.tsx'
import { Dots, Ranking } from './phone-picks.tsx'
import type { Visit } from './visits.ts'
import { chosenOn } from './vote.ts'

interface Props {
  question: RoomQuestion
  visit: Visit
}

/** A question that is being voted on. */
export function OpenQuestion({ question, visit }: Props) {
  const { kind, title, present, voted } = question
  const place = useKeptFocus<HTMLElement>()
  return (
    <section className="card ballot" aria-label={title} ref={place} tabIndex={-1}>
      <p className="small">
        正在表决 · {kind === 'dots' ? `最多选 ${question.picks} 项` : questionKindNames[kind]}
        {question.secret && ' · 无记名'}
      </p>
      <div className="row">
        <h2>{title}</h2>
        <ReadAloud words={() => [title, ...question.options.map(({ text }) => text)].join('。')} />
      </div>
      {question.rule && <p className="small">怎样算通过：{ruleNames[question.rule]}。</p>}
      <Ballot question={question} visit={visit} />
      <p className="small">
        {present} 人中已有 {voted} 人表决。
        {!question.secret && hasVoted(visit, question) && '结束前您还可以改。'}
      </p>
    </section>
  )
}

const hasVoted = (visit: Visit, question: RoomQuestion) =>
  visit.own?.votes.some((vote) => vote.question === question.id) ?? false

function Ballot({ question, visit }: Props) {
  switch (question.kind) {
    case 'opinion':
      return <Opinions question={question} visit={visit} />
    case 'dots':
      return <Dots key={String(chosenOn(visit, question.id, question.id))} question={question} visit={visit} />
    case 'ranking':
      return <Ranking key={String(chosenOn(visit, question.id, question.id))} question={question} visit={visit} />
    case 'motion':
      return <Motion question={question} visit={visit} />
  }
}
