import { sql } from 'kysely'
import type { Outcome, Quota } from '../../shared/campaigns/api.ts'
import type { Channel } from '../../shared/surveys/api.ts'
import type { Db } from '../db/database.ts'
import { cameWith } from '../surveys/answer-queries.ts'

/** The survey of a district that a campaign is about. */
export interface Of {
  districtId: number
  survey: string
}

/** How often quotas, contacts and slips of each community have changed. */
export async function campaignChanges(db: Db, { districtId, survey }: Of): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('campaign_versions')
    .select(['community_code as community', 'campaign_version as changes'])
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .execute()
  return new Map(rows.map(({ community, changes }) => [community, changes]))
}

/**
 * Notes that something of these communities has changed. First in a transaction, it lets nobody else change their quotas
 * until that ends.
 */
export async function noteChange(db: Db, { districtId, survey }: Of, communities: string[]): Promise<void> {
  const rows = [...communities].sort().map((community) => {
    return { district_id: districtId, survey_code: survey, community_code: community, campaign_version: 1 }
  })
  await db
    .insertInto('campaign_versions')
    .values(rows)
    .onConflict((known) =>
      known
        .columns(['district_id', 'survey_code', 'community_code'])
        .doUpdateSet({ campaign_version: sql<number>`campaign_versions.campaign_version + 1` }),
    )
    .execute()
}

/** The quotas of a survey, of all communities or of some. */
export async function quotasOf(db: Db, { districtId, survey }: Of, communities?: string[]): Promise<Quota[]> {
  const rows = await db
    .selectFrom('quotas')
    .select(['community_code as community', 'channel', 'age_band as band', 'target'])
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .$if(communities !== undefined, (query) => query.where('community_code', '=', sql<string>`any(${communities})`))
    .orderBy('community_code')
    .orderBy('channel')
    .orderBy('age_band')
    .execute()
  return rows.map((row) => ({ ...row, channel: row.channel as Channel }))
}

/** Sets quotas in the place of earlier ones; a target of 0 removes. */
export async function saveQuotas(db: Db, { districtId, survey }: Of, quotas: Quota[]): Promise<void> {
  const columns = (some: Quota[]) => [
    some.map(({ community }) => community),
    some.map(({ channel }) => channel as string),
    some.map(({ band }) => band),
  ]
  const [places, channels, bands] = columns(quotas)
  await sql`
    DELETE FROM quotas USING unnest(${places}::text[], ${channels}::text[], ${bands}::text[]) AS k (community, channel, band)
    WHERE district_id = ${districtId} AND survey_code = ${survey} AND community_code = k.community
      AND quotas.channel = k.channel AND age_band = k.band`.execute(db)
  const kept = quotas.filter(({ target }) => target > 0)
  const [keptPlaces, keptChannels, keptBands] = columns(kept)
  await sql`
    INSERT INTO quotas (district_id, survey_code, community_code, channel, age_band, target)
    SELECT ${districtId}::integer, ${survey}::text, community, channel, band, target
    FROM unnest(${keptPlaces}::text[], ${keptChannels}::text[], ${keptBands}::text[],
      ${kept.map(({ target }) => target)}::integer[]) AS k (community, channel, band, target)`.execute(db)
}

export interface StoredContact {
  id: string
  day: string
  outcome: Outcome
  doors: number
  actor: string
  recordedAt: Date
}

