import type { Kysely } from 'kysely'
import type { AgeBand, Quota } from '../../shared/campaigns/api.ts'
import { distributeTarget, leastOf } from '../../shared/campaigns/distribute.ts'
import { peopleIn } from '../../shared/campaigns/people.ts'
import type { Community } from '../../shared/places/api.ts'
import type { Detail } from '../../shared/problem.ts'
import type { Channel } from '../../shared/surveys/api.ts'
import { channelNames } from '../../shared/surveys/channel-names.ts'
import type { Tables } from '../db/tables.ts'
import { communities, community } from '../places/queries.ts'
import { audit, type Look } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { bandsOfSurvey, coverageOf } from './coverage.ts'
import { noteChange, type Of, quotasOf, saveQuotas } from './queries.ts'

type Target = Pick<Quota, 'channel' | 'band' | 'target'>
type Db = Kysely<Tables>

/**
 * Sets the targets of one community; those that are not named stay.
 * @throws {Refusal} unknownCommunity, badQuotas, quotaBelowReached
 */
export async function setTargets(db: Db, of: Of, code: string, targets: Target[], look: Look): Promise<Quota[]> {
  const place = await community(db, of.districtId, code)
  if (!place) throw refuse.unknownCommunity()
  const bands = await bandsOfSurvey(db, of)
  requireBands(bands, targets)
  const wanted = targets.map((target) => ({ community: code, ...target }))
  return await change(db, of, { wanted, places: [place], bands, inAlready: await reachedBy(db, of) }, look)
}

function requireBands(bands: AgeBand[], targets: Target[]): void {
  const known = new Set(bands.flatMap(({ code, quota }) => (quota ? [code] : [])))
  const keys = targets.map(({ channel, band }) => `${channel} ${band}`)
  const wrong = targets.flatMap(({ band }, at): Detail[] => {
    const field = `body/targets/${at}`
    if (!known.has(band)) return [{ at: field, rule: 'band', message: '问卷里没有这个年龄段，请刷新页面后再设。' }]
    if (keys.indexOf(keys[at]!) === at) return []
    return [{ at: field, rule: 'twice', message: '同一渠道和年龄段写了两次，请只保留一个。' }]
  })
  if (wrong.length > 0) throw refuse.badQuotas(wrong)
}

/**
 * Divides a total for one channel over all communities and age bands.
 * @throws {Refusal} totalTooSmall
 */
export async function distributeTotal(
  db: Db,
  of: Of,
  wish: { channel: Channel; total: number; minimum: number },
  look: Look,
): Promise<Quota[]> {
  const { channel, total, minimum } = wish
  const places = await communities(db, of.districtId)
  if (places.length === 0) throw refuse.unknownCommunity()
  const bands = await bandsOfSurvey(db, of)
  const own = bands.filter(({ quota }) => quota)
  const inAlready = await reachedBy(db, of)
  const parts = places.map(({ code, profile }) => ({
    people: own.map((band) => peopleIn(profile, band.code)),
    reached: own.map((band) => inAlready({ community: code, channel, band: band.code })),
  }))
  const least = parts.reduce((sum, part) => sum + leastOf(part, minimum), 0)
  if (least > total) throw refuse.totalTooSmall(least)
  const rows = distributeTarget(total, minimum, parts)
  const wanted = rows.flatMap((row, at) =>
    row.map((target, band) => ({ community: places[at]!.code, channel, band: own[band]!.code, target })),
  )
  return await change(db, of, { wanted, places, bands, inAlready, said: wish }, look)
}

interface Change {
  wanted: Quota[]
  /** The communities that are named, and the age bands in words. */
  places: Community[]
  bands: AgeBand[]
  inAlready: Reached
  /** What was asked for, where it was not the targets themselves. */
  said?: object
}

async function change(db: Db, of: Of, wish: Change, look: Look): Promise<Quota[]> {
  const { wanted, places, bands, inAlready, said } = wish
  const codes = places.map(({ code }) => code)
  return await db.transaction().execute(async (one) => {
    await noteChange(one, of, codes)
    const before = await quotasOf(one, of, codes)
    const earlier = new Map(before.map((quota) => [keyOf(quota), quota.target]))
    const low = wanted.filter((quota) => {
      const reached = inAlready(quota)
      return quota.target < reached && quota.target < (earlier.get(keyOf(quota)) ?? Number.POSITIVE_INFINITY)
    })
    if (low.length > 0) throw tooLow(low, inAlready, places, bands)
    await saveQuotas(one, of, wanted)
    const changed = wanted.filter((quota) => quota.target !== (earlier.get(keyOf(quota)) ?? 0))
    const was = changed.map((quota) => ({ ...quota, target: earlier.get(keyOf(quota)) ?? 0 }))
    await audit(one, { ...look, before: told(was), after: { ...said, ...told(changed) } }, new Date())
    return await quotasOf(one, of, codes)
  })
}

const keyOf = ({ community, channel, band }: Omit<Quota, 'target'>): string => `${community} ${channel} ${band}`

/** More would make an entry that nobody reads; how many there were is said in any case. */
const MOST_TOLD = 40

function told(quotas: Quota[]): object {
  const total = quotas.reduce((sum, { target }) => sum + target, 0)
  const lines = quotas.slice(0, MOST_TOLD).map((quota) => `${keyOf(quota)} ${quota.target}`)
  return { total, quotas: quotas.length, targets: lines }
}

type Reached = (quota: Omit<Quota, 'target'>) => number

/** Answers that hold and count towards a quota. */
async function reachedBy(db: Db, of: Of): Promise<Reached> {
  const rows = await coverageOf(db, of)
  return ({ community: code, channel, band }) =>
    rows.get(code)?.coverage.cells.find((cell) => cell.channel === channel && cell.band === band)?.valid ?? 0
}

const MOST_DETAILS = 50

function tooLow(low: Quota[], inAlready: Reached, places: Community[], bands: AgeBand[]) {
  const titles = new Map(bands.map(({ code, title }) => [code, title]))
  const names = new Map(places.map(({ code, name }) => [code, name]))
  const words = (quota: Quota): string => {
    const who = `${names.get(quota.community)}的${channelNames[quota.channel]}${titles.get(quota.band)}`
    const n = inAlready(quota)
    return `${who}已收到 ${n} 份有效答卷，目标不能改为 ${quota.target} 份，请设为 ${n} 份或更多。`
  }
  const more = low.length > 1 ? `另有 ${low.length - 1} 处也低于已收到的份数。` : ''
  const details = low.slice(0, MOST_DETAILS).map((quota): Detail => {
    return { at: keyOf(quota), rule: 'reached', message: words(quota) }
  })
  return refuse.quotaBelowReached(`${words(low[0]!)}${more}什么都没有改动。`, details)
}
