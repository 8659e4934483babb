import { createHash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import type { Audience } from '../../shared/briefs/api.ts'
import { compose } from '../../shared/briefs/compose.ts'
import type { Facts } from '../../shared/briefs/facts.ts'
import type { TallyPlan } from '../../shared/surveys/signals.ts'
import type { TallyRow } from '../../shared/surveys/tally.ts'
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
export type Answer = { done: unknown } | { error: string }

function composed({ facts, audience }: ComposeOrder): Composed {
  const document = JSON.stringify(compose(JSON.parse(facts) as Facts, audience))
  return { document, hash: createHash('sha256').update(document).digest('hex') }
}

function fulfil(order: Order): Answer {
  try {
    if ('compose' in order) return { done: composed(order.compose) }
    if ('publish' in order) return { done: forPublication(order.publish.facts, order.publish.published) }
    const { plan, rows, community } = order.weigh
    return { done: weightsTogether(plan, rows, community) }
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

parentPort?.on('message', (order: Order) => parentPort!.postMessage(fulfil(order)))
