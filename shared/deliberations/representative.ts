import { oneProportionZ, twoProportionsZ } from '../statistics/proportions.ts'
import { seenBy } from './consensus.ts'
import type { Counts, OpinionGroups } from './room.ts'

type Representative = OpinionGroups['groups'][number]['representative'][number]

/** How many of a group vote one way on a statement, and of everybody in the other groups. */
export interface Side {
  yes: number
  seen: number
  otherYes: number
  otherSeen: number
}

/** Below it lie 90 % of what chance alone makes. */
const LEAST_Z = 1.2816
const MOST = 5

/**
 * How far a vote speaks for a group: pa is its share with pseudocounts (yes + 1) / (seen + 2) and ra that share over the
 * same of all others; pat and rat are z, of pa against one half and of both shares against each other, and both have to
 * exceed 1.2816. `rank` is ra · rat · pa · pat, 0 where it does not speak for the group. Small et al. (2021), Polis.
 */
export function standingOf({ yes, seen, otherYes, otherSeen }: Side): { ratio: number; rank: number } {
  const share = (yes + 1) / (seen + 2)
  const ratio = share / ((otherYes + 1) / (otherSeen + 2))
  const most = oneProportionZ(yes + 1, seen + 2, 0.5)
  const apart = twoProportionsZ(yes + 1, seen + 2, otherYes + 1, otherSeen + 2)
  const speaks = most > LEAST_Z && apart > LEAST_Z
  return { ratio, rank: speaks ? ratio * apart * share * most : 0 }
}

/** What sets a group apart from the others, five statements at most. `counts` are those of every group on every option. */
export function representativeOf(
  group: number,
  options: readonly string[],
  counts: readonly (readonly Counts[])[],
): Representative[] {
  const sides = options.flatMap((option, at) => {
    const own = counts[group]![at]!
    const others = counts.filter((_, other) => other !== group).map((each) => each[at]!)
    const total = (of: (each: Counts) => number) => others.reduce((sum, each) => sum + of(each), 0)
    const otherSeen = total(seenBy)
    return [true, false].map((agrees) => {
      const yes = agrees ? own.agree : own.disagree
      const otherYes = total((each) => (agrees ? each.agree : each.disagree))
      const seen = seenBy(own)
      const { ratio, rank } = standingOf({ yes, seen, otherYes, otherSeen })
      return { option, agrees, share: seen === 0 ? 0 : yes / seen, of: seen, ratio, rank }
    })
  })
  const speaking = sides.filter(({ rank }) => rank > 0).sort((a, b) => b.rank - a.rank)
  return speaking.slice(0, MOST).map(({ rank: _, ...said }) => said)
}
