import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import { slipCode } from '../../shared/campaigns/slip-code.ts'
import type { District } from '../../shared/places/api.ts'
import { linkCode } from '../../shared/surveys/receipt.ts'
import type { Tables } from '../db/tables.ts'
import type { Slips } from '../documents/slips.ts'
import { community, compounds } from '../places/queries.ts'
import { audit, type Look } from '../platform/audit.ts'
import { chinaDay } from '../platform/china-time.ts'
import { isHere, NOT_TO_BE_HUNG } from '../platform/public-address.ts'
import { refuse } from '../refusals.ts'
import { addLinks, latestSurvey, linksOf } from '../surveys/queries.ts'
import { addSlips, noteChange, type Of, slipsIssued, slipsOfBatch } from './queries.ts'

type Db = Kysely<Tables>

export interface Order {
  /** Made by whoever orders, so that an order sent twice prints once. */
  batch: string
  count: number
  compound?: string
}

/** Several times the doors of any community: the board counts them all whenever one is added. */
const MOST_ISSUED = 20_000

/**
 * Makes the slips of an order. Returns their codes, and whether they are new.
 * @throws {Refusal} unknownCommunity, unknownCompound, otherSlips, tooManySlips
 */
export async function order(
  db: Db,
  of: Of,
  place: { district: District; community: string },
  wish: Order,
  look: Look,
  at: Date,
): Promise<{ codes: string[]; isNew: boolean }> {
  const { district, community: code } = place
  const { count, compound = null } = wish
  if (!(await community(db, of.districtId, code))) throw refuse.unknownCommunity()
  if (compound !== null && !(await compounds(db, of.districtId, code)).some((one) => one.code === compound))
    throw refuse.unknownCompound()
  const batch = wish.batch.toLowerCase()
  return await db.transaction().execute(async (one) => {
    // Those who order for a community wait for each other here, so that the same order cannot be made twice.
    await noteChange(one, of, [code])
    const known = await slipsOfBatch(one, of.districtId, batch)
    if (known.length > 0) {
      const same = known.every(
        (slip) => slip.survey === of.survey && slip.community === code && slip.compound === compound,
      )
      if (!same || known.length !== count) throw refuse.otherSlips()
      return { codes: known.map((slip) => slip.code), isNew: false }
    }
    if ((await slipsIssued(one, of, code)) + count > MOST_ISSUED) throw refuse.tooManySlips(MOST_ISSUED)
    for (let missing = count; missing > 0; ) {
      const made = Array.from({ length: missing }, () => ({
        ...{ code: slipCode(district.code, randomBytes(8)), community: code, compound, batch, issuedAt: at },
      }))
      missing -= await addSlips(one, of, made)
    }
    await audit(one, { ...look, after: { survey: of.survey, community: code, compound, count } }, at)
    return { codes: (await slipsOfBatch(one, of.districtId, batch)).map((slip) => slip.code), isNew: true }
  })
}

/**
 * The slips of a batch, ready to be printed.
 * @param base where residents reach the server, without a slash at the end
 * @throws {Refusal} unknownSurvey, unknownCommunity, unknownSlips
 */
export async function slipsToPrint(
  db: Db,
  of: Of,
  place: { district: District; community: string },
  batch: string,
  base: string,
): Promise<Slips> {
  const survey = await latestSurvey(db, of.districtId, of.survey)
  if (!survey) throw refuse.unknownSurvey()
  const here = await community(db, of.districtId, place.community)
  if (!here) throw refuse.unknownCommunity()
  const slips = await slipsOfBatch(db, of.districtId, batch.toLowerCase())
  const [first] = slips
  if (!first || first.survey !== of.survey || first.community !== here.code) throw refuse.unknownSlips()
  const link = await linkTo(db, of, place)
  const where = (await compounds(db, of.districtId, here.code)).find(({ code }) => code === first.compound)
  return {
    title: `${here.name}${where ? `-${where.name}` : ''}-入户单`,
    place: where ? `${here.name} · ${where.name}` : here.name,
    name: survey.title,
    greeting: '您好！家门口缺什么、盼什么，请您说一说。',
    caption: '微信扫一扫，四分钟填完',
    typing: `扫不了：浏览器打开 ${base.replace(/^https?:\/\//, '')}/s 输入 ${link}`,
    promise: '不用写姓名和电话，凭回执码可随时撤回',
    ...(isHere(base) ? { mark: NOT_TO_BE_HUNG } : {}),
    slips: slips.map(({ code }) => ({ code, link: `${base}/s/${link}?slip=${code}` })),
    date: chinaDay(first.issuedAt),
  }
}

/** The short code of the community's survey, made now where the community came after its publication. */
async function linkTo(db: Db, of: Of, { district, community: code }: { district: District; community: string }) {
  for (;;) {
    const known = (await linksOf(db, of.districtId, of.survey)).find((one) => one.community === code)
    if (known) return known.code
    const made = { code: linkCode(district.code, randomBytes(6)), community: code }
    await addLinks(db, of.districtId, of.survey, [made])
  }
}
