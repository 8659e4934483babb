import type { Demand } from '../demand/api.ts'
import { seedOf } from '../demand/chances.ts'
import { positions, shareCovariance } from '../demand/shares.ts'
import type { Programme } from '../sites/api.ts'
import { fromDemand } from '../sites/inputs.ts'
import { programme } from '../sites/programme.ts'
import { resampleInputs } from '../sites/resample.ts'
import { requiredBy } from './deliberations.ts'
import type { Facts } from './facts.ts'
import { weighedOf } from './weighed.ts'

const RESAMPLES = 200
/** Below this many answers the spread of the figures is not known well enough to draw from. Source: methods.md (no tiers below n = 30). */
const LEAST_DRAWN = 30

/** 建设清单 of the community's sites from the demand of these facts, and how often each function stays in when the demand figures are drawn anew. */
export function proposal(demand: Demand, facts: Facts): Programme {
  const services = fromDemand(demand, facts.facilities)
  const { community, catalogue, sites, survey, tallyVersion } = facts
  const seed = seedOf(survey.code, survey.version, community.code, tallyVersion)
  const covariance = demand.inside >= LEAST_DRAWN ? covarianceOf(facts) : undefined
  return programme({
    community: community.code,
    services,
    catalogue,
    sites,
    facilities: facts.facilities.filter((facility) => facility.community === community.code),
    profile: community.profile,
    required: requiredBy(facts.deliberations),
    draws: covariance ? resampleInputs(services, seed, RESAMPLES, covariance) : [],
  })
}

/** How the shares of all services hang together: somebody who needs one thing often needs another. */
function covarianceOf(facts: Facts): number[][] | undefined {
  const { plan } = facts.survey
  const { cells, weighed } = weighedOf(facts)
  const at = positions(plan, ['need', 'unmet', 'top'])
  return shareCovariance({ cells: cells.inside, weights: weighed.weights }, plan, at)
}
