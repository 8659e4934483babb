import type { Channel } from '../../shared/surveys/api.ts'
import { signals } from '../../shared/surveys/signals.ts'
import type { Review, TallyEntry } from '../../shared/surveys/tally.ts'
import type { TallyPlan } from '../../shared/surveys/tally-plan.ts'
import { chinaDayNumber } from '../platform/china-time.ts'

/** What of an answer decides in which tally, and on which day, it counts. */
export interface Counted {
  survey: string
  version: number
  community: string
  channel: Channel
  proxy: boolean
  review: Review
  receivedAt: Date
}

/** What an admitted answer adds to the tallies, or takes from them. */
export function entryOf(counted: Counted, plan: TallyPlan, answers: object, sign: 1 | -1): TallyEntry {
  const { survey, version, community, channel, proxy, review, receivedAt } = counted
  const { cell, hits } = signals(plan, answers as Record<string, unknown>)
  const day = chinaDayNumber(receivedAt)
  return [survey, version, community, cell, channel, proxy ? 1 : 0, review, sign, hits, plan.indicators, day]
}
