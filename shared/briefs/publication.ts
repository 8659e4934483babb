import type { Demand, Share } from '../demand/api.ts'
import { forPublic } from '../demand/publish.ts'
import type { Programme } from '../sites/api.ts'
import type { Audience } from './api.ts'

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
  const open = new Set(
    demand.services
      .filter(({ need, unmet, top, gap }) => [need, unmet, top].every(openly) && gap?.gap != null)
      .map(({ service }) => service),
  )
  const silent = '根据居民需求与场地条件综合确定；相关答卷较少，具体数字不公开。'
  return {
    ...programme,
    placements: programme.placements.map((one) => (open.has(one.service) ? one : { ...one, serves: null })),
    decisions: programme.decisions.map((one) =>
      open.has(one.service) ? one : { ...one, reason: silent, stays: null },
    ),
  }
}
