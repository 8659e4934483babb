import type { Channel } from '../../shared/surveys/api.ts'
import { signals, type TallyPlan } from '../../shared/surveys/signals.ts'
import type { Review, TallyEntry } from '../../shared/surveys/tally.ts'

/** What of an answer decides in which tally it counts. */
export interface Counted {
  survey: string
  version: number
  community: string
  channel: Channel
  proxy: boolean
  review: Review
}

/** What an admitted answer adds to the tallies, or takes from them. */
export function entryOf(counted: Counted, plan: TallyPlan, answers: object, sign: 1 | -1): TallyEntry {
  const { survey, version, community, channel, proxy, review } = counted
  const { cell, hits } = signals(plan, answers as Record<string, unknown>)
  return [survey, version, community, cell, channel, proxy ? 1 : 0, review, sign, hits, plan.indicators]
}
