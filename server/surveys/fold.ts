import type { FastifyBaseLogger } from 'fastify'
import { standingThread } from '../platform/thread.ts'
import type { Order } from './fold-worker.ts'

/** Folds what commits have added into the tallies, in a thread of its own and never in the way of submissions. */
export interface Folder {
  /** Says that a district has something to fold. */
  wake(districtId: number): void
  stop(): Promise<void>
}

/** What comes in together is folded together: the more there is to fold, the longer it is gathered, as a tally is written once for all of them. */
const GATHER_MS = 500
const LONGEST_MS = 1_000
/** Gathering takes so many times as long as the folding before it. */
const GATHER = 8
const EVERY_MS = 1_000
/** How often districts are looked at in which this process has done nothing: another may have died before it folded. */
const LOOK_ROUND_MS = 15_000

/** Starts folding; `districts` are all there are. Errors are logged and what could not be folded is tried again. */
export function startFolder(databaseUrl: string, districts: () => Promise<number[]>, log: FastifyBaseLogger): Folder {
  const script = new URL('./fold-thread.mjs', import.meta.url)
  const thread = standingThread<Order>({ script, workerData: { databaseUrl }, maxOldGenerationSizeMb: 128, log })
  const waiting = new Set<number>()
  let soon: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let gatherMs = GATHER_MS
  let lookedAt = Number.NEGATIVE_INFINITY
  let stopped = false

  function wake(districtId: number): void {
    waiting.add(districtId)
    soon ??= setTimeout(run, gatherMs)
  }

  function run(): Promise<void> {
    clearTimeout(soon)
    soon = undefined
    running = running.then(round).catch((error: { code?: string; message?: string }) => {
      log.warn({ code: error.code }, 'tallies not folded, trying again')
    })
    return running
  }

  async function round(): Promise<void> {
    if (performance.now() - lookedAt > LOOK_ROUND_MS) {
      for (const id of await districts()) waiting.add(id)
      lookedAt = performance.now()
    }
    const began = performance.now()
    for (const districtId of [...waiting]) {
      waiting.delete(districtId)
      let done = false
      try {
        done = (await thread.ask({ districtId })) === 'done'
      } finally {
        if (!done) waiting.add(districtId)
      }
    }
    gatherMs = Math.min(LONGEST_MS, Math.max(GATHER_MS, GATHER * (performance.now() - began)))
  }

  const ticking = setInterval(() => {
    if (!stopped && !soon) run()
  }, EVERY_MS)

  return {
    wake,
    stop: async () => {
      stopped = true
      clearInterval(ticking)
      await run()
      clearTimeout(soon)
      await thread.stop()
    },
  }
}
