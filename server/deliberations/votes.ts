import type { Presence } from '../../shared/deliberations/kinds.ts'
import { ballotJudge } from '../../shared/deliberations/question-rules.ts'
import type { Cast } from '../../shared/deliberations/questions-api.ts'
import type { Db } from '../db/database.ts'
import type { Secrets } from '../platform/secrets.ts'
import { Refusal } from '../refusal.ts'
import { refuse } from '../refusals.ts'
import { notOpen } from './hands.ts'
import type { Of } from './queries.ts'
import { holdQuestion, type StoredQuestion } from './question-queries.ts'
import { takeBallots } from './secret-votes.ts'
import { type Logged, loggedVotes, participantsBy, storeVotes, type Vote } from './vote-queries.ts'

/** What one person sends at once. */
export interface Sending {
  by: { ticket: Buffer } | { seat: number }
  votes: readonly Cast[]
  /** Who the log says it was. */
  actor: string
}

/** How many votes of a sending were new, or why none was taken. */
export type Answer = number | Refusal

/** Somebody who sends, as the database knows them. */
export interface Voter {
  participant: string
  channel: Presence
  /** Why they cannot vote now, where they cannot. */
  absent?: Refusal
}

/** The same ids were sent at the same moment by another way: the transaction is to be done again, and will find them. */
export class Overtaken extends Error {}

/**
 * Takes in what several people send on one question, nobody twice on the same thing. Each is taken whole or not at all. What
 * was taken in before is answered as done whatever has become of the question since: its answer may have been lost.
 * @throws {Overtaken}
 */
export async function takeVotes(
  tx: Db,
  secrets: Secrets,
  of: Of,
  question: string,
  sendings: readonly Sending[],
): Promise<Answer[]> {
  const asked = await holdQuestion(tx, of, question)
  if (!asked) return sendings.map(() => refuse.unknownQuestion())
  const voters = await votersOf(tx, of, sendings)
  if (asked.secret) return await takeBallots(tx, secrets, asked, sendings, voters)
  const ids = sendings.flatMap(({ votes }) => votes.map(({ id }) => id))
  const logged = new Map((await loggedVotes(tx, of.districtId, asked.id, ids)).map((one) => [one.id, one]))
  const judge = judgeOf(asked)
  const judged = sendings.map((sending, i) => {
    const fresh = judge(sending, voters[i]!, logged)
    if (!(fresh instanceof Refusal)) for (const vote of fresh) logged.set(vote.id, asLogged(vote))
    return fresh
  })
  const fresh = judged.flatMap((one) => (one instanceof Refusal ? [] : one))
  if ((await storeVotes(tx, of.districtId, asked.id, fresh)) < fresh.length) throw new Overtaken()
  return judged.map((one) => (one instanceof Refusal ? one : one.length))
}

const asLogged = ({ id, participant, subject, choice }: Vote): Logged => {
  return { id, participant_id: participant, subject_id: subject, choice }
}

async function votersOf(tx: Db, of: Of, sendings: readonly Sending[]): Promise<(Voter | Refusal)[]> {
  const tickets = sendings.flatMap(({ by }) => ('ticket' in by ? [by.ticket] : []))
  const seats = sendings.flatMap(({ by }) => ('seat' in by ? [by.seat] : []))
  const people = await participantsBy(tx, of, tickets, seats)
  return sendings.map(({ by }) => {
    const isSeat = 'seat' in by
    const refusal = isSeat ? refuse.seatNotPresent(by.seat) : refuse.notPresent()
    const found = people.find((one) => (isSeat ? one.seat === by.seat : one.ticket_hash?.equals(by.ticket)))
    if (!found) return refusal
    const channel = isSeat ? 'seat' : 'phone'
    return { participant: found.id, channel, ...(found.left_at && { absent: refusal }) }
  })
}

/** Which votes of a sending are new, or why it is refused. */
function judgeOf(asked: StoredQuestion) {
  const shut = notOpen(asked.state)
  const faultsOf = ballotJudge(asked)
  return ({ votes, actor }: Sending, voter: Voter | Refusal, logged: ReadonlyMap<string, Logged>): Vote[] | Refusal => {
    if (!('participant' in voter)) return voter
    const { participant, channel, absent } = voter
    const fresh = votes.filter(({ id }) => !logged.has(id))
    if (fresh.length < votes.length) {
      const others = votes.filter((cast) => logged.has(cast.id) && !isSame(cast, participant, logged.get(cast.id)!))
      if (others.length > 0) return refuse.badVote([otherUnderId])
      if (fresh.length === 0) return []
    }
    if (shut) return shut
    if (absent) return absent
    const faults = votes.length === 0 ? [nothing] : faultsOf(votes)
    if (faults.length > 0) return refuse.badVote(faults)
    return fresh.map((cast) => ({ ...cast, participant, channel, actor }))
  }
}

const otherUnderId = {
  ...{ at: 'body/votes', rule: 'same-id' },
  message: '这一票的编号已经用过，内容与这次不同；原来的没有改动，请刷新页面再投。',
}
const nothing = { at: 'body/votes', rule: 'empty', message: '还没有选，请先选好再提交。' }

function isSame({ subject, choice }: Cast, participant: string, logged: Logged): boolean {
  return (
    logged.participant_id === participant &&
    logged.subject_id === subject &&
    JSON.stringify(logged.choice) === JSON.stringify(choice)
  )
}
