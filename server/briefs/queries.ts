import { sql } from 'kysely'
import type { Audience } from '../../shared/briefs/api.ts'
import type { Db } from '../db/database.ts'
import { locks } from '../db/locks.ts'

/** One edition without its texts. */
export interface Edition {
  site: string
  audience: Audience
  edition: number
  hash: string
  composedAt: Date
}

/** One edition as it was stored: texts that come back byte for byte. */
export interface StoredBrief extends Edition {
  document: string
  facts: string
}

const head = ['site_code as site', 'audience', 'edition', 'hash', 'composed_at as composedAt'] as const

/** All editions of a district, by site, audience and number. */
export function editions(db: Db, districtId: number): Promise<Edition[]> {
  return db
    .selectFrom('briefs')
    .select(head)
    .where('district_id', '=', districtId)
    .orderBy('site_code')
    .orderBy('audience', 'desc')
    .orderBy('edition')
    .execute()
}

/** The edition with this number, or the latest one; undefined where there is none. */
export function storedBrief(
  db: Db,
  districtId: number,
  of: { site: string; audience: Audience; edition?: number },
): Promise<StoredBrief | undefined> {
  return db
    .selectFrom('briefs')
    .select([...head, 'document', 'facts'])
    .where('district_id', '=', districtId)
    .where('site_code', '=', of.site)
    .where('audience', '=', of.audience)
    .$if(of.edition !== undefined, (query) => query.where('edition', '=', of.edition!))
    .orderBy('edition', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Stores an edition; editions are never changed afterwards. */
export async function addEdition(db: Db, districtId: number, brief: StoredBrief): Promise<void> {
  const { site, audience, edition, hash, document, facts, composedAt } = brief
  const texts = { hash, document, facts, composed_at: composedAt }
  await db
    .insertInto('briefs')
    .values({ district_id: districtId, site_code: site, audience, edition, ...texts })
    .execute()
}

/** Until the end of the transaction nobody else numbers an edition, or publishes figures, of this community. */
export async function holdCommunity(db: Db, districtId: number, community: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${locks.briefs}, hashtext(${`${districtId}/${community}`}))`.execute(db)
}

/** Whose public figures: one community's answers to one version of a survey. */
export interface PublishedOf {
  survey: string
  version: number
  community: string
}

/** The figures that a community's public briefs rest on; `figures` is text as it was written. */
export interface PublishedFigures {
  n: number
  figures: string
}

/** What has been published last of a community, or undefined. */
export function publishedFigures(db: Db, districtId: number, of: PublishedOf): Promise<PublishedFigures | undefined> {
  return db
    .selectFrom('published_demand')
    .select(['n', 'tallies as figures'])
    .where('district_id', '=', districtId)
    .where('survey_code', '=', of.survey)
    .where('version', '=', of.version)
    .where('community_code', '=', of.community)
    .executeTakeFirst()
}

/** Puts figures in the place of those published before. Call it while the community is held. */
export async function publishFigures(
  db: Db,
  districtId: number,
  of: PublishedOf,
  { n, figures }: PublishedFigures,
  at: Date,
): Promise<void> {
  const changed = { n, tallies: figures, published_at: at }
  await db
    .insertInto('published_demand')
    .values({
      district_id: districtId,
      survey_code: of.survey,
      version: of.version,
      community_code: of.community,
      ...changed,
    })
    .onConflict((known) =>
      known.columns(['district_id', 'survey_code', 'version', 'community_code']).doUpdateSet(changed),
    )
    .execute()
}
