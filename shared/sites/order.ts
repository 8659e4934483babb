import { levelOf } from '../statistics/importance.ts'
import type { ServiceInput } from './inputs.ts'
import type { Problem } from './problem.ts'

const levels = { high: 0, medium: 1, low: 2 }

/** 0 high, 1 medium, 2 low or unknown. Source: methods.md, Priority of a service. */
export const level = (pir: number | null) => (pir === null ? levels.low : levels[levelOf(pir)])

/**
 * Services in the order in which they choose: by tier (or by level where tiers were not drawn), inside it the four priority services of the
 * guideline first, then by PIR. So demand decides wherever it can tell services apart, and the guideline where it cannot.
 */
export function ranked({ services: specs }: Problem, services: ServiceInput[]): ServiceInput[] {
  const known = services.filter((input) => (specs.get(input.service)?.candidates.length ?? 0) > 0)
  const tiered = known.every((input) => input.tier !== null || input.pir === null)
  const group = (input: ServiceInput) => (input.pir === null ? Infinity : tiered ? input.tier! : level(input.pir))
  const later = (input: ServiceInput) => (specs.get(input.service)!.spec.priority ? 0 : 1)
  return known.sort(
    (a, b) =>
      compare(group(a), group(b)) ||
      later(a) - later(b) ||
      compare(b.pir ?? 0, a.pir ?? 0) ||
      specs.get(a.service)!.at - specs.get(b.service)!.at,
  )
}

const compare = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0)

/** Functions of a service in the order in which they are tried: outdoor ones where there is outdoor area (rooms are scarcer), then those not yet near by, then as listed. */
export function choices(problem: Problem, input: ServiceInput): number[] {
  const present = new Set(input.facilities.filter((near) => near.isPublic && near.usable).map((near) => near.function))
  const weight = (f: number) => {
    const { spec, outdoors } = problem.candidates[f]!
    return (outdoors ? 0 : 2) + (present.has(spec.code) ? 1 : 0)
  }
  return problem.services.get(input.service)!.candidates.toSorted((a, b) => weight(a) - weight(b) || a - b)
}
