import { threadPool } from '../platform/thread-pool.ts'
import type { Poster } from './poster.ts'

/** Prints posters in a thread of its own: the fonts of the first one take longer to load than a resident should wait. */
export interface Press {
  /** One A4 page as PDF. Throws as a pool's `ask` does. */
  print(poster: Poster): Promise<Uint8Array>
  close(): Promise<void>
}

export function createPress(): Press {
  const pool = threadPool<Poster, Uint8Array>({
    script: new URL('./poster-thread.mjs', import.meta.url),
    threads: 1,
    mostWaiting: 200,
    limitMs: 20_000,
    idleMs: 20_000,
    maxOldGenerationSizeMb: 128,
    maxYoungGenerationSizeMb: 8,
  })
  return { print: pool.ask, close: pool.close }
}
