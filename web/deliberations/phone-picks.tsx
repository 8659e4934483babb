import { useState } from 'react'
import type { RoomQuestion } from '../../shared/deliberations/room.ts'
import type { Visit } from './visits.ts'
import { castVote, chosenOn } from './vote.ts'

interface Props {
  question: RoomQuestion
  visit: Visit
}

/** What is picked on the page, beginning with what was handed in; whether that is the same. */
function usePicked({ question, visit }: Props) {
  const cast = chosenOn(visit, question.id, question.id)
  const before = Array.isArray(cast) ? cast : []
  const [picked, setPicked] = useState<string[]>(before)
  const isHandedIn = before.length > 0 && before.join() === picked.join()
  return { picked, setPicked, isHandedIn, hasVoted: before.length > 0 }
}

/** A few of a list. */
export function Dots({ question, visit }: Props) {
  const { picked, setPicked, isHandedIn, hasVoted } = usePicked({ question, visit })
  const [isFull, setFull] = useState(false)
  const toggle = (id: string) => {
    const has = picked.includes(id)
    setFull(!has && picked.length >= question.picks)
    if (has) setPicked(picked.filter((one) => one !== id))
    else if (picked.length < question.picks) setPicked([...picked, id])
  }
  return (
    <>
      <ul className="picks">
        {question.options.map(({ id, text }) => (
          <li key={id}>
            <button type="button" className="second pick" aria-pressed={picked.includes(id)} onClick={() => toggle(id)}>
              <span className="mark" aria-hidden="true">
                {picked.includes(id) ? '✓' : ''}
              </span>
              {text}
            </button>
          </li>
        ))}
      </ul>
      <p aria-live="polite">
        {isFull
          ? `最多选 ${question.picks} 项。想换一项，先点一下已选的，把它去掉。`
          : `选了 ${picked.length} 项，最多 ${question.picks} 项。`}
      </p>
      <HandIn
        {...{ isHandedIn, hasVoted }}
        isReady={picked.length > 0}
        handIn={() => void castVote(visit, question, question.id, picked)}
      />
    </>
  )
}

/** Tapped in order. */
export function Ranking({ question, visit }: Props) {
  const { picked, setPicked, isHandedIn, hasVoted } = usePicked({ question, visit })
  const [isFull, setFull] = useState(false)
  const wanted = Math.min(question.picks, question.options.length)
  const place = (next: string[]) => {
    setFull(false)
    setPicked(next)
  }
  const tap = (id: string) => {
    if (picked.includes(id)) place(picked.filter((one) => one !== id))
    else if (picked.length < wanted) place([...picked, id])
    else setFull(true)
  }
  return (
    <>
      <p>从最要紧的开始，按先后点，一共排 {wanted} 项。</p>
      <ul className="picks">
        {question.options.map(({ id, text }) => {
          const at = picked.indexOf(id) + 1
          return (
            <li key={id}>
              <button
                type="button"
                className="second pick"
                aria-pressed={at > 0}
                aria-label={at > 0 ? `第 ${at}：${text}` : text}
                onClick={() => tap(id)}
              >
                <span className="mark" aria-hidden="true">
                  {at || ''}
                </span>
                {text}
              </button>
            </li>
          )
        })}
      </ul>
      <p aria-live="polite">
        {picked.length < wanted && `排好了 ${picked.length} 项，还差 ${wanted - picked.length} 项。`}
        {picked.length === wanted &&
          (isFull ? `${wanted} 项已经排满。想换一项，先点一下排好的，把它去掉。` : '都排好了。')}
      </p>
      {picked.length > 0 && (
        <div className="pair">
          <button type="button" className="second" onClick={() => place(picked.slice(0, -1))}>
            撤回上一个
          </button>
          <button type="button" className="second" onClick={() => place([])}>
            重新排
          </button>
        </div>
      )}
      <HandIn
        {...{ isHandedIn, hasVoted }}
        isReady={picked.length === wanted}
        handIn={() => void castVote(visit, question, question.id, picked)}
      />
    </>
  )
}

interface HandingIn {
  isHandedIn: boolean
  hasVoted: boolean
  isReady: boolean
  handIn(): void
}

function HandIn({ isHandedIn, hasVoted, isReady, handIn }: HandingIn) {
  if (isHandedIn) {
    return (
      <p className="good" role="status">
        您的选择已经提交。
      </p>
    )
  }
  return (
    <button type="button" className="main" disabled={!isReady} onClick={handIn}>
      {hasVoted ? '改成这样' : '提交'}
    </button>
  )
}
