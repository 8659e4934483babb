import { type FormEvent, useId, useRef, useState } from 'react'
import { confirmWish, type OwnWish } from '../../shared/wishes/api.ts'
import { call, reasonOf } from '../api/call.ts'
import { Refusal } from '../kit/refusal.tsx'
import { Fault, Picks } from './phone-picks.tsx'
import { ticketFor } from './ticket.ts'

interface Props {
  district: string
  wish: OwnWish
  canDispute: boolean
  changed(): void
}

const MOST_WORDS = 200
const answers = [
  { value: 'yes', text: '办到了' },
  { value: 'no', text: '没办到' },
] as const
const stars = [1, 2, 3, 4, 5] as const
const starWords = { 1: '很不满意', 2: '不满意', 3: '一般', 4: '满意', 5: '很满意' }

/** Whether it was really done, and a word of thanks. */
export function Confirm({ district, wish, canDispute, changed }: Props) {
  const [done, setDone] = useState<'yes' | 'no' | undefined>(canDispute ? undefined : 'yes')
  const [rating, setRating] = useState<number>()
  const [words, setWords] = useState('')
  const [publish, setPublish] = useState(wish.publish)
  const [faults, setFaults] = useState<{ done?: string; words?: string; all?: string }>({})
  const [isBusy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const id = useId()
  const choose = (answer: 'yes' | 'no') => {
    setDone(answer)
    setFaults({})
  }
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    const said = words.replace(/\s+/gu, ' ').trim()
    if (!done) return setFaults({ done: '请先选：办到了，还是没办到。' })
    if (done === 'no' && !said) return setFaults({ words: '请说一下哪里没办到，社区好去核实。' })
    if ([...said].length > MOST_WORDS) return setFaults({ words: `最多 ${MOST_WORDS} 字，请写短一点。` })
    setFaults({})
    setBusy(true)
    const ticket = ticketFor(district)
    const body =
      done === 'yes'
        ? { ticket, done: true, publish, ...(said ? { thanks: said } : {}), ...(rating ? { rating } : {}) }
        : { ticket, done: false, reason: said }
    try {
      await call(confirmWish, { district, wish: wish.id }, { body })
      changed()
    } catch (error) {
      setFaults({ all: reasonOf(error).message })
      setBusy(false)
    }
  }
  return (
    <form ref={form} className="asked" onSubmit={(event) => void send(event)} noValidate>
      {canDispute ? (
        <Picks name="done" legend="真的办到了吗" options={answers} chosen={done} choose={choose} fault={faults.done} />
      ) : (
        <p>后来办到了的话，请在这里说一声。</p>
      )}
      {done === 'yes' && <Stars chosen={rating} choose={setRating} />}
      {done && (
        <div className="field">
          <label htmlFor={id}>{done === 'yes' ? '想对他们说句谢谢（可以不写）' : '哪里没办到'}</label>
          <textarea
            id={id}
            rows={2}
            value={words}
            aria-describedby={`${id}-fault`}
            aria-invalid={faults.words ? true : undefined}
            onChange={(event) => {
              setWords(event.target.value)
              setFaults({})
            }}
          />
          <Fault id={`${id}-fault`} text={faults.words} />
        </div>
      )}
      {done === 'yes' && (
        <label className="tick">
          <input type="checkbox" checked={publish} onChange={({ target }) => setPublish(target.checked)} />
          <span>可以把这个心愿、照片和感谢的话给大家看看（不写姓名）</span>
        </label>
      )}
      {faults.all && <Refusal message={faults.all} />}
      <button type="submit" className="main" aria-disabled={isBusy}>
        {isBusy ? '请稍等……' : done === 'no' ? '告诉社区没办到' : '确认'}
      </button>
    </form>
  )
}

function Stars({ chosen, choose }: { chosen: number | undefined; choose(rating: number): void }) {
  const id = useId()
  return (
    <fieldset className="stars">
      <legend>打几颗星（可以不打）</legend>
      {stars.map((count) => (
        <label key={count} data-lit={chosen !== undefined && count <= chosen ? true : undefined}>
          <input
            type="radio"
            name={id}
            value={count}
            checked={chosen === count}
            onChange={() => choose(count)}
            aria-label={`${count} 颗星，${starWords[count]}`}
          />
          <span aria-hidden="true">★</span>
        </label>
      ))}
      <p className="small" aria-hidden="true">
        {chosen ? `${chosen} 颗星，${starWords[chosen as keyof typeof starWords]}` : ' '}
      </p>
    </fieldset>
  )
}
