import type { Choice, Presence } from '../../shared/deliberations/kinds.ts'
import { noVotes } from '../../shared/deliberations/opinions.ts'
import { countsOf, motionOutcome, type Picked, pointsOutcome, turnout } from '../../shared/deliberations/outcome.ts'
import type { Counts, Outcome } from '../../shared/deliberations/room.ts'
import type { Db } from '../db/database.ts'
import { countedVotes, handsOf, voters } from './opinion-queries.ts'
import { lockOpinion } from './opinions.ts'
import type { Of } from './queries.ts'
import { rosterSize, type StoredQuestion } from './question-queries.ts'
import { presence, votersOf } from './room-queries.ts'

/** What was cast in a secret ballot, out of the box, and who voted. */
export interface Box {
  choices: readonly Choice[]
  roll: readonly { channel: Presence }[]
}

/** The outcome of a question whose row is held; `box` in a secret ballot. */
export async function outcomeOf(db: Db, of: Of, question: StoredQuestion, box: Box | undefined): Promise<Outcome> {
  const present = await presentFor(db, of, question)
  switch (question.kind) {
    case 'opinion':
      return await lockOpinion(db, of, question, present)
    case 'motion':
      return await motion(db, of, question, box, present)
    case 'dots':
    case 'ranking':
      return await points(db, of, question, question.kind, present)
  }
}

/** Those in the room, and those who voted before they left. */
async function presentFor(db: Db, of: Of, question: StoredQuestion): Promise<number> {
  const { phone, seat } = await presence(db, of)
  const gone = (await votersOf(db, of.districtId, [question])).get(question.id)?.gone ?? 0
  return phone + seat + gone
}

async function motion(db: Db, of: Of, { id, rule, quorum }: StoredQuestion, box: Box | undefined, present: number) {
  const roster = await rosterSize(db, of)
  const given = { rule: rule!, quorum, present, roster }
  if (box)
    return motionOutcome({
      ...{ ...given, voted: turnout(box.roll), all: countsOf(box.choices.map((choice) => ({ choice }))) },
      ...{ byChannel: null, hands: null },
    })
  const byChannel = (await countedVotes(db, of.districtId, id)).get(id) ?? noVotes()
  const hands = (await handsOf(db, of.districtId, id)).get(id) ?? null
  const voted = await voters(db, of.districtId, id)
  return motionOutcome({ ...given, voted, all: sum(byChannel.phone, byChannel.seat), byChannel, hands })
}

const sum = (a: Counts, b: Counts): Counts => {
  return { agree: a.agree + b.agree, disagree: a.disagree + b.disagree, pass: a.pass + b.pass }
}

async function points(db: Db, of: Of, question: StoredQuestion, kind: 'dots' | 'ranking', present: number) {
  const { id, options, picks } = question
  const picked = await pickedIn(db, of.districtId, id)
  const counts = await handsOf(db, of.districtId, id)
  const hands = new Map([...counts].map(([option, { agree }]): [string, number] => [option, agree]))
  return pointsOutcome({ kind, options, picks, picked, hands, present })
}

async function pickedIn(db: Db, districtId: number, question: string): Promise<Picked[]> {
  const rows = await db
    .selectFrom('votes')
    .select(['choice', 'channel'])
    .where('district_id', '=', districtId)
    .where('question_id', '=', question)
    .execute()
  return rows.map(({ choice, channel }) => ({ options: Array.isArray(choice) ? choice : [], channel }))
}
