import type { FastifyInstance, FastifyRequest } from 'fastify'
import { phoneNumberIn } from '../../shared/wishes/contact.ts'
import { maskedName, withMaskedName } from '../../shared/wishes/masked-name.ts'
import type { Db } from '../db/database.ts'
import { lookOf } from '../people/look.ts'
import { community } from '../places/queries.ts'
import { audit } from '../platform/audit.ts'
import type { Secrets } from '../platform/secrets.ts'
import { refuse } from '../refusals.ts'
import { sealedContact } from './contact.ts'
import { countPosted, insertWish, nextNumber } from './post-queries.ts'
import { type PostedWish, type Poster, posterOf } from './poster.ts'
import { wishById } from './queries.ts'
import { sentence } from './sentence.ts'
import { note } from './take-step.ts'
import { tellOfNew } from './tell-of-new.ts'
import { wanted } from './wanted.ts'

type House = Pick<FastifyInstance, 'secrets' | 'now'>

export interface Receipt {
  wish: string
  number: number
}

const MOST_NAME = 40
/** More than anybody wishes for; who has a device of their own for each wish meets the cap of the address. */
const MOST_A_DAY = 100
const DAY_MS = 86_400_000

/**
 * Takes a wish in, once however often it is sent.
 * @throws {Refusal} sameWish, unknownCommunity, whoWishes, wrongStation, notPermitted, wrongContact, tooMany, and what `wanted` throws
 */
export async function post(house: House, request: FastifyRequest): Promise<{ receipt: Receipt; isNew: boolean }> {
  const body = request.body as PostedWish
  const hash = hashOf(house.secrets, body)
  const again = await postedBefore(request.db, request.district.id, body.id, hash)
  if (again) return { receipt: again, isNew: false }
  if (!(await community(request.db, request.district.id, body.community))) throw refuse.unknownCommunity()
  const poster = await posterOf(request, house.secrets)
  if (body.hardship && poster.by.role !== 'staff') throw refuse.notPermitted()
  const receipt = await take(house, request, { body, poster, hash })
  if (receipt) return { receipt, isNew: true }
  // Two of the same came at once, and this one second.
  return { receipt: (await postedBefore(request.db, request.district.id, body.id, hash))!, isNew: false }
}

/** All that was sent, under the server's key: what is kept of it later may be masked, changed or forgotten. */
function hashOf(secrets: Secrets, { station: _, ...body }: PostedWish): Buffer {
  const entries = Object.entries({ ...body, id: body.id.toLowerCase() }).sort(([a], [b]) => (a < b ? -1 : 1))
  return secrets.hashed('posted-wish', JSON.stringify(entries))
}

/** @throws {Refusal} sameWish */
async function postedBefore(db: Db, districtId: number, id: string, hash: Buffer): Promise<Receipt | undefined> {
  const earlier = await wishById(db, { districtId, id })
  if (!earlier) return undefined
  if (!earlier.posted_hash?.equals(hash)) throw refuse.sameWish()
  return { wish: earlier.id, number: earlier.number }
}

interface Posted {
  body: PostedWish
  poster: Poster
  hash: Buffer
}

/** Undefined where the same id was taken in meanwhile: then no number is spent. */
async function take(house: House, request: FastifyRequest, posted: Posted): Promise<Receipt | undefined> {
  const { db, district } = request
  const at = house.now()
  const taking = db.transaction().execute(async (tx) => {
    await mayPost(tx, district.id, posted.poster, at)
    const row = await rowOf(tx, house.secrets, district.id, posted, at)
    await tellOfNew(tx, { districtId: district.id, community: row.community_code }, at)
    const number = await nextNumber(tx, district.id)
    if (!(await insertWish(tx, { ...row, number }))) throw new TakenMeanwhile()
    const { by } = posted.poster
    await note(tx, row, { step: 'post', from: null, to: 'submitted', reason: null, by, at })
    if (by.role === 'staff') await audit(tx, lookOf(request, `wish:${row.id}`, { after: { number } }), at)
    return { wish: row.id, number }
  })
  return await taking.catch((error) => {
    if (error instanceof TakenMeanwhile) return undefined
    throw error
  })
}

class TakenMeanwhile extends Error {}

/** @throws {Refusal} tooMany */
async function mayPost(tx: Db, districtId: number, { by, ...wisher }: Poster, at: Date): Promise<void> {
  if (by.role === 'staff') return
  const yesterday = new Date(at.getTime() - DAY_MS)
  if ((await countPosted(tx, districtId, wisher, yesterday)) >= MOST_A_DAY) throw refuse.tooMany(3_600)
}

/** @throws {Refusal} wrongContact, wishMarkup, and what `wanted` throws */
async function rowOf(tx: Db, secrets: Secrets, districtId: number, { body, poster, hash }: Posted, at: Date) {
  const id = body.id.toLowerCase()
  const phone = phoneNumberIn(body.contact)
  if (phone === undefined) throw refuse.wrongContact()
  const name = body.name?.trim() ? sentence(body.name, MOST_NAME, refuse.wishMarkup) : null
  const hardship = body.hardship ?? false
  const discreet = hardship && name !== null ? (text: string) => withMaskedName(text, name) : undefined
  const wish = await wanted(tx, body, { districtId, community: body.community, at, discreet })
  const { by, ...wisher } = poster
  return {
    ...{ district_id: districtId, id, community_code: body.community, ...wish, state: 'submitted' as const },
    ...sealedContact(secrets, districtId, id, { phone, name: hardship && name !== null ? maskedName(name) : name }),
    ...{ ...wisher, posted_by: by.actor, posted_hash: hash, hardship, publish: body.publish ?? false },
    ...{ reason: null, fallback: false, merged_into: null, supporters: 0, photo_id: null, thanks: null, rating: null },
    ...{ revision: 1, created_at: at, opened_at: null, changed_at: at, fulfilled_at: null },
  }
}
