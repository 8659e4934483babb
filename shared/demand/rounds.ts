import { differenceOfIntervals, shareDifference } from '../statistics/differences.ts'
import { compareVersions, type QuestionChange } from '../surveys/compare.ts'
import type { Json } from '../surveys/definition.ts'
import { type Mapping, nextOf, valuesOf } from '../surveys/mapping.ts'
import type { TallyPlan } from '../surveys/tally-plan.ts'
import type { Demand, ServiceDemand, Share } from './api.ts'
import type { Change, Comparable, ServiceChange } from './rounds-api.ts'

/** A version of a round, as far as its figures can be compared. */
export interface RoundSide {
  definition: Json
  plan: TallyPlan
}

/** From one round to the next: which service became which, and what may be compared. */
export interface Step {
  comparable: Comparable
  /** Earlier code by later code. */
  services: Map<string, string>
}

const UNMAPPED = '两轮之间没有写明题目的对应关系'

/** Figures of two rounds are compared only where the questions behind them ask the same. */
export function stepBetween(before: RoundSide, now: RoundSide, mapping: Mapping | null): Step {
  if (!mapping) return { comparable: { need: UNMAPPED, unmet: UNMAPPED, top: UNMAPPED }, services: new Map() }
  const changes = compareVersions(before.definition, now.definition, mapping)
  const need = faultIn(changes, 'need', '需求')
  const unmet = need ?? faultIn(changes, 'met', '满足程度')
  const top = need ?? faultIn(changes, 'top', '最盼望')
  const values = valuesOf(mapping.choices, before.plan.need ?? '')
  const pairs = before.plan.services.flatMap((service) => {
    const next = nextOf(values, service)
    return next != null && now.plan.services.includes(next) ? [[next, service] as const] : []
  })
  return { comparable: { need, unmet, top }, services: new Map(pairs) }
}

function faultIn(changes: QuestionChange[], role: string, words: string): string | null {
  const asked = changes.filter((change) => change.role === role)
  const faulty = asked.find(({ measure }) => measure !== 'same' && measure !== 'reworded')
  if (asked.length === 0) return `问卷没有问${words}`
  if (!faulty) return null
  const title = `“${(faulty.now ?? faulty.before)?.title}”`
  if (faulty.measure === 'added') return `${title}是这一轮新增的`
  if (faulty.measure === 'removed') return `${title}这一轮不再沿用`
  return `${title}口径变了：${faulty.changes.join('；')}`
}

/** The change of a share, or null where one of the rounds says nothing. People asked in each round are taken as independent. */
export function changeOf(before: Share, now: Share): Change | null {
  const [a, b] = [before, now].map(({ p, low, high }) =>
    p === null || low === null || high === null ? null : { p, low, high },
  )
  if (!a || !b) return null
  const spread = (share: Share) => share.se !== null && share.se > 0 && share.n > 1
  const made =
    spread(before) && spread(now)
      ? shareDifference(
          { p: a.p, se: before.se as number, df: before.n - 1 },
          { p: b.p, se: now.se as number, df: now.n - 1 },
        )
      : differenceOfIntervals(a, b)
  const says = made.low > 0 ? 'up' : made.high < 0 ? 'down' : 'unclear'
  return { ...made, says }
}

/** Of one service, from a round to the next. */
export function serviceChange(
  before: ServiceDemand | undefined,
  now: ServiceDemand | undefined,
  comparable: Comparable,
): ServiceChange {
  const change = (kind: 'need' | 'unmet' | 'top') => {
    return before && now && comparable[kind] === null ? changeOf(before[kind], now[kind]) : null
  }
  const rated = comparable.unmet === null && comparable.top === null
  const newlyFirst = rated && now?.tier === 1 && before?.tier != null && before.tier > 1
  return { need: change('need'), unmet: change('unmet'), top: change('top'), newlyFirst }
}

const differs = ({ need, unmet, top, newlyFirst }: ServiceChange) =>
  newlyFirst || [need, unmet, top].some((change) => change !== null && change.says !== 'unclear')

/** The services of an area that differ from the round before beyond their intervals. */
export function differing(before: Demand, now: Demand, step: Step): (ServiceChange & { service: string })[] {
  const earlier = new Map(before.services.map((one) => [one.service, one]))
  return now.services
    .map((one) => {
      const was = earlier.get(step.services.get(one.service) ?? '')
      return { service: one.service, ...serviceChange(was, one, step.comparable) }
    })
    .filter(differs)
}
