import type { Static } from 'typebox'
import { answerNames } from '../../shared/deliberations/kinds.ts'
import type { readResults } from '../../shared/deliberations/minutes-api.ts'
import type { Db } from '../db/database.ts'
import { followUpsOf, type StoredFollowUp } from './follow-up-queries.ts'
import { heldStatements, storedMinutes } from './minutes-queries.ts'
import type { StoredDeliberation } from './queries.ts'

type Results = Static<(typeof readResults)['responses'][200]>
type Statement = Awaited<ReturnType<typeof heldStatements>>[number]

/** What residents may read of what came of it. Follow-ups are told once the deliberation has ended. */
export async function resultsOf(db: Db, found: StoredDeliberation): Promise<Results> {
  const of = { districtId: found.district_id, id: found.id }
  const minutes = await storedMinutes(db, of)
  const followUps = found.status === 'closed' ? await followUpsOf(db, of) : []
  const all = await heldStatements(db, of)
  const published = minutes?.status === 'published'
  return {
    title: found.title,
    published,
    sha256: (published && minutes.sha256?.toString('hex')) || null,
    statements: all.filter(isPublic).map((one) => resultOf(one, all, followUps)),
    followUps: followUps.map(({ number, text, owner, dueOn, state, outcome }) => {
      return { number, text, owner, dueOn, state, outcome }
    }),
  }
}

const isPublic = ({ state }: Statement): boolean => state === 'shown' || state === 'discussed' || state === 'merged'

/** What was merged shares the result of what it was merged into. */
function resultOf(one: Statement, all: readonly Statement[], followUps: readonly StoredFollowUp[]) {
  const into = one.mergedInto ? all.find(({ id }) => id === one.mergedInto) : undefined
  const { answer, result } = into ?? one
  const ids = [one.id, ...(into ? [into.id] : [])]
  return {
    ...{ number: one.number, text: one.text, mergedInto: into?.number ?? null },
    result: [answer ? answerNames[answer] : '', result ?? ''].filter(Boolean).join('：') || null,
    followUps: followUps
      .filter(({ statements }) => ids.some((id) => statements.includes(id)))
      .map((each) => each.number),
  }
}
