import { Worker } from 'node:worker_threads'
import type { FastifyBaseLogger } from 'fastify'
import { Asked } from './asked.ts'
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

const PATIENCE_MS = 2_000

/** Started by the first order, and again by the next one after it died. */
export function standingThread<Order>(options: ThreadOptions): Thread<Order> {
  const { script, workerData, maxOldGenerationSizeMb, log } = options
  const asked = new Asked()
  let worker: Worker | undefined

  function start(): Worker {
    const resourceLimits = { maxOldGenerationSizeMb, maxYoungGenerationSizeMb: 16 }
    const started = new Worker(script, { execArgv: [], workerData, resourceLimits })
    started.on('message', (done: Done) => asked.answer(done))
    started.on('error', ({ name, code }: NodeJS.ErrnoException) => log.error({ code: code ?? name }, 'a thread died'))
    started.on('exit', () => {
      if (worker === started) worker = undefined
      asked.giveUp()
    })
    return started
  }

  return {
    ask(order) {
      worker ??= start()
      return asked.add((id) => worker?.postMessage({ id, order }))
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
