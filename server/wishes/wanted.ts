import type { Static } from 'typebox'
import { maskPersonal } from '../../shared/masking/mask.ts'
import { distanceM } from '../../shared/places/distance.ts'
import type { postWish, reviseWish, Where } from '../../shared/wishes/api.ts'
import { flagsIn } from '../../shared/wishes/flags.ts'
import { MOST_WISH_LENGTH } from '../../shared/wishes/kinds.ts'
import type { Db } from '../db/database.ts'
import { catalogue, compounds } from '../places/queries.ts'
import { chinaDay } from '../platform/china-time.ts'
import { refuse } from '../refusals.ts'
import { rulesOf } from './rules.ts'
import { sentence } from './sentence.ts'

type Given = Pick<
  Static<(typeof postWish | typeof reviseWish)['body']>,
  'kind' | 'text' | 'where' | 'cost' | 'neededBy' | 'service'
>

/** Where a wish is for, and what day it is. */
interface Ground {
  districtId: number
  community: string
  at: Date
  /** Takes somebody's name out of what is kept. */
  discreet?: (text: string) => string
}

const MOST_WHERE = 80
/** A community's own streets go this far beyond its compounds. */
const NEAR_M = 3_000

/**
 * What is wished, as it is kept.
 * @throws {Refusal} wishEmpty, wishTooLong, wishMarkup, whereIsIt, wrongNeededBy, unknownService
 */
export async function wanted(db: Db, given: Given, { districtId, community, at, discreet = (text) => text }: Ground) {
  const text = discreet(wishText(given.text))
  const place = await placeOf(db, given, { districtId, community, discreet })
  if (given.neededBy !== null) mustBeAhead(given.neededBy, chinaDay(at))
  if (given.service !== null) await mustBeKnown(db, districtId, given.service)
  const { words } = await rulesOf(db, districtId)
  return {
    ...{ kind: given.kind, cost: given.cost, text, original: text, place: place && JSON.stringify(place) },
    ...{ needed_by: given.neededBy, service: given.service, flags: JSON.stringify(flagsIn(text, words)) },
  }
}

/** @throws {Refusal} wishEmpty, wishTooLong, wishMarkup */
export const wishText = (text: string, most = MOST_WISH_LENGTH): string =>
  sentence(text, most, (fault) => (fault === 'empty' ? refuse.wishEmpty() : refuse.wishTooLong(most)))

/** A place is public from the first day on: nothing in its words tells where somebody lives. */
async function placeOf(
  db: Db,
  { kind, where }: Given,
  {
    districtId,
    community,
    discreet,
  }: Pick<Ground, 'districtId' | 'community'> & { discreet: (text: string) => string },
): Promise<Where | null> {
  const words = where?.words?.trim() ? sentence(where.words, MOST_WHERE, refuse.whereIsIt) : null
  const point = where?.point ?? null
  if (words === null && point === null) {
    if (kind === 'place') throw refuse.whereIsIt()
    return null
  }
  if (point !== null) await mustBeNear(db, districtId, community, point)
  return { words: words && maskPersonal(discreet(words)), point }
}

async function mustBeNear(db: Db, districtId: number, community: string, point: NonNullable<Where['point']>) {
  const standing = await compounds(db, districtId, community)
  if (standing.length > 0 && standing.every((one) => distanceM(one, point) > NEAR_M)) throw refuse.whereIsIt()
}

/** @param day both YYYY-MM-DD */
function mustBeAhead(day: string, today: string): void {
  const nextYear = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`
  if (day <= today || day > nextYear) throw refuse.wrongNeededBy()
}

/** @throws {Refusal} unknownService */
export async function mustBeKnown(db: Db, districtId: number, service: string): Promise<void> {
  const { catalogue: known } = await catalogue(db, districtId)
  if (!known.services.some(({ code }) => code === service)) throw refuse.unknownService()
}
