import { Worker } from 'node:worker_threads'
import type { FastifyBaseLogger } from 'fastify'
import { refuse } from '../refusals.ts'
import type { Done } from './orders.ts'

/** A thread that stays: it takes orders as they come, and several may be under way in it at once. */
export interface Thread<Order> {
  /** @throws {Refusal} busy when the thread dies meanwhile; otherwise what was thrown there, with its code */
  ask(order: Order): Promise<string>
  stop(): Promise<void>
}

export interface ThreadOptions {
  /** The .mjs file that starts it. */
  script: URL
  workerData: unknown
  maxOldGenerationSizeMb: number
  log: FastifyBaseLogger
}

interface Waiting {
  resolve(said: string): void
  reject(error: Error): void
}

const PATIENCE_MS = 2_000

/** Started by the first order, and again by the next one after it died. */
export function standingThread<Order>(options: ThreadOptions): Thread<Order> {
  const { script, workerData, maxOldGenerationSizeMb, log } = options
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let last = 0

  function start(): Worker {
    const resourceLimits = { maxOldGenerationSizeMb, maxYoungGenerationSizeMb: 16 }
    const started = new Worker(script, { execArgv: [], workerData, resourceLimits })
    started.on('message', (done: Done) => {
      const asker = waiting.get(done.id)
      waiting.delete(done.id)
      if ('said' in done) asker?.resolve(done.said)
      // The code is what tells a database that is away from a fault.
      else asker?.reject(Object.assign(new Error(done.error), { code: done.error }))
    })
    started.on('error', ({ name, code }: NodeJS.ErrnoException) => log.error({ code: code ?? name }, 'a thread died'))
    started.on('exit', () => {
      if (worker === started) worker = undefined
      for (const asker of waiting.values()) asker.reject(refuse.busy())
      waiting.clear()
    })
    return started
  }

  return {
    ask(order) {
      worker ??= start()
      const id = ++last
      return new Promise<string>((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        worker?.postMessage({ id, order })
      })
    },
    async stop() {
      const ending = worker
      if (!ending) return
      const ended = new Promise((resolve) => ending.once('exit', resolve))
      const late = setTimeout(() => ending.terminate(), PATIENCE_MS)
      ending.postMessage('stop')
      await ended
      clearTimeout(late)
    },
  }
}
