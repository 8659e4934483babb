import { type Carrier, carriedOn, carrierOf, type Side } from '../../shared/surveys/carry.ts'
import { type CompiledSurvey, compile } from '../../shared/surveys/compile.ts'
import type { SurveyDefinition } from '../../shared/surveys/definition.ts'
import type { Mapping } from '../../shared/surveys/mapping.ts'
import { type Status, statusAt } from '../../shared/surveys/status.ts'
import type { Db } from '../db/database.ts'
import { refuse } from '../refusals.ts'
import { compileCondition } from './conditions.ts'
import { latestSurvey, type SurveyHead } from './queries.ts'
import { type StoredVersion, storedVersion } from './version-queries.ts'

export interface Published {
  code: string
  title: string
  status: Status
  opensAt: Date | null
  version: number
  current: number
  definition: SurveyDefinition
  survey: CompiledSurvey
  round: number
  /** How the version before continues in this one; null where there is none, or nobody said. */
  mapping: Mapping | null
  /** Earlier versions of the round whose answers count on in this one, the newest first. */
  carried: Carrier[]
}

type Version = Pick<Published, 'definition' | 'survey' | 'round' | 'mapping' | 'carried'>

interface Kept {
  heads: Map<string, { readAt: number; head: Promise<SurveyHead | undefined> }>
  versions: Map<string, Promise<Version | undefined>>
}

/** How long an opening, a closing or a new version may go unnoticed. */
export const FRESH_MS = 1_000
const MOST_HEADS = 1_000
const MOST_VERSIONS = 50

const keptFor = new WeakMap<Db, Kept>()

/**
 * A survey with one of its versions, by default the current one, compiled. Versions never change and are compiled once;
 * title, status and current version are at most a second old.
 * @throws {Refusal} unknownSurvey, unknownVersion
 */
export async function publishedSurvey(db: Db, districtId: number, code: string, version?: number): Promise<Published> {
  const head = await headOf(db, districtId, code)
  if (!head) throw refuse.unknownSurvey()
  const wanted = version ?? head.version
  const found = await versionOf(db, districtId, code, wanted)
  if (!found) throw refuse.unknownVersion()
  const { title, opensAt, version: current } = head
  const { definition, survey, round, mapping, carried } = found
  const status = statusAt(head, new Date())
  return { code, title, status, opensAt, current, version: wanted, definition, survey, round, mapping, carried }
}

/** Makes the next reader look again: after a publication, an opening or a closing. */
export function forgetSurvey(db: Db, districtId: number, code: string): void {
  keptFor.get(db)?.heads.delete(`${districtId}/${code}`)
}

function keptOf(db: Db): Kept {
  const known = keptFor.get(db)
  if (known) return known
  const kept: Kept = { heads: new Map(), versions: new Map() }
  keptFor.set(db, kept)
  return kept
}

function headOf(db: Db, districtId: number, code: string): Promise<SurveyHead | undefined> {
  const { heads } = keptOf(db)
  const key = `${districtId}/${code}`
  const known = heads.get(key)
  const now = performance.now()
  if (known && now - known.readAt < FRESH_MS) return known.head
  const head = latestSurvey(db, districtId, code)
  remember(heads, key, { readAt: now, head }, MOST_HEADS)
  head.catch(() => heads.delete(key))
  return head
}

function versionOf(db: Db, districtId: number, code: string, version: number): Promise<Version | undefined> {
  const { versions } = keptOf(db)
  const key = `${districtId}/${code}/${version}`
  const known = versions.get(key)
  if (known) return known
  const read = readVersion(db, districtId, code, version)
  remember(versions, key, read, MOST_VERSIONS)
  // A version that does not exist yet may be published the next moment.
  read.then((found) => found ?? versions.delete(key)).catch(() => versions.delete(key))
  return read
}

/** The oldest goes when there is no more room, so that made-up codes cannot fill the memory. */
function remember<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  map.delete(key)
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > most && oldest !== undefined) map.delete(oldest)
}

async function readVersion(db: Db, districtId: number, code: string, version: number): Promise<Version | undefined> {
  const stored = await storedVersion(db, districtId, code, version)
  if (!stored) return undefined
  const { definition, round, mapping } = stored
  const compiled = compile(definition, compileCondition)
  if (!compiled.ok) throw new Error(`version ${version} of survey ${code} was published but does not compile`)
  const { survey } = compiled
  const before = stored.countsOn ? await versionOf(db, districtId, code, version - 1) : undefined
  const carried = before ? carriedInto(stored, { definition, plan: survey.plan }, before) : []
  return { definition, survey, round, mapping, carried }
}

function carriedInto({ version, mapping }: StoredVersion, now: Side, before: Version): Carrier[] {
  const old = { version: version - 1, definition: before.definition, plan: before.survey.plan }
  const carrying = carrierOf(old, now, mapping as Mapping)
  if (!carrying.ok) throw new Error(`version ${version - 1} was said to count on in the next but does not`)
  const { carrier } = carrying
  return [carrier, ...before.carried.map((earlier) => carriedOn(earlier, carrier))]
}
