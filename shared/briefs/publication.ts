import type { Demand, Share } from '../demand/api.ts'
import type { Extent } from '../demand/demand.ts'
import { forPublic } from '../demand/publish.ts'
import { withEarlier } from '../demand/publish-earlier.ts'
import type { Sentence } from '../document.ts'
import type { Decision, Placement, Programme } from '../sites/api.ts'
import { LEAST_PUBLISHED } from '../statistics/standing.ts'
import type { Audience } from './api.ts'
import type { Facts } from './facts.ts'
import { lookUp } from './figures.ts'

const openly = (share: Share) => share.p !== null

/**
 * The demand of a brief as it is known (`whole`), and as its audience may read it. In a public edition parts that could not be renewed
 * with the rest stay as they were published; where too few take part for anything to be said, they are silent as well.
 */
export function demandFor(
  audience: Audience,
  facts: Facts,
  demandOf: (facts: Facts, extent?: Extent) => Demand,
): { whole: Demand; demand: Demand } {
  const now = demandOf(facts)
  if (audience === 'staff') return { whole: now, demand: now }
  const open = { whole: now, demand: forPublic(now) }
  if (now.inside < LEAST_PUBLISHED) return open
  return (facts.earlier ?? []).reduce(({ whole, demand }, { parts, said }) => {
    if (!said) return { whole, demand: withEarlier(demand, parts, undefined) }
    const then = demandOf({ ...facts, ...said }, { parts: true })
    return { whole: withEarlier(whole, parts, then), demand: withEarlier(demand, parts, forPublic(then)) }
  }, open)
}

/** When those answers were counted that the figures of a part rest on, where they are older than the rest. */
export function countedBefore({ earlier = [] }: Pick<Facts, 'earlier'>, part: string): string | undefined {
  return earlier.find(({ parts }) => parts.includes(part))?.said?.answersAsOf
}

/**
 * The programme as this audience may read it: the same proposals for everybody, but in the public edition no number or sentence from
 * which a withheld share could be worked out. `demand` is the one that the audience reads.
 */
export function programmeFor(audience: Audience, programme: Programme, demand: Demand): Programme {
  if (audience === 'staff') return programme
  const open = openServices(programme, demand)
  return {
    ...programme,
    placements: programme.placements.map((one) => {
      return open.has(one.service) ? one : { ...one, serves: null, areaM2: null }
    }),
    decisions: programme.decisions.map((one): Decision => {
      return open.has(one.service) && tells(one.reason, demand)
        ? one
        : { ...one, reason: [silent], mark: null, stays: null }
    }),
  }
}

/** Whether the reason of a decision is withheld. */
export const isSilent = ({ reason }: Decision): boolean => reason[0] === silent

const silent = '根据居民需求与场地条件综合确定；相关答卷较少，具体数字不公开。'

/** Whether every figure of demand in a sentence may be told: a rating may have to be withheld where the shares are not. */
function tells(reason: Sentence, demand: Demand): boolean {
  return reason.every((part) => {
    if (typeof part === 'string' || part.source.of !== 'demand') return true
    return lookUp({ demand }, 'demand', part.source.path) !== null
  })
}

/** Services of which everything may be told: their shares and gap are, and they divide no room with a service of which it may not, since the rest of the room would tell its part. */
function openServices({ placements }: Programme, demand: Demand): Set<string> {
  const open = new Set(
    demand.services
      .filter(({ need, unmet, top, gap }) => [need, unmet, top].every(openly) && gap?.gap != null)
      .map(({ service }) => service),
  )
  const beside = (one: Placement) => placements.filter(({ site, room }) => site === one.site && room === one.room)
  let before: number
  do {
    before = open.size
    for (const one of placements) {
      if (beside(one).some(({ service }) => !open.has(service))) open.delete(one.service)
    }
  } while (open.size < before)
  return open
}
