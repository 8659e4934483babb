import type { Kysely } from 'kysely'
import { seenBy } from '../../shared/deliberations/consensus.ts'
import type { Counts } from '../../shared/deliberations/room.ts'
import type { Detail } from '../../shared/problem.ts'
import type { Tables } from '../db/tables.ts'
import { audit, type Look } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { lockedDeliberation } from './found.ts'
import type { Of } from './queries.ts'
import type { StoredQuestion } from './question-queries.ts'
import { lockedQuestion } from './questions.ts'
import { presence } from './room-queries.ts'
import { tell } from './tell.ts'

export interface Hands {
  subject: string
  counts: Counts
}

/** In a hall there are always some who have not signed in. */
const mostHands = (present: number): number => 2 * present + 20

/**
 * Notes the totals of a show of hands, or puts others in their place.
 * @throws {Refusal} unknownDeliberation, unknownQuestion, questionNotOpen, questionClosed, questionVoid, noHandsInSecret, badVote
 */
export async function countHands(
  db: Kysely<Tables>,
  of: Of,
  question: string,
  hands: Hands,
  look: Look,
  at: Date,
): Promise<void> {
  const subject = hands.subject.toLowerCase()
  await db.transaction().execute(async (tx) => {
    await lockedDeliberation(tx, of)
    const asked = await lockedQuestion(tx, of, question)
    mustTakeVotes(asked)
    if (asked.secret) throw refuse.noHandsInSecret()
    const { phone, seat } = await presence(tx, of)
    const faults = handFaults(asked, { ...hands, subject }, phone + seat)
    if (faults.length > 0) throw refuse.badVote(faults)
    const counted = { counts: JSON.stringify(hands.counts), actor: look.actor, counted_at: at }
    await tx
      .insertInto('hand_counts')
      .values({ district_id: of.districtId, question_id: asked.id, subject_id: subject, ...counted })
      .onConflict((known) => known.columns(['district_id', 'question_id', 'subject_id']).doUpdateSet(counted))
      .execute()
    await tell(tx, of, [{ kind: 'desk', about: 'questions' }], at)
    await audit(tx, { ...look, after: { subject, hands: seenBy(hands.counts) } }, at)
  })
}

/** @throws {Refusal} questionNotOpen, questionClosed, questionVoid */
export function mustTakeVotes({ state }: Pick<StoredQuestion, 'state'>): void {
  const refusal = notOpen(state)
  if (refusal) throw refusal
}

export function notOpen(state: StoredQuestion['state']) {
  if (state === 'draft') return refuse.questionNotOpen()
  if (state === 'closed') return refuse.questionClosed()
  return state === 'void' ? refuse.questionVoid() : undefined
}

function handFaults({ id, kind, options }: StoredQuestion, { subject, counts }: Hands, present: number): Detail[] {
  const fault = (at: string, message: string): Detail[] => [{ at: `body/${at}`, rule: 'hands', message }]
  if (kind === 'ranking') return fault('subject', '排序不能举手计数，请用手机或按座位号录入。')
  const known = kind === 'motion' ? subject === id : options.some((option) => option.id === subject)
  if (!known) return fault('subject', '这项表决里没有这一条，请刷新后再录入。')
  if (kind === 'dots' && counts.disagree + counts.pass > 0)
    return fault('counts', '投点只数选了这一项的人，反对和弃权请填 0。')
  if (seenBy(counts) <= mostHands(present)) return []
  return fault('counts', `举手 ${seenBy(counts)} 人，比到会的 ${present} 人多得太多，请核对后再录入。`)
}
