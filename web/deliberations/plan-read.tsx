import { type Planned, readDocument } from '../../shared/deliberations/api.ts'
import { itemKindNames, kindNames } from '../../shared/deliberations/kinds.ts'
import { addressOf } from '../api/call.ts'
import { momentWords, statusWords } from './plan-words.ts'
import type { PlanParams } from './use-plan.ts'
import './plan.css'

/** The same for those who only look. */
export function PlanRead({ params, planned }: { params: PlanParams; planned: Planned }) {
  const { plan, status, communityName, documents } = planned
  return (
    <div className="plan-part">
      <h1>{plan.title}</h1>
      <dl className="figures">
        <Fact name="种类" words={kindNames[plan.kind]} />
        <Fact name="状态" words={statusWords(plan.kind, status)} />
        <Fact name="社区" words={communityName} />
        <Fact name="时间" words={momentWords(plan.startsAt)} />
        {plan.endsAt && <Fact name="截止" words={momentWords(plan.endsAt)} />}
        {plan.place && <Fact name="地点" words={plan.place} />}
        {plan.host && <Fact name="主持人" words={plan.host} />}
      </dl>
      {plan.agenda.length > 0 && <h2>议程</h2>}
      <ol>
        {plan.agenda.map(({ id, title, kind, minutes }) => (
          <li key={id}>
            {title}（{itemKindNames[kind]}，{minutes}分钟）
          </li>
        ))}
      </ol>
      {plan.proposals.length > 0 && <h2>征求意见的条目</h2>}
      <ol>
        {plan.proposals.map(({ id, title, text }) => (
          <li key={id}>
            {title}
            {text && <p className="under">{text}</p>}
          </li>
        ))}
      </ol>
      {documents.length > 0 && <h2>会议材料</h2>}
      <ul className="plan-documents">
        {documents.map(({ id, name }) => (
          <li key={id}>
            <a href={addressOf(readDocument, { ...params, document: id })} download>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Fact({ name, words }: { name: string; words: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{words}</dd>
    </div>
  )
}
