import type { Demand, Share } from '../demand/api.ts'
import { forPublic } from '../demand/publish.ts'
import type { Sentence } from '../document.ts'
import type { Decision, Placement, Programme } from '../sites/api.ts'
import type { Audience } from './api.ts'
import { lookUp } from './figures.ts'

const openly = (share: Share) => share.p !== null

/** Demand as this audience may read it. */
export function demandFor(audience: Audience, demand: Demand): Demand {
  return audience === 'public' ? forPublic(demand) : demand
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
      return open.has(one.service) && tells(one.reason, demand) ? one : { ...one, reason: [silent], stays: null }
    }),
  }
}

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