/** Adds visits without an answer; false where the id is there already. */
export async function addContact(db: Db, of: Of, community: string, contact: StoredContact): Promise<boolean> {
  const { id, day, outcome, doors, actor, recordedAt } = contact
  const added = await db
    .insertInto('contacts')
    .values({
      ...{ district_id: of.districtId, id, survey_code: of.survey, community_code: community },
      ...{ day, outcome, doors, actor, recorded_at: recordedAt, undone_at: null },
    })
    .onConflict((known) => known.doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

export interface FoundContact extends StoredContact {
  survey: string
  community: string
  undone: boolean
}

const contacts = (db: Db, districtId: number) =>
  db
    .selectFrom('contacts')
    .select(['id', sql<string>`day::text`.as('day'), 'outcome', 'doors', 'actor', 'recorded_at as recordedAt'])
    .select(['survey_code as survey', 'community_code as community', sql<boolean>`undone_at IS NOT NULL`.as('undone')])
    .where('district_id', '=', districtId)

export async function findContact(db: Db, districtId: number, id: string): Promise<FoundContact | undefined> {
  return await contacts(db, districtId).where('id', '=', id).executeTakeFirst()
}

/** The newest contacts of a community that were not taken back. */
export async function contactsOf(db: Db, of: Of, community: string, most: number): Promise<FoundContact[]> {
  return await contacts(db, of.districtId)
    .where('survey_code', '=', of.survey)
    .where('community_code', '=', community)
    .where('undone_at', 'is', null)
    .orderBy('recorded_at', 'desc')
    .orderBy('id')
    .limit(most)
    .execute()
}

/** Takes a contact back; false where somebody has already. */
export async function takeContactBack(db: Db, districtId: number, id: string, at: Date): Promise<boolean> {
  const done = await db
    .updateTable('contacts')
    .set({ undone_at: at })
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Doors by how the visit ended. */
export async function doorsOf(
  db: Db,
  { districtId, survey }: Of,
  communities: string[],
): Promise<{ community: string; outcome: Outcome; doors: number }[]> {
  return await db
    .selectFrom('contacts')
    .select(['community_code as community', 'outcome', sql<number>`sum(doors)::int`.as('doors')])
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .where('community_code', '=', sql<string>`any(${communities})`)
    .where('undone_at', 'is', null)
    .groupBy(['community_code', 'outcome'])
    .execute()
}

export interface NewSlip {
  code: string
  community: string
  compound: string | null
  batch: string
  issuedAt: Date
}

/** Adds slips; those whose code is taken are passed over. Returns how many were added. */
export async function addSlips(db: Db, { districtId, survey }: Of, slips: NewSlip[]): Promise<number> {
  const rows = slips.map(({ code, community, compound, batch, issuedAt }) => ({
    ...{ district_id: districtId, code, survey_code: survey, community_code: community },
    ...{ compound_code: compound, batch, issued_at: issuedAt },
  }))
  const added = await db
    .insertInto('household_slips')
    .values(rows)
    .onConflict((taken) => taken.doNothing())
    .executeTakeFirst()
  return Number(added.numInsertedOrUpdatedRows)
}

export interface FoundSlip extends NewSlip {
  survey: string
}

/** The slips of a batch, by code. */
export async function slipsOfBatch(db: Db, districtId: number, batch: string): Promise<FoundSlip[]> {
  return await db
    .selectFrom('household_slips')
    .select(['code', 'survey_code as survey', 'community_code as community', 'compound_code as compound', 'batch'])
    .select('issued_at as issuedAt')
    .where('district_id', '=', districtId)
    .where('batch', '=', batch)
    .orderBy('code')
    .execute()
}

export async function slipsIssued(db: Db, { districtId, survey }: Of, community: string): Promise<number> {
  const { n } = await db
    .selectFrom('household_slips')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .where('community_code', '=', community)
    .executeTakeFirstOrThrow()
  return n
}

const slips = (db: Db, { districtId, survey }: Of) =>
  db
    .selectFrom('household_slips as slips')
    .where('slips.district_id', '=', districtId)
    .where('slips.survey_code', '=', survey)

const issued = sql<number>`count(*)::int`.as('issued')
// One look by key for each slip: joined, a planner that knows little of the answers compares each with each.
const answered = ({ districtId, survey }: Of) =>
  sql<number>`(count(*) FILTER (WHERE ${cameWith(districtId, survey, 'slips.code', 'slips.community_code')}))::int`.as(
    'answered',
  )

/** Slips by community: printed, and come back with an answer. */
export async function slipCounts(
  db: Db,
  of: Of,
  communities: string[],
): Promise<{ community: string; issued: number; answered: number }[]> {
  return await slips(db, of)
    .select(['slips.community_code as community', issued, answered(of)])
    .where('slips.community_code', '=', sql<string>`any(${communities})`)
    .groupBy('slips.community_code')
    .execute()
}

export interface Batch {
  batch: string
  compound: string | null
  issuedAt: Date
  issued: number
  answered: number
}

/** The batches of a community, the newest first. */
export async function batchesOf(db: Db, of: Of, community: string, most: number): Promise<Batch[]> {
  return await slips(db, of)
    .select(['slips.batch', 'slips.compound_code as compound', 'slips.issued_at as issuedAt'])
    .select([issued, answered(of)])
    .where('slips.community_code', '=', community)
    .groupBy(['slips.batch', 'slips.compound_code', 'slips.issued_at'])
    .orderBy('slips.issued_at', 'desc')
    .limit(most)
    .execute()
}
