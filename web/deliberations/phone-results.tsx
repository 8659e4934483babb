import type { RoomQuestion } from '../../shared/deliberations/room.ts'
import {
  handsSentence,
  opinionSentence,
  outcomeSentence,
  pointsWords,
  textOf,
} from '../../shared/deliberations/words.ts'
import { ReadAloud } from '../kit/read-aloud.tsx'

/** Votes that have ended, the latest first, as sentences. */
export function Results({ questions }: { questions: RoomQuestion[] }) {
  const ended = questions.filter(({ state }) => state !== 'open').reverse()
  if (ended.length === 0) return null
  const words = () => ended.map((question) => `${question.title}。${sentenceOf(question)}`).join('。')
  return (
    <section>
      <div className="row">
        <h2>表决结果</h2>
        <ReadAloud words={words} />
      </div>
      <ul className="list">
        {ended.map((question) => (
          <li key={question.id}>
            <h3>{question.title}</h3>
            <Result question={question} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The vote that has just ended, where everybody looks. */
export function LatestResult({ question }: { question: RoomQuestion }) {
  return (
    <section className="card">
      <p className="small">表决结束</p>
      <h2>{question.title}</h2>
      <Result question={question} />
    </section>
  )
}

function Result({ question }: { question: RoomQuestion }) {
  return (
    <>
      <p>{sentenceOf(question)}</p>
      <Details question={question} />
    </>
  )
}

function sentenceOf(question: RoomQuestion): string {
  if (question.state === 'void') return `这次表决作废了${question.reason ? `：${question.reason}` : ''}。`
  return question.outcome ? outcomeSentence(question, question.outcome) : '表决已经结束，结果稍后公布。'
}

function Details({ question }: { question: RoomQuestion }) {
  const { outcome, state } = question
  if (!outcome || state === 'void') return null
  if (outcome.kind === 'motion') {
    const hands = handsSentence(outcome.hands)
    return hands ? <p className="small">{hands}</p> : null
  }
  if (outcome.kind !== 'opinion') {
    if (outcome.voted.phone + outcome.voted.seat === 0) return null
    return (
      <details>
        <summary>看每一项的{outcome.kind === 'dots' ? '票数' : '得分'}</summary>
        <ol className="list">
          {outcome.results.map(({ option, points }) => (
            <li key={option}>
              {textOf(question.options, option)} <strong>{pointsWords(outcome.kind, points)}</strong>
            </li>
          ))}
        </ol>
      </details>
    )
  }
  return (
    <details>
      <summary>看每一条的结果</summary>
      <ol className="list">
        {outcome.results.map((result) => (
          <li key={result.option}>
            <p>{textOf(question.options, result.option)}</p>
            <p className="small">{opinionSentence(result)}</p>
            {result.hands && <p className="small">{handsSentence(result.hands)}</p>}
          </li>
        ))}
      </ol>
    </details>
  )
}
