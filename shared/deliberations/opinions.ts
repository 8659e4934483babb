import { groupInformedConsensus, groupInformedDissent, seenBy } from './consensus.ts'
import type { Choice, Presence } from './kinds.ts'
import type { Counts, OpinionOutcome, OpinionResult } from './room.ts'

/** The last word of one participant on one option. */
export interface OpinionVote {
  subject: string
  participant: string
  choice: Choice
  channel: Presence
}

export interface Opinions {
  options: readonly { id: string }[]
  votes: readonly OpinionVote[]
  /** Shows of hands, by option. */
  hands: ReadonlyMap<string, Counts>
  present: number
}

/** To which group each participant belongs who could be put into one; without groups everybody is one group. */
export type Members = ReadonlyMap<string, number>

const none = (): Counts => ({ agree: 0, disagree: 0, pass: 0 })

function counted(votes: readonly OpinionVote[]): Counts {
  const counts = none()
  for (const { choice } of votes) counts[choice] += 1
  return counts
}

function inGroups(votes: readonly OpinionVote[], members: Members | null): Counts[] {
  if (!members) return [counted(votes)]
  const groups = Array.from({ length: Math.max(-1, ...members.values()) + 1 }, none)
  for (const { participant, choice } of votes) {
    const group = members.get(participant)
    if (group !== undefined) groups[group]![choice] += 1
  }
  return groups
}

function resultOf(option: string, votes: readonly OpinionVote[], hands: Counts | null, members: Members | null) {
  const on = (channel: Presence) => counted(votes.filter((vote) => vote.channel === channel))
  const groups = inGroups(votes, members)
  const consensus = groupInformedConsensus(groups)
  const dissent = groupInformedDissent(groups)
  return {
    ...{ option, all: counted(votes), byChannel: { phone: on('phone'), seat: on('seat') } },
    ...{ hands, consensus, dissent },
  }
}

/** What everybody agrees on first; where that is even, what fewer are against; what nobody voted on last. */
export function resultsOf({ options, votes, hands }: Opinions, members: Members | null = null): OpinionResult[] {
  const by = new Map<string, OpinionVote[]>(options.map(({ id }) => [id, []]))
  for (const vote of votes) by.get(vote.subject)?.push(vote)
  const results = options.map(({ id }) => resultOf(id, by.get(id)!, hands.get(id) ?? null, members))
  const unseen = ({ all }: OpinionResult) => Number(seenBy(all) === 0)
  return results.sort((a, b) => unseen(a) - unseen(b) || b.consensus - a.consensus || a.dissent - b.dissent)
}

/** What is locked when an opinion question closes: everybody as one group. Opinion groups are worked out after that. */
export function opinionOutcome(opinions: Opinions): OpinionOutcome {
  const voters = new Map(opinions.votes.map(({ participant, channel }) => [participant, channel]))
  const on = (channel: Presence) => [...voters.values()].filter((each) => each === channel).length
  return {
    kind: 'opinion',
    present: opinions.present,
    voted: { phone: on('phone'), seat: on('seat') },
    results: resultsOf(opinions),
    groups: null,
    withoutGroups: null,
  }
}
