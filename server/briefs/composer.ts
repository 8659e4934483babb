import type { Together } from '../../shared/briefs/facts.ts'
import { threadPool } from '../platform/thread-pool.ts'
import type { Composed, ComposeOrder, Order, PublishOrder, WeighOrder } from './compose-worker.ts'
import type { Publication } from './publication.ts'

/** Composes briefs in a thread of its own: the draws and resamples of one take longer than a resident should wait. Each call throws as a pool's `ask` does. */
export interface Composer {
  compose(order: ComposeOrder): Promise<Composed>
  /** Weights by cell of one community, raked together with all the others. */
  weigh(order: WeighOrder): Promise<Together | undefined>
  /** What a public edition of these facts may say. */
  publish(order: PublishOrder): Promise<Publication>
  close(): Promise<void>
}

export function createComposer(): Composer {
  const pool = threadPool<Order, unknown>({
    script: new URL('./compose-thread.mjs', import.meta.url),
    threads: 1,
    mostWaiting: 100,
    limitMs: 30_000,
    idleMs: 30_000,
    maxOldGenerationSizeMb: 128,
    maxYoungGenerationSizeMb: 8,
  })
  return {
    compose: (order) => pool.ask({ compose: order }) as Promise<Composed>,
    weigh: (order) => pool.ask({ weigh: order }) as Promise<Together | undefined>,
    publish: (order) => pool.ask({ publish: order }) as Promise<Publication>,
    close: pool.close,
  }
}
