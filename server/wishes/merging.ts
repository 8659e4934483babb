import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { type State, stateNames } from '../../shared/wishes/states.ts'
import type { Db } from '../db/database.ts'
import { holds } from '../people/reach.ts'
import { refuse } from '../refusals.ts'
import type { Deciding } from './moderating.ts'
import { unite } from './moderation-queries.ts'
import { forgetPhotos } from './photo-files.ts'
import { lockWish, type StoredWish } from './queries.ts'
import { hashOfAccount } from './support.ts'
import { isSupporter } from './support-queries.ts'
import { takeStep } from './take-step.ts'
import { tellWisher } from './tell.ts'

const staying: readonly State[] = ['submitted', 'open', 'claimed']

/**
 * The wish into which another is to be merged, both rows locked; undefined where the decision is another.
 * @throws {Refusal} badRequest, wishState, unknownWish
 */
export async function mergedInto(
  tx: Db,
  { district, reach }: Pick<FastifyRequest, 'district' | 'reach'>,
  id: string,
  decision: { decision: string; into?: string },
): Promise<StoredWish | undefined> {
  if (decision.decision !== 'merge') return undefined
  const into = decision.into?.toLowerCase()
  if (into === undefined) throw refuse.badRequest([{ at: 'into', rule: 'required', message: '请选要并入哪一个心愿。' }])
  if (into === id) throw refuse.wishState('一个心愿不能并入它自己，请另选一个。')
  const rows = new Map<string, StoredWish | undefined>()
  for (const one of [id, into].sort()) rows.set(one, await lockWish(tx, { districtId: district.id, id: one }))
  const found = rows.get(into)
  if (!found || !holds(reach, found.community_code)) throw refuse.unknownWish()
  if (!staying.includes(found.state))
    throw refuse.wishState(`要并入的第 ${found.number} 号心愿现在是“${stateNames[found.state]}”，请另选一个。`)
  return found
}

/** Whoever wanted the one now wants the other. Both rows are held. */
export async function merge(
  { house, tx, by, at, district }: Deciding,
  wish: StoredWish,
  into: StoredWish,
  reason = `并入第 ${into.number} 号心愿`,
): Promise<StoredWish> {
  const own = wisherHashes(wish)
  const isCounted = isSameWisher(wish, into) || (await isSupporter(tx, { districtId: district.id, id: into.id }, own))
  const wisher = isCounted ? null : { hash: own[0]!, device: own[1] ?? null }
  const parts = { from: wish.id, into: into.id, wisher, but: wisherHashes(into) }
  await unite(tx, district.id, parts, at)
  const text = `您的第 ${wish.number} 号心愿同第 ${into.number} 号说的是一件事，已经并在一起办；进展请在“我的心愿”里看。`
  await tellWisher(house, tx, wish, { text, link: `/w/${district.code}/own` }, at)
  await forgetPhotos(house.files, tx, wish)
  return await takeStep(tx, wish, 'merge', by, at, { reason, merged_into: into.id })
}

/** What a wisher would be counted by as a supporter; who has neither account nor device stands under their wish. */
function wisherHashes({ id, person_id, ticket_hash }: StoredWish): Buffer[] {
  const known = [
    ...(person_id === null ? [] : [hashOfAccount(person_id)]),
    ...(ticket_hash === null ? [] : [ticket_hash]),
  ]
  return known.length > 0 ? known : [createHash('sha256').update(`wish/${id}`).digest()]
}

const isSameWisher = (one: StoredWish, other: StoredWish): boolean =>
  (one.contact_hash !== null && other.contact_hash?.equals(one.contact_hash) === true) ||
  wisherHashes(one).some((hash) => wisherHashes(other).some((its) => its.equals(hash)))
