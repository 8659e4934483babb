import { threadPool } from '../platform/thread-pool.ts'
import type { Certificate } from './certificate.ts'
import type { Poster } from './poster.ts'
import type { Seats } from './seats.ts'
import type { Slips } from './slips.ts'

export type Printed = Poster | Slips | Seats | Certificate

/** Prints posters, slips, seat cards and certificates in a thread of its own: the fonts of the first one take longer to load than a resident should wait. */
export interface Press {
  /** A4 pages as PDF. Throws as a pool's `ask` does. */
  print(sheet: Printed): Promise<Uint8Array>
  close(): Promise<void>
}

export function createPress(): Press {
  const pool = threadPool<Printed, Uint8Array>({
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
