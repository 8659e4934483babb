import type { Demand, ServiceDemand } from '../demand/api.ts'
import type { Facility } from '../places/api.ts'

/** A facility within reach of a community, for one service. Capacity in people (households for children's services). */
export interface NearbyFacility {
  code: string
  name: string
  function: string | null
  isPublic: boolean
  usable: boolean
  capacity: number
}

/** What the programme knows of one service: shares 0..1 of all respondents, and need against supply in people or households. */
export interface ServiceInput {
  service: string
  need: number | null
  unmet: number | null
  top: number | null
  /** Priority investment rating 0–200. */
  pir: number | null
  /** Services that cannot be told apart share a tier; null where tiers were not drawn. */
  tier: number | null
  /** Need share inside the service's own group. */
  groupNeed: number | null
  population: number
  /** Public, usable capacity within reach. */
  capacity: number
  privateCapacity: number
  gap: number | null
  /** Lower end of the gap's interval; null when there are too few answers to speak of one. */
  gapLow: number | null
  facilities: NearbyFacility[]
  /** Standard errors of the shares above, for the resamples. */
  se: { need: number; unmet: number; top: number; groupNeed: number }
}

/** Below this many answers an interval is too wide to say that a need is covered. Source: methods.md (no tiers below n = 30). */
const fewestForInterval = 30

function serviceInput(demand: ServiceDemand, byCode: Map<string, Facility>): ServiceInput {
  const { gap } = demand
  return {
    service: demand.service,
    need: demand.need.p,
    unmet: demand.unmet.p,
    top: demand.top.p,
    pir: demand.pir,
    tier: demand.tier,
    groupNeed: gap?.need.p ?? null,
    population: gap?.population ?? 0,
    capacity: gap?.capacity ?? 0,
    privateCapacity: gap?.privateCapacity ?? 0,
    gap: gap?.gap ?? null,
    gapLow: gap && gap.need.n >= fewestForInterval ? gap.low : null,
    facilities: (gap?.facilities ?? []).map((near) => ({
      code: near.code,
      name: byCode.get(near.code)?.name ?? near.code,
      function: byCode.get(near.code)?.function ?? null,
      isPublic: near.isPublic,
      usable: near.usable,
      capacity: near.capacity,
    })),
    se: {
      need: demand.need.se ?? 0,
      unmet: demand.unmet.se ?? 0,
      top: demand.top.se ?? 0,
      groupNeed: gap?.need.se ?? 0,
    },
  }
}

/** The demand of a community as the programme reads it; facilities give the names of what lies within reach. */
export function fromDemand(demand: Pick<Demand, 'services'>, facilities: Facility[]): ServiceInput[] {
  const byCode = new Map(facilities.map((facility) => [facility.code, facility]))
  return demand.services.map((service) => serviceInput(service, byCode))
}

/** Usable facilities within reach that serve anybody, of public or of private hands. */
export const usableNear = ({ facilities }: ServiceInput, isPublic: boolean): NearbyFacility[] =>
  facilities.filter((near) => near.isPublic === isPublic && near.usable && near.capacity > 0)

/** People (households) who need the service. */
export const needed = (input: ServiceInput) => (input.groupNeed ?? input.need ?? 0) * input.population

/**
 * Whether usable public supply within reach covers the need: there is some, and no gap is left that could be told from the noise of the survey.
 * Source: methods.md, no duplication of usable supply within reach.
 */
export function isCovered(input: ServiceInput): boolean {
  if (input.gap === null || input.capacity <= 0) return false
  return input.gap <= 0 || (input.gapLow !== null && input.gapLow <= 0)
}

/** Unmet need that new functions may serve: the lesser of the gap and the people who say that their need is unmet. Null without data. */
export function expectedUnmet(input: ServiceInput): number | null {
  if (input.gap === null || input.need === null || input.unmet === null) return null
  if (isCovered(input) || input.need <= 0) return 0
  return Math.max(0, Math.min(input.gap, (needed(input) * input.unmet) / input.need))
}

/** Private supply that the planner decided to deduct, with the reason that stands in the brief. */
export interface PrivateDeduction {
  service: string
  reason: string
}

/** The same inputs with private capacity deducted where the planner said so. */
export function deductPrivate(services: ServiceInput[], deductions: PrivateDeduction[]): ServiceInput[] {
  const chosen = new Set(deductions.map((deduction) => deduction.service))
  return services.map((input) => {
    if (!chosen.has(input.service)) return input
    const less = (value: number | null) => (value === null ? null : value - input.privateCapacity)
    return {
      ...input,
      capacity: input.capacity + input.privateCapacity,
      gap: less(input.gap),
      gapLow: less(input.gapLow),
    }
  })
}
