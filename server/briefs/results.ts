import type { Results } from '../../shared/briefs/results.ts'
import { weighedOf } from '../../shared/briefs/weighed.ts'
import type { Demand } from '../../shared/demand/api.ts'
import { demandOf } from '../../shared/demand/demand.ts'
import { forPublic } from '../../shared/demand/publish.ts'
import type { District } from '../../shared/places/api.ts'
import { LEAST_PUBLISHED } from '../../shared/statistics/standing.ts'
import { type Db, forDistrict } from '../db/database.ts'
import { catalogue, community as communityOf } from '../places/queries.ts'
import { chinaTime } from '../platform/china-time.ts'
import { refuse } from '../refusals.ts'
import { latestSurvey } from '../surveys/queries.ts'
import { roundTallies, roundTallyVersions } from '../surveys/tally-queries.ts'
import { type Counted, countedFor, isOvertaken } from './counting.ts'
import { lastPublished } from './last-published.ts'
import { asPublished, forPublication, publicationOf, type Spoken } from './publication.ts'
import { holdCommunity, publishFigures } from './queries.ts'

const MOST_SERVICES = 5
const FRESH_MS = 5_000
const MOST_KEPT = 1_000
const none: Results = { n: null, answersAsOf: null, services: [] }

type Kept = Map<string, { readAt: number; results: Promise<Results> }>

/** First results of communities, looked at anew every few seconds at most: many read them, and they change with every tenth answer. */
export function resultsReader(db: Db) {
  const kept: Kept = new Map()
  return (district: District, code: string, at: Date): Promise<Results> => {
    const key = `${district.id}/${code}`
    const known = kept.get(key)
    if (known && performance.now() - known.readAt < FRESH_MS) return known.results
    const results = firstResults(forDistrict(db, district.id), district, code, at)
    kept.delete(key)
    kept.set(key, { readAt: performance.now(), results })
    results.catch(() => kept.delete(key))
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value as string)
    return results
  }
}

/**
 * What most residents of a community need, as it may be told to anybody.
 * @throws {Refusal} unknownCommunity, noSurveyYet
 */
export async function firstResults(db: Db, district: District, code: string, at: Date): Promise<Results> {
  const spoken = await spokenIn(db, district, code, undefined, at)
  return spoken ? resultsOf(spoken) : none
}

/**
 * The demand of a whole community as it may be told to anybody; what it says of parts of the people may not. Undefined before ten answers.
 * @throws {Refusal} unknownCommunity, noSurveyYet
 */
export async function openDemand(
  db: Db,
  district: District,
  of: { survey: string; community: string },
  at: Date,
): Promise<Demand | undefined> {
  const spoken = await spokenIn(db, district, of.community, of.survey, at)
  const demand = spoken && demandFor(spoken)
  return demand && demand.inside >= LEAST_PUBLISHED ? demand : undefined
}

/** It rests on the same frozen tallies as the public briefs, so that neither two readings nor a reading and a brief can be subtracted. */
async function spokenIn(db: Db, district: District, code: string, survey: string | undefined, at: Date) {
  const place = await communityOf(db, district.id, code)
  if (!place) throw refuse.unknownCommunity()
  const head = await latestSurvey(db, district.id, survey)
  if (!head) throw refuse.noSurveyYet()
  const counted = await countedFor(db, district.id, 'public', { survey: head.code, version: head.version })
  const thresholds = (await catalogue(db, district.id)).catalogue
  return await spokenOf(db, district, { ...counted, community: place, catalogue: thresholds }, at)
}

type Of = Pick<Spoken, 'survey' | 'community' | 'catalogue'> & Counted

/** The answers that may be spoken of: those published before, or all there are, which are published by this. */
async function spokenOf(db: Db, { id }: District, { counting, newest, ...of }: Of, at: Date) {
  const { survey, community } = of
  return await db.transaction().execute(async (one) => {
    await holdCommunity(one, id, community.code)
    const rows = await roundTallies(one, counting, [community.code])
    const tallyVersion = (await roundTallyVersions(one, counting)).get(community.code) ?? 0
    const now: Spoken = { ...of, tallies: rows, tallyVersion, answersAsOf: chinaTime(at) }
    const key = publicationOf(now)
    const published = await lastPublished(one, counting, community.code)
    // Weights of the whole district are made when a public brief is.
    const isMade = survey.plan.weighting.scope === 'district' || (await isOvertaken(one, { counting, newest }))
    if (isMade) return published && asPublished(now, published)
    const { facts, renewed } = forPublication(now, published, 'whole')
    if (!renewed) return facts
    if (renewed.n < LEAST_PUBLISHED) return undefined
    await publishFigures(one, id, key, renewed, at)
    return facts
  })
}

function demandFor(spoken: Spoken): Demand {
  const { survey, community, catalogue, tallies, tallyVersion } = spoken
  const { code, version, plan } = survey
  const { cells, weighed } = weighedOf(spoken)
  const facts = { survey: code, version, plan, rows: tallies, tallyVersion, community, catalogue }
  return forPublic(demandOf(facts, cells, weighed, { parts: true, chances: false }))
}

function resultsOf(spoken: Spoken): Results {
  const { catalogue, answersAsOf } = spoken
  const demand = demandFor(spoken)
  if (demand.inside < LEAST_PUBLISHED) return none
  const names = new Map(catalogue.services.map((service) => [service.code, service.zh]))
  const services = demand.services
    .flatMap(({ service, need }) => (!need.p ? [] : [{ service, name: names.get(service) ?? service, need: need.p }]))
    .sort((a, b) => b.need - a.need)
  return { n: demand.inside, answersAsOf, services: services.slice(0, MOST_SERVICES) }
}
