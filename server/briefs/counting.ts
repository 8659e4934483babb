import type { Audience } from '../../shared/briefs/api.ts'
import type { Facts } from '../../shared/briefs/facts.ts'
import type { Db } from '../db/database.ts'
import { refuse } from '../refusals.ts'
import { publishedSurvey } from '../surveys/published.ts'
import { latestSurvey, type SurveyHead } from '../surveys/queries.ts'
import { answeredVersion, roundsOf } from '../surveys/round-queries.ts'
import { type Counting, roundTallyVersions } from '../surveys/tally-queries.ts'

/** Which survey version a brief shall rest on; by default the newest that has answers, of the survey published last. */
export interface Resting {
  survey?: string
  version?: number
}

/** What a brief says of its survey, and which answers it counts. */
export interface Counted {
  survey: Facts['survey']
  counting: Counting
  /** The newest version that there was. */
  newest: number
}

/**
 * The survey version that a brief for this audience rests on. What is told to the public of versions that count on in one another is one
 * series, which goes on under the newest of them: two series could be subtracted.
 * @throws {Refusal} noSurveyYet, unknownSurvey, unknownVersion
 */
export async function countedFor(db: Db, districtId: number, audience: Audience, resting: Resting): Promise<Counted> {
  const head = await latestSurvey(db, districtId, resting.survey)
  if (!head) throw resting.survey === undefined ? refuse.noSurveyYet() : refuse.unknownSurvey()
  if (resting.version !== undefined && resting.version > head.version) throw refuse.unknownVersion()
  if (audience === 'public') return await publicOf(db, districtId, head, resting.version)
  const version = resting.version ?? (await answeredVersion(db, districtId, head.code)) ?? head.version
  return await countedAs(db, districtId, audience, head, version)
}

async function countedAs(
  db: Db,
  districtId: number,
  audience: Audience,
  head: SurveyHead,
  version: number,
): Promise<Counted> {
  const { code, title, version: newest } = head
  const { survey: compiled, carried: all } = await publishedSurvey(db, districtId, code, version)
  const { plan, questions } = compiled
  // Only versions of which each figure means the same count on for the public: what was told before can be compared figure by figure.
  const carried = audience === 'public' ? all.filter(({ alike }) => alike) : all
  const earlier = carried.length > 0 && { carried: carried.map((one) => one.version) }
  return {
    survey: { code, title, version, plan, questions, ...earlier },
    counting: { districtId, survey: code, version, carried },
    newest,
  }
}

async function publicOf(db: Db, districtId: number, head: SurveyHead, wanted?: number): Promise<Counted> {
  let newest: Counted | undefined
  for (const { version } of (await roundsOf(db, districtId, head.code)).reverse()) {
    const counted = await countedAs(db, districtId, 'public', head, version)
    newest ??= counted
    const counts = [version, ...counted.counting.carried.map((one) => one.version)]
    if (wanted !== undefined && counts.includes(wanted)) return counted
    if (wanted === undefined && (await roundTallyVersions(db, counted.counting)).size > 0) return counted
  }
  if (!newest || wanted !== undefined) throw refuse.unknownVersion()
  return newest
}

/** Whether a version was published since: it may go on with the series of public figures. */
export async function isOvertaken(
  db: Db,
  { counting, newest }: Pick<Counted, 'counting' | 'newest'>,
): Promise<boolean> {
  const { districtId, survey } = counting
  return (await latestSurvey(db, districtId, survey))?.version !== newest
}
