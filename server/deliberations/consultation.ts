import { randomUUID } from 'node:crypto'
import type { Db } from '../db/database.ts'
import type { Secrets } from '../platform/secrets.ts'
import { ofDeliberation } from './found.ts'
import type { StoredDeliberation } from './queries.ts'
import { deskQuestions } from './question-queries.ts'
import { askAndOpen, lockedQuestion, tellQuestion } from './questions.ts'
import { roomProposals } from './room-queries.ts'
import { closeQuestion } from './turn-question.ts'

const plain = {
  kind: 'opinion',
  item: null,
  picks: 0,
  secret: false,
  rule: null,
  quorum: null,
  requirement: null,
} as const

/** Has everybody weigh the items of the draft, from when a consultation opens. What they said is not asked for twice. */
export async function askAboutProposals(tx: Db, found: StoredDeliberation, at: Date): Promise<void> {
  const of = ofDeliberation(found)
  const asked = await deskQuestions(tx, of)
  if (asked.some(({ kind, state }) => kind === 'opinion' && state !== 'void')) return
  const options = (await roomProposals(tx, of)).map(({ id, title }) => ({ id, text: title }))
  await askAndOpen(tx, found, { ...plain, id: randomUUID(), title: '您赞成这些行动吗', options }, at)
}

/** Ends what is put to the vote when a consultation closes; paper ballots that nobody has counted are abstentions. */
export async function closeVotes(tx: Db, secrets: Secrets, found: StoredDeliberation, at: Date): Promise<void> {
  const of = ofDeliberation(found)
  const open = (await deskQuestions(tx, of)).filter(({ state }) => state === 'open')
  for (const { id, papers } of open) {
    const question = await lockedQuestion(tx, of, id)
    await closeQuestion({ tx, found, question }, secrets, { agree: 0, disagree: 0, pass: papers })
    await tellQuestion(tx, of, id, at)
  }
}
