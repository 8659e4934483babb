import type { Static } from 'typebox'
import type { readEvent } from '../../shared/wishes/api.ts'
import type { Db } from '../db/database.ts'
import { reading } from './board.ts'
import { cardsOf } from './card-queries.ts'
import { boardSeq, newestClaims, totalsOf } from './event-queries.ts'

const MOST_CARDS = 120
const NEWEST = 10

type Event = Omit<Static<(typeof readEvent.responses)[200]>, 'address'>
type Told = Omit<Event, 'seq' | 'changed'>

const nothing: Told = { wishes: [], claims: [], totals: { open: 0, claimed: 0, fulfilled: 0 } }

/** What screens at a public event show; all that ask after the same change are answered by one look at the wishes. */
export function eventBoard() {
  const newest = new Map<string, { seq: number; told: Promise<Told> }>()
  const look = (db: Db, of: Of, seq: number, now: Date): Promise<Told> => {
    const screen = `${of.districtId}/${of.community ?? ''}`
    const known = newest.get(screen)
    if (known?.seq === seq) return known.told
    const told = tell(db, of, now)
    newest.set(screen, { seq, told })
    told.catch(() => newest.delete(screen))
    return told
  }
  return async (db: Db, of: Of, since: number | undefined, now: Date): Promise<Event> => {
    const seq = await boardSeq(db, of.districtId)
    if (seq === since) return { seq, changed: false, ...nothing }
    return { seq, changed: true, ...(await look(db, of, seq, now)) }
  }
}

interface Of {
  districtId: number
  community?: string
}

async function tell(db: Db, of: Of, now: Date): Promise<Told> {
  const { districtId, community } = of
  const asked = { parts: ['open', 'held'], wanted: { community }, limit: MOST_CARDS, now } as const
  const found = await reading(db, districtId, asked)
  const wishes = await cardsOf(
    db,
    districtId,
    found.map(({ id }) => id),
  )
  const claims = await newestClaims(db, of, NEWEST)
  return {
    wishes,
    claims: claims.map(({ at, ...claim }) => ({ ...claim, at: at.toISOString() })),
    totals: await totalsOf(db, of),
  }
}
