import type { Catalogue, Facility, Profile, Site } from '../places/api.ts'
import { type Allocation, allocate, type Required } from './allocate.ts'
import type { Placement, Programme, ServiceBasis } from './api.ts'
import { decisions } from './explain.ts'
import { deductPrivate, expectedUnmet, needed, type PrivateDeduction, type ServiceInput, usableNear } from './inputs.ts'
import { type Problem, problemOf } from './problem.ts'
import { elderHours, saysOf } from './says.ts'
import { standardsOf } from './standards.ts'

export interface ProgrammeInput {
  community: string
  services: ServiceInput[]
  catalogue: Catalogue
  /** Every site of the community, so that sister sites do not repeat each other. */
  sites: Site[]
  /** The community's 设施台账, for the area standard. */
  facilities: Facility[]
  profile: Profile
  /** Functions that resolutions require; where two require the same one, the first counts. */
  required?: Required[]
  /** Private supply that the planner decided to deduct, with reasons. */
  deductions?: PrivateDeduction[]
  /** Demand figures drawn anew (`resampleInputs`), each giving a programme of its own. */
  draws?: ServiceInput[][]
  /** Further sentences of the planner's. */
  says?: Programme['says']
}

/** In how many of the draws each function of the catalogue is in the programme, by function code. */
function staysIn(problem: Problem, draws: ServiceInput[][], deductions: PrivateDeduction[], required: Required[]) {
  const stays = new Map(problem.candidates.map(({ spec }) => [spec.code, 0]))
  for (const draw of draws) {
    for (const { candidate } of allocate(problem, deductPrivate(draw, deductions), required).placed) {
      const { code } = problem.candidates[candidate]!.spec
      stays.set(code, stays.get(code)! + 1)
    }
  }
  return stays
}

function placements(problem: Problem, allocation: Allocation): Placement[] {
  return [...allocation.placed]
    .sort((a, b) => a.place - b.place || a.candidate - b.candidate)
    .map(({ candidate, place, areaM2, slot, serves }) => {
      const { site, room } = problem.places[place]!
      const { spec, service } = problem.candidates[candidate]!
      const at = { site: site.code, room: room?.code ?? null, floor: room?.floor ?? null }
      return { ...at, function: spec.code, service: service.code, areaM2, slot, serves }
    })
}

/** In the order of the catalogue. */
function basis(problem: Problem, services: ServiceInput[]): ServiceBasis[] {
  return [...problem.services.keys()].flatMap((service) => {
    const input = services.find((each) => each.service === service)
    if (!input) return []
    const near = { publicNear: usableNear(input, true).length, privateNear: usableNear(input, false).length }
    return [{ service, needed: needed(input), unmet: expectedUnmet(input), gap: input.gap, ...near }]
  })
}

/**
 * 建设清单 of a community's sites: which functions in which rooms and hours, why each function is in or out, how stable that is, what else must be said,
 * and the standards as a separate check. A first cut by priority order; source: methods.md, Programme of a community's sites.
 */
export function programme(input: ProgrammeInput): Programme {
  const { required = [], deductions = [], draws = [] } = input
  const problem = problemOf(input.catalogue, input.sites)
  const services = deductPrivate(input.services, deductions)
  const allocation = withElderHours(problem, services, allocate(problem, services, required))
  const stays = draws.length > 0 ? staysIn(problem, draws, deductions, required) : null
  const placed = placements(problem, allocation)
  return {
    community: input.community,
    placements: placed,
    decisions: decisions(problem, services, allocation, required, stays),
    services: basis(problem, services),
    resamples: draws.length,
    says: [...saysOf(problem, services, allocation, deductions), ...(input.says ?? [])],
    standards: standardsOf({ ...input, services, placements: placed }),
  }
}

/** A function that leaves its mornings to elders is used in the afternoon. Outdoor areas stay open all day. */
function withElderHours(problem: Problem, services: ServiceInput[], allocation: Allocation): Allocation {
  const hours = elderHours(problem, services, allocation)
  if (hours?.slot !== 'all' || !problem.places[hours.place]!.room) return allocation
  const placed = allocation.placed.map((each) => (each === hours ? { ...each, slot: 'afternoon' as const } : each))
  return { ...allocation, placed }
}
