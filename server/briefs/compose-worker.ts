import { createHash } from 'node:crypto'
import type { Audience } from '../../shared/briefs/api.ts'
import { compose } from '../../shared/briefs/compose.ts'
import type { Facts } from '../../shared/briefs/facts.ts'
import type { TallyRow } from '../../shared/surveys/tally.ts'
import type { TallyPlan } from '../../shared/surveys/tally-plan.ts'
import { answerOrders } from '../platform/orders.ts'
import { forPublication } from './publication.ts'
import type { PublishedFigures } from './queries.ts'
import { weightsTogether } from './weights.ts'

/** Facts as the text that will be stored, so that the brief is made from exactly what is kept beside it. */
export interface ComposeOrder {
  facts: string
  audience: Audience
}

export interface WeighOrder {
  plan: TallyPlan
  rows: TallyRow[]
  community: string
}

/** What may be published of these facts, after what was. */
export interface PublishOrder {
  facts: Facts
  published: PublishedFigures | undefined
}

export interface Composed {
  /** The document as text. */
  document: string
  /** SHA-256 of that text, in hex. */
  hash: string
}

export type Order = { compose: ComposeOrder } | { weigh: WeighOrder } | { publish: PublishOrder }

function composed({ facts, audience }: ComposeOrder): Composed {
  const document = JSON.stringify(compose(JSON.parse(facts) as Facts, audience))
  return { document, hash: createHash('sha256').update(document).digest('hex') }
}

answerOrders((order: Order): unknown => {
  if ('compose' in order) return composed(order.compose)
  if ('publish' in order) return forPublication(order.publish.facts, order.publish.published)
  const { plan, rows, community } = order.weigh
  return weightsTogether(plan, rows, community)
})
