import { LEAST_PUBLISHED } from '../statistics/standing.ts'
import type { TallyRow } from '../surveys/tally.ts'
import type { TallyPlan } from '../surveys/tally-plan.ts'
import type { Demand, Share } from './api.ts'
import { type Bases, unionCode, WHOLE } from './bases.ts'
import { ANSWERS, answersBy } from './movement.ts'

/** A state of the answers: the tallies, what they say, and what of that is open to everybody. */
export interface Edition {
  rows: TallyRow[]
  demand: Demand
  open: Demand
}

/** Which figures of some people are shown, by the code that they have among the bases. */
export type Shown = (code: string) => boolean[]

const told = ({ p }: Share) => p !== null

/** Which figures of some people an edition shows: their number, and the shares of each service. */
export function shownIn(edition: Edition | undefined, rests: Bases['rests'], plan: TallyPlan): Shown {
  const length = 1 + 3 * plan.services.length
  const none = new Array<boolean>(length).fill(false)
  if (!edition) return () => none
  const { open } = edition
  const shares = (of: { need: Share; unmet: Share; top: Share }[]) =>
    of.flatMap(({ need, unmet, top }) => [need, unmet, top].map(told))
  const shown = new Map([[WHOLE, [open.inside >= LEAST_PUBLISHED, ...shares(open.services)]]])
  for (const { code, n, services } of open.parts) shown.set(code, [n > 0, ...shares(services)])
  for (const [at, { gap }] of open.services.entries()) {
    const code = gap ? unionCode(gap.concerned) : WHOLE
    if (!gap || code === WHOLE || open.parts.some((part) => part.code === code)) continue
    const flags = shown.get(code) ?? [...none]
    if (gap.need.n > 0) flags[0] = true
    if (told(gap.need)) flags[1 + 3 * at] = true
    shown.set(code, flags)
  }
  for (const code of answersShown(edition, plan)) shown.set(code, [true, ...none.slice(1)])
  const of = (code: string): boolean[] => {
    const rest = rests.get(code)
    if (!rest) return shown.get(code) ?? none
    const inner = of(rest.inner)
    return of(rest.outer).map((flag, at) => flag && inner[at]!)
  }
  return of
}

function answersShown({ demand, open }: Edition, plan: TallyPlan): string[] {
  const away = demand.n - demand.inside
  if (open.inside < LEAST_PUBLISHED || (away > 0 && away < LEAST_PUBLISHED)) return []
  const outside = plan.outside.flatMap((reason, at) =>
    open.outside.some((one) => one.reason === reason) ? [answersBy.reason(-at - 1)] : [],
  )
  const own = open.proxies > 0 || demand.proxies === 0
  return [
    ANSWERS,
    ...outside,
    ...open.channels.map(({ channel }) => answersBy.channel(channel)),
    ...(open.proxies > 0 ? [answersBy.proxy(true)] : []),
    ...(own ? [answersBy.proxy(false)] : []),
  ]
}
