import { sql } from 'kysely'
import { fastSign, LEAST_PACED, type Pace, pacedBy, withDuration } from '../../shared/quality/pace.ts'
import { nightSign } from '../../shared/quality/senders.ts'
import type { Sign } from '../../shared/quality/signs.ts'
import { straightSign } from '../../shared/quality/straight.ts'
import type { CompiledSurvey } from '../../shared/surveys/compile.ts'
import type { Db } from '../db/database.ts'
import { locks } from '../db/locks.ts'
import { publishedSurvey } from '../surveys/published.ts'
import { type Answer, answersById, firstArrival, idsOfWorker, newAnswers } from './answers.ts'
import { sharedSigns, tracesOf } from './evidence.ts'
import { grouped } from './grouped.ts'
import {
  begin,
  dropWithdrawn,
  earlier,
  noteScored,
  paceOf,
  savePace,
  saveSigns,
  scoredUntil,
  without,
} from './store.ts'
import { addTraces } from './traces.ts'
import { judgeWorkers, knownVerdicts, type Verdict } from './workers.ts'

const BATCH = 300
const FIRST_STEP_MS = 60_000
/** An answer is timed when it comes and committed a moment later: so long it may still turn up. */
const LATE_MS = 15_000
const MOST_RELATED = 1_000

/**
 * Looks for signs in answers that came in since the last time, for about so long; each is looked at once, and again only where
 * what is newly known concerns it. Returns whether some are left.
 */
export async function scoreSome(db: Db, districtId: number, forMs: number): Promise<boolean> {
  const began = performance.now()
  const before = (await scoredUntil(db, districtId)) ?? (await firstArrival(db, districtId))
  if (!before) return false
  let from = before.getTime()
  let step = FIRST_STEP_MS
  while (performance.now() - began < forMs) {
    const now = Date.now()
    const to = Math.min(from + step, now)
    const some = await newAnswers(db, districtId, new Date(from), new Date(to), BATCH)
    const last = some.at(-1)?.receivedAt.getTime() ?? to
    const done = some.length < BATCH ? to : last
    await db.transaction().execute(async (one) => {
      if (some.length > 0) await scoreBatch(one, districtId, some, new Date(now))
      await dropWithdrawn(one, districtId, new Date(from - LATE_MS), new Date(to))
      await noteScored(one, districtId, new Date(Math.min(done, now - LATE_MS)))
    })
    if (some.length < BATCH && to >= now) return false
    from = done
    step = some.length === BATCH ? Math.max(1, step / 2) : some.length < BATCH / 4 ? step * 2 : step
  }
  return true
}

/** What the answers of one batch are judged by. */
interface Known {
  surveys: Map<string, CompiledSurvey>
  paces: Map<string, Pace>
  verdicts: Map<string, Verdict[]>
}

const versionKey = ({ survey, version }: Pick<Answer, 'survey' | 'version'>) => `${survey} ${version}`
const paceKey = (answer: Answer) => `${versionKey(answer)} ${answer.channel}`

async function scoreBatch(db: Db, districtId: number, some: Answer[], at: Date): Promise<void> {
  // Histograms and sums are read and written again: two processes must not do so at once.
  await sql`SELECT pg_advisory_xact_lock(${locks.quality}, ${districtId})`.execute(db)
  const begun = await begin(db, districtId, some, at)
  // Read anew: while they waited here, somebody may have been erased who had taken some of them down.
  const fresh = await answersById(
    db,
    districtId,
    begun.map(({ id }) => id),
  )
  const known: Known = { surveys: new Map(), paces: new Map(), verdicts: new Map() }
  await learnSurveys(db, districtId, fresh, known)
  const again = [
    ...(await learnPaces(db, districtId, fresh, known)),
    ...(await learnWorkers(db, districtId, fresh, known)),
  ]
  const questions = (answer: Answer) => known.surveys.get(versionKey(answer))!.questions
  await addTraces(
    db,
    districtId,
    fresh.flatMap((answer) => tracesOf(answer, questions(answer))),
  )
  const related = await judge(db, districtId, fresh, known, at)
  const own = new Set(fresh.map(({ id }) => id))
  const others = [...new Set([...again, ...related])].filter((id) => !own.has(id)).slice(0, MOST_RELATED)
  const touched = await answersById(db, districtId, others)
  await learnSurveys(db, districtId, touched, known)
  for (const answer of touched) await recall(db, districtId, answer, known)
  await judge(db, districtId, touched, known, at)
}

