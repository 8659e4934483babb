import type { Choice } from '../../shared/deliberations/kinds.ts'
import { ballotJudge } from '../../shared/deliberations/question-rules.ts'
import type { Db } from '../db/database.ts'
import type { Secrets } from '../platform/secrets.ts'
import { Refusal } from '../refusal.ts'
import { refuse } from '../refusals.ts'
import { enrol, enrolled, putSealed } from './ballots.ts'
import { notOpen } from './hands.ts'
import type { StoredQuestion } from './question-queries.ts'
import type { Answer, Sending, Voter } from './votes.ts'

interface Ballot extends Pick<Voter, 'participant' | 'channel'> {
  /** None of a seat: its ballot is on paper. */
  choice?: Choice
}

/**
 * Takes in ballots, which are final. Whoever is on the roll has voted, and hears so whatever they send: nothing is kept by
 * which one and the same ballot could be known again.
 */
export async function takeBallots(
  tx: Db,
  secrets: Secrets,
  asked: StoredQuestion,
  sendings: readonly Sending[],
  voters: readonly (Voter | Refusal)[],
): Promise<Answer[]> {
  const { district_id: districtId, id } = asked
  const known = voters.flatMap((voter) => ('participant' in voter ? [voter.participant] : []))
  const before = await enrolled(tx, districtId, id, known)
  const faultsOf = ballotJudge(asked)
  const judged = sendings.map((sending, i) => judge(asked, faultsOf, sending, voters[i]!, before))
  const ballots = judged.flatMap((one) => (one instanceof Refusal ? [] : [one]))
  const added = await enrol(tx, districtId, id, ballots)
  const choices = ballots.flatMap(({ participant, choice }) => (choice && added.has(participant) ? [choice] : []))
  await putSealed(tx, secrets, districtId, id, choices)
  return judged.map((one) => {
    if (one instanceof Refusal) return one
    return added.has(one.participant) ? 1 : refuse.alreadyVoted()
  })
}

function judge(
  { state }: StoredQuestion,
  faultsOf: ReturnType<typeof ballotJudge>,
  { votes }: Sending,
  voter: Voter | Refusal,
  before: ReadonlySet<string>,
): Ballot | Refusal {
  if (!('participant' in voter)) return voter
  const { participant, channel, absent } = voter
  if (before.has(participant)) return refuse.alreadyVoted()
  const shut = notOpen(state)
  if (shut) return shut
  if (absent) return absent
  if (channel === 'seat') return votes.length > 0 ? refuse.badVote([onPaper]) : { participant, channel }
  const faults = faultsOf(votes)
  if (faults.length > 0) return refuse.badVote(faults)
  return { participant, channel, choice: votes[0]!.choice as Choice }
}

const onPaper = {
  ...{ at: 'body/votes', rule: 'secret' },
  message: '无记名投票不能代录选择，请发一张纸质票，这里只登记领了票；结束时一起录入总数。',
}
