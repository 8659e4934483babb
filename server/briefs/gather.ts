import type { Audience } from '../../shared/briefs/api.ts'
import { heldFor } from '../../shared/briefs/deliberations.ts'
import type { Facts } from '../../shared/briefs/facts.ts'
import { wishedFor } from '../../shared/briefs/wishes.ts'
import type { Demand } from '../../shared/demand/api.ts'
import { summaryOf } from '../../shared/demand/demand.ts'
import { towardsOf } from '../../shared/demand/shrink.ts'
import type { Community, District, Site } from '../../shared/places/api.ts'
import type { TallyRow } from '../../shared/surveys/tally.ts'
import type { Db } from '../db/database.ts'
import { heldIn } from '../deliberations/closed-queries.ts'
import { districtSummary, type SurveyVersion, summaries } from '../demand/queries.ts'
import * as places from '../places/queries.ts'
import { chinaTime } from '../platform/china-time.ts'
import { queueCounts } from '../quality/queries.ts'
import { refuse } from '../refusals.ts'
import { type Counting, roundTallies, roundTallyVersions } from '../surveys/tally-queries.ts'
import { themesOf } from '../themes/queries.ts'
import { wishedIn } from '../wishes/queries.ts'
import { type Counted, countedFor, type Resting } from './counting.ts'
import { lastPublished } from './last-published.ts'
import type { PublishedFigures } from './queries.ts'
import { within } from './reach.ts'

export interface Gathered {
  /** Without weights where `together` is given. */
  facts: Facts
  counting: Counting
  /** The newest version of the survey. */
  newest: number
  /** Tallies of all communities, for a survey whose answers are weighted over the whole district. */
  together?: TallyRow[]
  /** For a public edition: what has been published of the community so far. */
  published?: PublishedFigures
}

/**
 * Everything that the brief of a site is made from, as of one moment. Call it outside a transaction.
 * @throws {Refusal} unknownSite, noSurveyYet, unknownSurvey, unknownVersion
 */
export async function gatherFacts(
  db: Db,
  district: District,
  siteCode: string,
  now: Date,
  audience: Audience = 'staff',
  resting: Resting = {},
): Promise<Gathered> {
  const counted = await countedFor(db, district.id, audience, resting)
  const { survey, counting, newest } = counted
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (one) => {
      const site = await places.site(one, district.id, siteCode)
      if (!site) throw refuse.unknownSite()
      const facts = forAudience(audience, await read(one, district, site, counted, now))
      return {
        facts,
        counting,
        newest,
        ...(survey.plan.weighting.scope === 'district' && { together: await roundTallies(one, counting) }),
        ...(audience === 'public' && { published: await lastPublished(one, counting, site.community) }),
      }
    })
}

/** What is not marked as public is in no public edition, nor in the facts beside it. */
function forAudience(audience: Audience, { themes, deliberations, wishes, ...facts }: Facts): Facts {
  const isOpen = (each: { public: boolean }) => audience === 'staff' || each.public
  return {
    ...facts,
    ...(themes && { themes: { ...themes, quotations: themes.quotations.filter(isOpen) } }),
    ...(deliberations && { deliberations: heldFor(audience, deliberations) }),
    ...(wishes && { wishes: wishedFor(audience, wishes) }),
  }
}

async function read(db: Db, district: District, site: Site, { survey, counting }: Counted, now: Date): Promise<Facts> {
  const { id } = district
  const { code, version } = survey
  const answersTo = { survey: code, versions: [version, ...(survey.carried ?? [])] }
  const thresholds = await places.catalogue(db, id)
  const versions = await roundTallyVersions(db, counting)
  const whole = await districtSummary(db, counting)
  const located = await around(db, id, site)
  const themes = await themesOf(db, id, { ...answersTo, community: site.community })
  const { flagged, open, excluded, signs } = await queueCounts(db, {
    ...answersTo,
    districtId: id,
    communities: [site.community],
  })
  const deliberations = await heldIn(db, id, site.community)
  const wishes = await wishedIn(db, id, site.community)
  const few = whole && (await neighbours(db, counting, located.community))
  return {
    composedAt: chinaTime(now),
    district: { id, code: district.code, name: district.name, demo: district.demo },
    ...located,
    site: site.code,
    catalogue: thresholds.catalogue,
    catalogueVersion: thresholds.version,
    placeVersion: await places.placeVersion(db, id),
    survey,
    tallies: inOrder(await roundTallies(db, counting, [site.community])),
    tallyVersion: versions.get(site.community) ?? 0,
    answersAsOf: chinaTime(now),
    districtDemand: whole ? summaryOf(whole.demand) : null,
    ...(themes.wrote > 0 && { themes }),
    ...(flagged + excluded > 0 && { reviewed: { flagged, open, excluded, signs } }),
    ...(deliberations.length > 0 && { deliberations }),
    ...(wishes && { wishes }),
    ...(few && { towards: towardsOf(few, whole.priors) }),
  }
}

/** The other communities of the subdistrict as they were last worked out. */
async function neighbours(db: Db, of: SurveyVersion, { code, subdistrict }: Community): Promise<{ demand: Demand }[]> {
  const all = await places.communities(db, of.districtId)
  const near = all.filter((each) => each.subdistrict === subdistrict && each.code !== code)
  const rows = await summaries(
    db,
    of,
    near.map((each) => each.code),
  )
  return rows.sort((a, b) => (a.area < b.area ? -1 : 1)).map(({ json }) => ({ demand: JSON.parse(json) }))
}

async function around(db: Db, districtId: number, site: Site) {
  const community = (await places.community(db, districtId, site.community))!
  const subdistrict = (await places.subdistricts(db, districtId)).find(({ code }) => code === community.subdistrict)!
  const sites = await places.sites(db, districtId, community.code)
  const compounds = await places.compounds(db, districtId)
  const facilities = await places.facilities(db, districtId)
  return { subdistrict, community, sites, ...within(community.code, compounds, facilities) }
}

/** The database gives rows in any order; the same facts must be the same text. */
function inOrder(rows: TallyRow[]): TallyRow[] {
  const key = ({ cell, channel, proxy, review }: TallyRow) => `${cell} ${channel} ${proxy} ${review}`
  return rows
    .map((row) => ({ row, key: key(row) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ row }) => row)
}
