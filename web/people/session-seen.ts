import { readMe } from '../../shared/people/api.ts'
import { IDLE_MINUTES } from '../../shared/people/shapes.ts'
import { call } from '../api/call.ts'

const place = 'yixu.seen'
const IDLE_MS = IDLE_MINUTES * 60_000
/** Whoever types for this long without any call is still at work: the server is told. */
const QUIET_MS = 5 * 60_000
const NOTE_MS = 5_000
const LOOK_MS = 15_000

/** Who was signed in on this browser last, and when the server last answered them, in whichever window. */
interface Seen {
  person: string
  at: number
}

/** For browsers that keep nothing. */
let mine: Seen | undefined

function seen(): Seen | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? 'null') as Seen | null
    return kept ?? undefined
  } catch {
    return mine
  }
}

export const wasSeen = (): boolean => seen() !== undefined

export function isIdle(): boolean {
  const last = seen()
  return last !== undefined && Date.now() - last.at >= IDLE_MS
}

export function noteSeen(person: string): void {
  const at = Date.now()
  if (mine?.person === person && at - mine.at < NOTE_MS && wasSeen()) return
  mine = { person, at }
  try {
    localStorage.setItem(place, JSON.stringify(mine))
  } catch {
    // Storage is full or refused: the window remembers as long as it is open.
  }
}

export function clearSeen(): void {
  mine = undefined
  try {
    localStorage.removeItem(place)
  } catch {
    // As above.
  }
}

interface Tell {
  idle(): void
  /** Another window has signed out, or somebody else in. */
  elsewhere(person: string | undefined): void
}

/** Keeps the session of somebody who is at work, and ends the page's when nobody was for long. */
export function watchUse({ idle, elsewhere }: Tell): void {
  const look = () => mine && isIdle() && idle()
  setInterval(look, LOOK_MS)
  document.addEventListener('visibilitychange', look)
  const work = () => {
    const last = mine && seen()
    if (!last || Date.now() - last.at < QUIET_MS || isIdle()) return
    noteSeen(last.person)
    void call(readMe, undefined).catch(() => undefined)
  }
  document.addEventListener('keydown', work)
  document.addEventListener('pointerdown', work)
  window.addEventListener('storage', ({ key }) => {
    if (key !== place || !mine) return
    const person = seen()?.person
    if (person !== mine.person) elsewhere(person)
  })
}
