import { multivariateNormalDraws } from '../statistics/draws.ts'
import { investmentRating } from '../statistics/importance.ts'
import { seeded } from '../statistics/random.ts'
import type { ServiceInput } from './inputs.ts'

const share = (value: number) => Math.min(1, Math.max(0, value))

/** The covariance of need, unmet and top (all services of one, then of the next) where only standard errors are known. */
function independent(services: ServiceInput[]): number[][] {
  const errors = (['need', 'unmet', 'top'] as const).flatMap((kind) => services.map(({ se }) => se[kind]))
  return errors.map((se, row) => errors.map((_, column) => (row === column ? se * se : 0)))
}

/** The need inside the service's own group moves with the need of all, in its own standard errors. */
function drawnGroupNeed(input: ServiceInput, need: number): number | null {
  if (input.groupNeed === null || input.need === null) return input.groupNeed
  if (input.se.need <= 0) return input.groupNeed
  return share(input.groupNeed + ((need - input.need) / input.se.need) * input.se.groupNeed)
}

function drawn(input: ServiceInput, need: number, unmet: number, top: number): ServiceInput {
  const groupNeed = drawnGroupNeed(input, need)
  const moved = input.gap === null || groupNeed === null ? 0 : (groupNeed - input.groupNeed!) * input.population
  const by = (value: number | null) => (value === null ? null : value + moved)
  return {
    ...input,
    need: input.need === null ? null : share(need),
    unmet: input.unmet === null ? null : Math.min(share(unmet), share(need)),
    top: input.top === null ? null : Math.min(share(top), share(need)),
    groupNeed,
    gap: by(input.gap),
    gapLow: by(input.gapLow),
  }
}

function rated(services: ServiceInput[]): ServiceInput[] {
  const known = services.filter((input) => input.unmet !== null && input.top !== null)
  const ratings = investmentRating(
    known.map((input) => input.unmet!),
    known.map((input) => input.top!),
  )
  return services.map((input) => ({ ...input, pir: ratings[known.indexOf(input)]?.pir ?? null }))
}

/**
 * Demand figures drawn anew from their sampling error: need, unmet and top of every service from a seeded multivariate normal (`covariance` in the order
 * need of all services, unmet, top; from the standard errors alone where it is not given), with PIR and gap worked out again. Tiers stay as they were.
 * @throws {RangeError} when the covariance does not fit the services
 */
export function resampleInputs(
  services: ServiceInput[],
  seed: number | string,
  count = 200,
  covariance: number[][] = independent(services),
): ServiceInput[][] {
  const mean = (['need', 'unmet', 'top'] as const).flatMap((kind) => services.map((input) => input[kind] ?? 0))
  const size = services.length
  return multivariateNormalDraws(mean, covariance, count, seeded(seed)).map((draw) =>
    rated(services.map((input, at) => drawn(input, draw[at]!, draw[size + at]!, draw[2 * size + at]!))),
  )
}
