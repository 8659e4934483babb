import { LEAST_PUBLISHED } from '../statistics/standing.ts'

/** What is known of some people at one moment. */
export interface Known {
  /** What was counted of them, tally by tally: an answer adds at most one to each count of one tally. */
  counts: Map<string, number[]>
  /** Which of their figures have been published as of then; the same figure in the same place. */
  shown: boolean[]
}

/** Some people, moment by moment, and the parts that they fall into; none where no more is told of them. */
export interface People {
  moments: Known[]
  parts: People[]
}

/** How often people are counted at each moment: added (1), left out (0) or taken away (−1). */
type Times = number[]

/**
 * Whether what has been published of some people, moment by moment, leaves nobody or at least ten answers, however it is added and
 * subtracted. Whoever does so adds those of each moment, leaves them out or takes them away, and does as they like with each part that
 * is published by itself; the others go with the whole of which they are parts. What is then left of a part is at least what is left
 * of its counts.
 */
export function leavesTen(people: People): boolean {
  const ways = waysOver(people.moments.length)
  return figuresOf(people).every((figure) => {
    const left = leftOf(people, figure, ways)
    return left(ways[0]!).every((answers) => answers === 0)
  })
}

const known = new Map<number, Times[]>()

/**
 * Every way to count over so many moments, the first of them not at all. Added and taken away come in turn: who is there twice running
 * would count twice.
 */
function waysOver(moments: number): Times[] {
  const found = known.get(moments)
  if (found) return found
  const longer: Times[] =
    moments === 0 ? [[]] : waysOver(moments - 1).flatMap((times) => [0, 1, -1].map((next) => [...times, next]))
  const ways = longer.filter((times) => {
    const counted = times.filter((each) => each !== 0)
    return counted.every((each, at) => at === 0 || each !== counted[at - 1])
  })
  known.set(moments, ways)
  return ways
}

/** Figures of which not the same is known; one of each kind. */
function figuresOf(people: People): number[] {
  const kinds = new Map<string, number>()
  for (const figure of people.moments[0]!.shown.keys()) kinds.set(patternOf(people, figure), figure)
  return [...kinds.values()]
}

function patternOf({ moments, parts }: People, figure: number): string {
  const own = moments.map(({ shown }) => (shown[figure] ? 1 : 0)).join('')
  return [own, ...parts.map((part) => patternOf(part, figure))].join()
}

/** What may be left of some people, under ten answers, where what they are part of is counted in a given way. */
function leftOf(people: People, figure: number, ways: Times[]): (whole: Times) => number[] {
  const free = people.moments.map(({ shown }) => shown[figure] === true)
  const parts = people.parts.map((part) => leftOf(part, figure, ways))
  const left = new Map<Times, number[]>()
  const leftIn = (times: Times) => {
    const found =
      left.get(times) ?? (parts.length === 0 ? [leastLeft(people, times)] : sums(parts.map((part) => part(times))))
    left.set(times, found)
    return found
  }
  return (whole) => {
    const own = ways.filter((times) => times.every((each, moment) => free[moment] || each === whole[moment]))
    return [...new Set(own.flatMap(leftIn))].filter((answers) => answers < LEAST_PUBLISHED)
  }
}

/** What one of each of these can come to, under ten. */
function sums(options: number[][]): number[] {
  return options.reduce<number[]>(
    (all, values) => {
      const next = new Set<number>()
      for (const sum of all) for (const value of values) if (sum + value < LEAST_PUBLISHED) next.add(sum + value)
      return [...next]
    },
    [0],
  )
}

const leasts = new WeakMap<People, (times: Times) => number>()

/** The fewest answers that are left of some people when they are counted in this way: the same for all figures. */
function leastLeft(people: People, times: Times): number {
  const found = leasts.get(people) ?? leastOf(people)
  leasts.set(people, found)
  return found(times)
}

function leastOf({ moments }: People): (times: Times) => number {
  const tallies = [...new Set(moments.flatMap(({ counts }) => [...counts.keys()]))]
  const counted = tallies.map((tally) => moments.map(({ counts }) => counts.get(tally) ?? []))
  const known = new Map<Times, number>()
  return (times) => {
    const least = known.get(times) ?? counted.reduce((sum, counts) => sum + largestLeft(counts, times), 0)
    known.set(times, least)
    return least
  }
}

function largestLeft(counts: number[][], times: Times): number {
  let length = 0
  for (const each of counts) length = Math.max(length, each.length)
  let most = 0
  for (let at = 0; at < length; at += 1) {
    let sum = 0
    for (let moment = 0; moment < times.length; moment += 1) sum += times[moment]! * (counts[moment]![at] ?? 0)
    most = Math.max(most, Math.abs(sum))
  }
  return most
}
