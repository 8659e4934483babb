import { useEffect, useState } from 'react'
import { type BoardWish, readEvent } from '../../shared/wishes/api.ts'
import { type Answer, call, Refused, reasonOf } from '../api/call.ts'
import type { Face } from '../api/use-call.ts'

export type Event = Answer<typeof readEvent>
export type Totals = Event['totals']
export type Wish = BoardWish

const POLL_MS = 1_500
const PATIENCE_MS = 8_000
/** After so long without an answer what is shown may be out of date. */
const STALE_MS = 6_000

/** The board of an event as long as the screen stands. `live` false: the network is lost, and is tried again by itself. */
export function useEvent(district: string, community: string | null): { seen: Face<Event>; live: boolean } {
  const [seen, setSeen] = useState<Face<Event>>({ face: 'waiting' })
  const [live, setLive] = useState(true)
  useEffect(() => follow({ district, community }, setSeen, setLive), [district, community])
  return { seen, live }
}

interface About {
  district: string
  community: string | null
}

function follow(about: About, show: (seen: Face<Event>) => void, setLive: (live: boolean) => void): () => void {
  const stop = new AbortController()
  let event: Event | undefined
  let heardAt = performance.now()
  let timer: ReturnType<typeof setTimeout> | undefined
  let isAsking = false

  const ask = async () => {
    if (isAsking) return
    isAsking = true
    clearTimeout(timer)
    try {
      const next = await readNext(about, event)
      heardAt = performance.now()
      if (next !== event && !stop.signal.aborted) show({ face: 'ready', data: next })
      event = next
    } catch (error) {
      const isUnknown = error instanceof Refused && /^unknown_/.test(error.problem.code)
      if ((isUnknown || !event) && !stop.signal.aborted) show({ face: 'refused', message: reasonOf(error).message })
    }
    isAsking = false
    if (stop.signal.aborted) return
    setLive(performance.now() - heardAt < STALE_MS)
    timer = setTimeout(() => void ask(), POLL_MS)
  }
  const again = () => void ask()
  window.addEventListener('online', again)
  document.addEventListener('visibilitychange', again)
  again()
  return () => {
    stop.abort()
    clearTimeout(timer)
    window.removeEventListener('online', again)
    document.removeEventListener('visibilitychange', again)
  }
}

/** What is shown stays the same thing while nothing changes. */
async function readNext({ district, community }: About, event: Event | undefined): Promise<Event> {
  const query = { ...(community && { community }), ...(event && { since: String(event.seq) }) }
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), PATIENCE_MS)
  try {
    const next = await call(readEvent, { district }, { query, signal: late.signal })
    return event && !next.changed ? event : next
  } finally {
    clearTimeout(timer)
  }
}
