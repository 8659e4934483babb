import type { Audience } from '../../shared/briefs/api.ts'
import type { Facts } from '../../shared/briefs/facts.ts'
import { summaryOf } from '../../shared/demand/demand.ts'
import type { District, Site } from '../../shared/places/api.ts'
import type { TallyRow } from '../../shared/surveys/tally.ts'
import type { Db } from '../db/database.ts'
import { districtDemand } from '../demand/queries.ts'
import * as places from '../places/queries.ts'
import { refuse } from '../refusals.ts'
import { type Published, publishedSurvey } from '../surveys/published.ts'
import { latestSurvey, tallyRows, tallyVersions } from '../surveys/queries.ts'
import { type PublishedFigures, publishedFigures } from './queries.ts'
import { within } from './reach.ts'

export interface Gathered {
  /** Without weights where `together` is given. */
  facts: Facts
  /** Tallies of all communities, for a survey whose answers are weighted over the whole district. */
  together?: TallyRow[]
  /** For a public edition: what has been published of the community so far. */
  published?: PublishedFigures
}

/**
 * Everything that the brief of a site is made from, as of one moment. Call it outside a transaction.
 * @throws {Refusal} unknownSite, noSurveyYet
 */
export async function gatherFacts(
  db: Db,
  district: District,
  siteCode: string,
  now: Date,
  audience: Audience = 'staff',
): Promise<Gathered> {
  const head = await latestSurvey(db, district.id)
  if (!head) throw refuse.noSurveyYet()
  // Versions never change, so this one may be read before the transaction, where it is compiled once for everybody.
  const survey = await publishedSurvey(db, district.id, head.code, head.version)
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (one) => {
      const site = await places.site(one, district.id, siteCode)
      if (!site) throw refuse.unknownSite()
      const facts = await read(one, district, site, survey, now)
      const { code, version } = survey
      const of = { survey: code, version, community: site.community }
      return {
        facts,
        ...(isTogether(survey) && { together: await tallyRows(one, district.id, code, version) }),
        ...(audience === 'public' && { published: await publishedFigures(one, district.id, of) }),
      }
    })
}

function isTogether({ survey: { plan } }: Published): boolean {
  return plan.weighting.scope === 'district'
}

async function read(db: Db, district: District, site: Site, published: Published, now: Date): Promise<Facts> {
  const { id } = district
  const { code, title, version, survey } = published
  const thresholds = await places.catalogue(db, id)
  const versions = await tallyVersions(db, id, code, version)
  const whole = await districtDemand(db, { districtId: id, survey: code, version })
  return {
    composedAt: now.toISOString(),
    district: { id, code: district.code, name: district.name, demo: district.demo },
    ...(await around(db, id, site)),
    site: site.code,
    catalogue: thresholds.catalogue,
    catalogueVersion: thresholds.version,
    placeVersion: await places.placeVersion(db, id),
    survey: { code, title, version, plan: survey.plan, questions: survey.questions },
    tallies: inOrder(await tallyRows(db, id, code, version, [site.community])),
    tallyVersion: versions.get(site.community) ?? 0,
    districtDemand: whole ? summaryOf(whole) : null,
  }
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
