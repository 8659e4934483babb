import { useState } from 'react'
import { type BoardWish, supportWish } from '../../shared/wishes/api.ts'
import { call, reasonOf } from '../api/call.ts'
import { readKept } from '../kit/kept.ts'
import { Fault } from './phone-picks.tsx'
import { ticketFor } from './ticket.ts'

const place = (district: string) => `supported.${district}`
const supportedIn = (district: string) => readKept<Record<string, boolean>>(place(district), {})

function noteSupported(district: string, wish: string): void {
  try {
    localStorage.setItem(`yixu.${place(district)}`, JSON.stringify({ ...supportedIn(district), [wish]: true }))
  } catch {
    // Storage is full or refused: pressed again, it counts once at the server.
  }
}

/** 我也想, once from this phone. */
export function Support({ district, wish }: { district: string; wish: BoardWish }) {
  const [count, setCount] = useState(wish.supporters)
  const [isBusy, setBusy] = useState(false)
  const [isIn, setIn] = useState(() => supportedIn(district)[wish.id] === true)
  const [fault, setFault] = useState<string>()
  const want = async () => {
    if (isBusy || isIn) return
    setBusy(true)
    setFault(undefined)
    try {
      const { supporters } = await call(
        supportWish,
        { district, wish: wish.id },
        { body: { ticket: ticketFor(district) } },
      )
      setCount(supporters)
      setIn(true)
      noteSupported(district, wish.id)
    } catch (error) {
      setFault(reasonOf(error).message)
    }
    setBusy(false)
  }
  const others = count > 0 ? `（${count} 人）` : ''
  if (wish.state !== 'open') return count > 0 ? <p className="small">{count} 人也想</p> : null
  return (
    <>
      <span className="unseen" role="status">
        {isIn ? `算上您了，一共 ${count} 人也想。` : ''}
      </span>
      <button type="button" className="second" aria-pressed={isIn} aria-disabled={isBusy} onClick={() => void want()}>
        {isIn ? `✓ 算上您了${others}` : `我也想${others}`}
      </button>
      <Fault id={`support-${wish.id}`} text={fault} />
    </>
  )
}
