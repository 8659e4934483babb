import type { Held, HeldMotion } from '../deliberations/held.ts'
import { kindNames, type Verdict } from '../deliberations/kinds.ts'
import type { Required } from '../sites/allocate.ts'
import { LEAST_PUBLISHED } from '../statistics/standing.ts'
import type { Audience } from './api.ts'
import { type People, tens } from './themes.ts'
import { dateInWords } from './words.ts'

/** Votes as this audience may read them; null where too few voted for anything to be said. */
type Votes = { agree: People; disagree: People; pass: People } | null

export interface DeliberationFigures {
  meetings: {
    code: string
    present: People
    statements: number
    agreed: { text: string; votes: Votes }[]
    motions: { verdict: Verdict; votes: Votes }[]
  }[]
  /** Over all of them, by service. */
  services: { code: string; statements: number; agree: People | null; disagree: People | null }[]
}

/**
 * Closed deliberations as this audience may read them; null where there was none. In a public edition nothing is said of
 * votes of fewer than ten people, and where one count lies between 1 and 9 all of them are told in tens, so that none
 * follows from the others. Votes on a service are always told in tens: they grow with every meeting and change with the
 * coding, so that one edition less another would tell of a few people. Statements are told as numbers alone.
 */
export function deliberationFigures(held: readonly Held[] | undefined, audience: Audience): DeliberationFigures | null {
  if (!held || held.length === 0) return null
  const openly =
    audience === 'public' ? forPublic : (counts: number[]): People[] => counts.map((people) => ({ people }))
  const votes = (counts: HeldMotion['counts']): Votes => {
    const [agree, disagree, pass] = openly([counts.agree, counts.disagree, counts.pass]) ?? []
    return agree ? { agree, disagree: disagree!, pass: pass! } : null
  }
  return {
    meetings: held.map(({ code, present, statements, agreed, motions }) => ({
      ...{ code, statements, present: audience === 'public' && isFew(present) ? tens(present) : { people: present } },
      agreed: (audience === 'public' ? [] : agreed).map(({ text, counts }) => ({ text, votes: votes(counts) })),
      motions: motions.map((motion) => ({ verdict: motion.verdict, votes: votes(motion.counts) })),
    })),
    services: totals(held).map(({ service, statements, agree, disagree }) => {
      const told = audience === 'public' ? inTens([agree, disagree]) : openly([agree, disagree])
      const [yes = null, no = null] = told ?? []
      return { code: service, statements, agree: yes, disagree: no }
    }),
  }
}

const isFew = (count: number): boolean => count > 0 && count < LEAST_PUBLISHED

/** Undefined where fewer than ten voted. */
function forPublic(counts: number[]): People[] | undefined {
  const all = counts.reduce((sum, count) => sum + count, 0)
  if (isFew(all)) return undefined
  return counts.map((people) => (people > 0 && counts.some(isFew) ? tens(people) : { people }))
}

function inTens(counts: number[]): People[] | undefined {
  return forPublic(counts)?.map((_, at) => (counts[at] === 0 ? { people: 0 } : tens(counts[at]!)))
}

function totals(held: readonly Held[]): Held['services'] {
  const all = held.flatMap(({ services }) => services)
  return [...new Set(all.map(({ service }) => service))].sort().map((service) => {
    const own = all.filter((each) => each.service === service)
    const sum = (of: 'statements' | 'agree' | 'disagree') => own.reduce((n, each) => n + each[of], 0)
    return { service, statements: sum('statements'), agree: sum('agree'), disagree: sum('disagree') }
  })
}

/** What closed deliberations may be told of in the facts beside an edition: what residents said stays inside. */
export function heldFor(audience: Audience, held: Held[]): Held[] {
  return audience === 'staff' ? held : held.map((each) => ({ ...each, agreed: [] }))
}

/** Functions that passed resolutions require, the newest resolution first: where two speak of the same function, it counts. */
export function requiredBy(held: readonly Held[] | undefined): Required[] {
  return (held ?? [])
    .flatMap((meeting) => meeting.motions.map((motion) => ({ meeting, motion })))
    .filter(({ motion }) => motion.verdict === 'passed' && motion.requirement)
    .map(({ meeting, motion }) => ({
      ...motion.requirement!,
      by: `${dateInWords(meeting.startsOn)}${kindNames[meeting.kind]}的决议“${motion.title}”`,
    }))
    .reverse()
}
