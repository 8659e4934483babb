import { useEffect, useRef, useState } from 'react'
import type { Event, Wish } from './event-follow.ts'

/** So long a claim is marked as one of this moment. */
const FRESH_MS = 15_000

/** The numbers of wishes that were claimed while the screen stood there, and only just. */
export function useFresh({ claims }: Event): ReadonlySet<number> {
  const known = useRef<Set<string>>(undefined)
  const [fresh, setFresh] = useState<ReadonlySet<number>>(new Set())
  useEffect(() => {
    const before = known.current
    known.current = new Set(claims.map(keyOf))
    const now = before ? claims.filter((claim) => !before.has(keyOf(claim))).map(({ number }) => number) : []
    if (now.length === 0) return
    setFresh((fresh) => new Set([...fresh, ...now]))
    setTimeout(() => setFresh((fresh) => new Set([...fresh].filter((number) => !now.includes(number)))), FRESH_MS)
  }, [claims])
  return fresh
}

const keyOf = ({ number, at }: Event['claims'][number]) => `${number} ${at}`

/** What waits, and what was claimed last while the screen stood there, in the order of their numbers: cards keep their places. */
export function useCards(event: Event): Wish[] {
  const seen = useRef(new Map<number, Wish>())
  for (const wish of event.wishes) if (wish.state === 'open') seen.current.set(wish.number, wish)
  const open = event.wishes.filter(({ state }) => state === 'open')
  const waiting = new Set(open.map(({ number }) => number))
  const taken = event.claims.flatMap(({ number, sponsor }): Wish[] => {
    const wish = seen.current.get(number)
    return wish && !waiting.has(number) ? [{ ...wish, state: 'claimed', sponsor }] : []
  })
  return [...open, ...taken].sort((a, b) => a.number - b.number)
}
