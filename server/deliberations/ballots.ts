import { randomInt, randomUUID } from 'node:crypto'
import type { Choice } from '../../shared/deliberations/kinds.ts'
import type { Counts } from '../../shared/deliberations/room.ts'
import type { Db } from '../db/database.ts'
import { contextIn } from '../platform/sealed-columns.ts'
import type { Secrets } from '../platform/secrets.ts'

/*
 * A secret ballot. Who has voted stands on the roll; what they said lies sealed until the ballot closes, because rows that
 * one transaction wrote can be told to belong together by what PostgreSQL keeps of it. Then all are opened at once and
 * written anew in an order that chance made, the roll as well.
 */

/** Choices have the same length, so that what is sealed tells nothing by its own. */
const LENGTH = 8

const contextOf = (districtId: number, id: string): string => contextIn('sealed_ballots', 'sealed', districtId, id)

/** Puts ballots into the box. */
export async function putSealed(
  db: Db,
  secrets: Secrets,
  districtId: number,
  question: string,
  choices: readonly Choice[],
): Promise<void> {
  if (choices.length === 0) return
  const rows = choices.map((choice) => {
    const id = randomUUID()
    const sealed = secrets.seal(choice.padEnd(LENGTH), contextOf(districtId, id))
    return { district_id: districtId, id, question_id: question, sealed }
  })
  // In the order of ids, which chance made, and not in that of those who cast them.
  const unordered = rows.sort((a, b) => (a.id < b.id ? -1 : 1))
  await db.insertInto('sealed_ballots').values(unordered).execute()
}

/** Puts people on the roll. Returns those who were not on it. */
export async function enrol(
  db: Db,
  districtId: number,
  question: string,
  people: readonly { participant: string; channel: 'phone' | 'seat' }[],
): Promise<Set<string>> {
  if (people.length === 0) return new Set()
  const rows = people.map(({ participant, channel }) => {
    return { district_id: districtId, question_id: question, participant_id: participant, channel }
  })
  const added = await db
    .insertInto('ballot_roll')
    .values(rows.sort((a, b) => (a.participant_id < b.participant_id ? -1 : 1)))
    .onConflict((taken) => taken.columns(['district_id', 'question_id', 'participant_id']).doNothing())
    .returning('participant_id')
    .execute()
  return new Set(added.map(({ participant_id }) => participant_id))
}

/** Who of these has voted already. */
export async function enrolled(
  db: Db,
  districtId: number,
  question: string,
  participants: readonly string[],
): Promise<Set<string>> {
  if (participants.length === 0) return new Set()
  const rows = await roll(db, districtId, question).where('participant_id', 'in', participants).execute()
  return new Set(rows.map(({ participant_id }) => participant_id))
}

function roll(db: Db, districtId: number, question: string) {
  return db
    .selectFrom('ballot_roll')
    .select(['participant_id', 'channel'])
    .where('district_id', '=', districtId)
    .where('question_id', '=', question)
}

export async function wholeRoll(db: Db, districtId: number, question: string) {
  return await roll(db, districtId, question).execute()
}

/** Opens the box of a question whose row is held, together with what was written on paper, and returns what is in it. */
export async function openBox(
  db: Db,
  secrets: Secrets,
  districtId: number,
  question: string,
  papers: Counts,
): Promise<Choice[]> {
  const sealed = await takeSealed(db, districtId, question)
  const phones = sealed.map(({ id, sealed }) => secrets.open(sealed, contextOf(districtId, id)).trimEnd() as Choice)
  const written = (['agree', 'disagree', 'pass'] as const).flatMap((choice) =>
    Array.from({ length: papers[choice] }, () => choice),
  )
  const choices = shuffled([...phones, ...written])
  if (choices.length > 0) {
    const rows = choices.map((choice) => ({ district_id: districtId, id: randomUUID(), question_id: question, choice }))
    await db.insertInto('ballots').values(rows).execute()
  }
  await writeRollAnew(db, districtId, question)
  return choices
}

/** Throws the box away unopened. */
export async function discardBox(db: Db, districtId: number, question: string): Promise<void> {
  await takeSealed(db, districtId, question)
  await writeRollAnew(db, districtId, question)
}

async function takeSealed(db: Db, districtId: number, question: string) {
  return await db
    .deleteFrom('sealed_ballots')
    .where('district_id', '=', districtId)
    .where('question_id', '=', question)
    .returning(['id', 'sealed'])
    .execute()
}

/** Rows lie in the order of writing and keep by whom: so all are written at once, in an order that tells nothing. */
async function writeRollAnew(db: Db, districtId: number, question: string): Promise<void> {
  const rows = await db
    .deleteFrom('ballot_roll')
    .where('district_id', '=', districtId)
    .where('question_id', '=', question)
    .returningAll()
    .execute()
  if (rows.length > 0) await db.insertInto('ballot_roll').values(shuffled(rows)).execute()
}

/** Fisher and Yates, with numbers nobody can foresee. */
function shuffled<T>(all: readonly T[]): T[] {
  const mixed = [...all]
  for (let i = mixed.length - 1; i > 0; i -= 1) {
    const j = randomInt(i + 1)
    ;[mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!]
  }
  return mixed
}
