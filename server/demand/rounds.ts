import type { Kysely } from 'kysely'
import type { Demand, ServiceDemand } from '../../shared/demand/api.ts'
import { differing, type Step, serviceChange, stepBetween } from '../../shared/demand/rounds.ts'
import type { AreaRounds } from '../../shared/demand/rounds-api.ts'
import type { District } from '../../shared/places/api.ts'
import { composed, type Mapping } from '../../shared/surveys/mapping.ts'
import type { Tables } from '../db/tables.ts'
import { holds, type Reach } from '../people/reach.ts'
import { refuse } from '../refusals.ts'
import { publishedSurvey } from '../surveys/published.ts'
import { latestSurvey } from '../surveys/queries.ts'
import { answeredRounds, surveyRounds } from '../surveys/round-queries.ts'
import { placesOf } from './places.ts'
import { roundOf } from './read.ts'
import { type TableState, tableOf } from './table.ts'

type Database = Kysely<Tables>
type Area = { level: Demand['area']['level']; code: string }

interface Read {
  round: number
  version: number
  carried: number[]
  table: TableState
}

/** @throws {Refusal} noSurveyYet, unknownSurvey */
async function surveyAsked(db: Database, district: District, survey?: string): Promise<string> {
  const head = await latestSurvey(db, district.id, survey)
  if (!head) throw survey === undefined ? refuse.noSurveyYet() : refuse.unknownSurvey()
  return head.code
}

async function readRounds(db: Database, district: District, survey: string, last = 0): Promise<Read[]> {
  const rounds = await answeredRounds(db, district.id, survey)
  return await Promise.all(
    rounds.slice(-last).map(async ({ round, version }) => {
      const asked = await roundOf(db, district, { survey, version })
      const carried = asked.carried.map((earlier) => earlier.version)
      return { round, version, carried, table: await tableOf(db, asked) }
    }),
  )
}

const MOST_STEPS = 100
const steps = new WeakMap<Database, Map<string, Step>>()

/** From one version to a later one. What was published never changes, so a step is worked out once. */
async function stepOf(db: Database, district: District, survey: string, from: number, to: number): Promise<Step> {
  const kept = steps.get(db) ?? new Map<string, Step>()
  steps.set(db, kept)
  const key = `${district.id}/${survey}/${from}-${to}`
  const known = kept.get(key)
  if (known) return known
  const side = async (version: number) => {
    const { definition, survey: compiled } = await publishedSurvey(db, district.id, survey, version)
    return { definition, plan: compiled.plan }
  }
  const step = stepBetween(await side(from), await side(to), await mappingBetween(db, district, survey, from, to))
  if (kept.size >= MOST_STEPS) kept.clear()
  kept.set(key, step)
  return step
}

async function mappingBetween(db: Database, district: District, survey: string, from: number, to: number) {
  let all: Mapping | null = null
  for (let version = from + 1; version <= to; version += 1) {
    const { mapping } = await publishedSurvey(db, district.id, survey, version)
    if (!mapping) return null
    all = all ? composed(all, mapping) : mapping
  }
  return all
}

async function stepsOf(db: Database, district: District, survey: string, rounds: Read[]): Promise<Step[]> {
  return await Promise.all(
    rounds.slice(1).map((now, at) => stepOf(db, district, survey, (rounds[at] as Read).version, now.version)),
  )
}

/**
 * The demand of an area round by round.
 * @throws {Refusal} unknownCommunity, notFound, and those of surveyAsked
 */
export async function areaRounds(db: Database, district: District, area: Area, asked?: string): Promise<AreaRounds> {
  const name = await nameOf(db, district, area)
  const survey = await surveyAsked(db, district, asked)
  const rounds = await readRounds(db, district, survey)
  const between = await stepsOf(db, district, survey, rounds)
  const since = new Map((await surveyRounds(db, district.id, survey)).map((one) => [one.round, one.since]))
  const demands = rounds.map(({ table }) => demandIn(table, area))
  return {
    survey,
    area: { ...area, name },
    rounds: rounds.map(({ round, version, carried }, at) => {
      const { n = 0, inside = 0, inputs = [] } = demands[at] ?? {}
      return { round, version, carried, since: since.get(round)!.toISOString(), n, inside, inputs }
    }),
    comparable: between.map(({ comparable }) => comparable),
    services: (demands.at(-1)?.services ?? []).map((one) => servicesOver(one.service, demands, between)),
  }
}

async function nameOf(db: Database, district: District, { level, code }: Area): Promise<string> {
  const places = await placesOf(db, district.id)
  if (level === 'district') return district.name
  const found = (level === 'community' ? places.communities : places.subdistricts).find((one) => one.code === code)
  if (!found) throw level === 'community' ? refuse.unknownCommunity() : refuse.notFound()
  return found.name
}

function demandIn(table: TableState, { level, code }: Area): Demand | undefined {
  if (level === 'district') return table.district?.demand
  return (level === 'community' ? table.communities : table.subdistricts).get(code)?.demand
}

/** A service under the code that it has in the last round, followed back through the rounds before. */
function servicesOver(
  service: string,
  demands: (Demand | undefined)[],
  between: Step[],
): AreaRounds['services'][number] {
  const codes: (string | null)[] = [service]
  for (const step of [...between].reverse()) codes.unshift(step.services.get(codes[0] ?? '') ?? null)
  const each = demands.map((demand, at) => demand?.services.find((one) => one.service === codes[at]))
  return {
    service,
    codes,
    rounds: each.map((one) => (one ? figuresOf(one) : null)),
    changes: between.map(({ comparable }, at) => serviceChange(each[at], each[at + 1], comparable)),
  }
}

function figuresOf({ need, unmet, top, pir, pirLow, pirHigh, tier }: ServiceDemand) {
  return { need, unmet, top, pir, pirLow, pirHigh, tier }
}

/** The communities within reach that differ from the round before. */
export async function changesIn(db: Database, district: District, reach: Reach, asked?: string) {
  const survey = await surveyAsked(db, district, asked)
  const rounds = await readRounds(db, district, survey, 2)
  const named = rounds.map(({ round, version }) => ({ round, version }))
  const [before, now] = rounds
  const [step] = await stepsOf(db, district, survey, rounds)
  if (!before || !now || !step) return { survey, rounds: named, comparable: null, communities: [] }
  const communities = [...now.table.communities]
    .filter(([code]) => holds(reach, code))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([code, { demand }]) => {
      const was = before.table.communities.get(code)?.demand
      const newlyAnswered = demand.inside > 0 && !(was && was.inside > 0)
      const services = was ? differing(was, demand, step) : []
      return newlyAnswered || services.length > 0 ? [{ code, newlyAnswered, services }] : []
    })
  return { survey, rounds: named, comparable: step.comparable, communities }
}