async function learnSurveys(db: Db, districtId: number, answers: Answer[], { surveys }: Known): Promise<void> {
  for (const answer of answers) {
    const key = versionKey(answer)
    if (!surveys.has(key))
      surveys.set(key, (await publishedSurvey(db, districtId, answer.survey, answer.version)).survey)
  }
}

const secondsOf = ({ startedAt, submittedAt }: Answer) => (submittedAt.getTime() - startedAt.getTime()) / 1_000

/** Adds to the histograms; returns answers that could not be judged until now. */
async function learnPaces(db: Db, districtId: number, fresh: Answer[], { paces }: Known): Promise<string[]> {
  const again: string[] = []
  for (const own of grouped(fresh, paceKey).values()) {
    const [one] = own as [Answer]
    const before = await paceOf(db, districtId, one)
    const pace = own.reduce((sum, answer) => withDuration(sum, secondsOf(answer)), before)
    paces.set(paceKey(one), pace)
    await savePace(db, districtId, one, pace)
    if (pacedBy(before) < LEAST_PACED && pacedBy(pace) >= LEAST_PACED)
      again.push(...(await earlier(db, districtId, one)))
  }
  return again
}

/** Adds to what workers were told; returns answers of those of whom something else is known now. */
async function learnWorkers(db: Db, districtId: number, fresh: Answer[], { surveys, verdicts }: Known) {
  const again: string[] = []
  const visits = fresh.filter(({ channel }) => channel === 'visit')
  for (const own of grouped(visits, versionKey).values()) {
    const [one] = own as [Answer]
    const found = await judgeWorkers(db, districtId, one, surveys.get(versionKey(one))!.plan, own)
    verdicts.set(versionKey(one), found)
    for (const { worker, sign } of found)
      again.push(...(await idsOfWorker(db, districtId, one, worker, sign !== undefined, MOST_RELATED)))
  }
  return again
}

/** What an answer that came earlier is judged by. */
async function recall(db: Db, districtId: number, answer: Answer, { paces, verdicts }: Known): Promise<void> {
  if (!paces.has(paceKey(answer))) paces.set(paceKey(answer), await paceOf(db, districtId, answer))
  if (answer.channel === 'visit' && !verdicts.has(versionKey(answer)))
    verdicts.set(versionKey(answer), await knownVerdicts(db, districtId, answer))
}

/** Writes down the signs of these answers; returns others that share one with them and do not have it yet. */
async function judge(db: Db, districtId: number, answers: Answer[], known: Known, at: Date): Promise<string[]> {
  if (answers.length === 0) return []
  const shared = await sharedSigns(db, districtId, answers, (one) => known.surveys.get(versionKey(one))!.questions)
  const found = new Map<string, Sign[]>()
  for (const answer of answers) {
    const others = shared.flatMap(({ id, sign }) => (id === answer.id ? [sign] : []))
    found.set(answer.id, [...ownSigns(answer, known), ...others])
  }
  await saveSigns(db, districtId, found, at)
  const related: string[] = []
  for (const kind of ['device', 'slip', 'text'] as const) {
    const ids = new Set(
      shared.filter(({ sign }) => sign.sign === kind && sign.points >= 3).flatMap(({ others }) => others),
    )
    related.push(...(await without(db, districtId, kind, [...ids])))
  }
  return related
}

function ownSigns(answer: Answer, { surveys, paces, verdicts }: Known): Sign[] {
  const { channel, worker, startedAt, answers } = answer
  const visited = channel === 'visit' ? verdicts.get(versionKey(answer)) : undefined
  return [
    fastSign(secondsOf(answer), paces.get(paceKey(answer)) ?? []),
    straightSign(surveys.get(versionKey(answer))!.questions, answers),
    nightSign(channel, startedAt.getTime()),
    visited?.find((verdict) => verdict.worker === worker)?.sign,
  ].filter((sign) => sign !== undefined)
}
