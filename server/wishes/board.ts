import type { Static } from 'typebox'
import type { BoardWish, readBoard } from '../../shared/wishes/api.ts'
import type { Db } from '../db/database.ts'
import type { Secrets } from '../platform/secrets.ts'
import { movedSince, type Part, type Place, stretch, type Wanted } from './board-queries.ts'
import { cardsOf } from './card-queries.ts'
import { read, written } from './page-place.ts'

const PAGE = 20
const DAY_MS = 86_400_000

type Query = Static<typeof readBoard.query>

/** Where a page begins: in which part, after which wish, and when the first page was read. */
type PagePlace = [part: Part, at: string, id: string, since: number]

const partsOf = { open: ['open'], claimed: ['held'], fulfilled: ['fulfilled'] } as const

/** One page of the board. @throws {Refusal} badRequest */
export async function page(
  db: Db,
  { districtId, secrets }: { districtId: number; secrets: Secrets },
  { state, next, ...wanted }: Query,
  now: Date,
): Promise<{ wishes: BoardWish[]; next: string | null }> {
  const begin = next === undefined ? undefined : read<PagePlace>(secrets, 'board', next)
  const since = begin?.[3] ?? now.getTime()
  const parts: readonly Part[] = state ? partsOf[state] : ['open', 'held']
  const found = await reading(db, districtId, { parts, wanted, begin, limit: PAGE + 1, now })
  const last = found.length > PAGE ? found[PAGE - 1]! : undefined
  return {
    wishes: await cardsOf(
      db,
      districtId,
      found.slice(0, PAGE).map(({ id }) => id),
    ),
    next: last ? written(secrets, 'board', [last.part, last.at, last.id, since]) : null,
  }
}

interface Reading {
  parts: readonly Part[]
  wanted: Wanted
  begin?: PagePlace
  limit: number
  now: Date
}

/**
 * Part after part. Whoever pages sees each wish in the part in which it stood when they began: one that is claimed
 * meanwhile neither comes twice nor is passed over.
 */
export async function reading(
  db: Db,
  districtId: number,
  { parts, wanted, begin, limit, now }: Reading,
): Promise<(Place & { part: Part })[]> {
  const isLately = begin && parts.length > 1 && now.getTime() - begin[3] < DAY_MS
  const moved = isLately ? await movedSince(db, districtId, new Date(begin[3])) : []
  const found: (Place & { part: Part })[] = []
  for (const part of parts.slice(begin ? parts.indexOf(begin[0]) : 0)) {
    const after = begin?.[0] === part ? { at: begin[1], id: begin[2] } : undefined
    const also = moved.filter(({ wasHeld }) => wasHeld === (part === 'held')).map(({ id }) => id)
    const but = moved.map(({ id }) => id)
    const heads = await stretch(db, districtId, { part, wanted, after, limit: limit - found.length, now, but, also })
    found.push(...heads.map((place) => ({ ...place, part })))
    if (found.length === limit) break
  }
  return found
}
