import { Worker } from 'node:worker_threads'
import type { Together } from '../../shared/briefs/facts.ts'
import { RendererBusy } from '../documents/renderer.ts'
import type { Answer, Composed, ComposeOrder, Order, PublishOrder, WeighOrder } from './compose-worker.ts'
import type { Publication } from './publication.ts'

/** Composes briefs in a thread of its own: the draws and resamples of one take longer than a resident should wait. */
export interface Composer {
  /**
   * @throws {RendererBusy} when too many wait already
   * @throws {Error} when the brief could not be composed; the next one is not affected
   */
  compose(order: ComposeOrder): Promise<Composed>
  /** Weights by cell of one community, raked together with all the others. Throws as compose does. */
  weigh(order: WeighOrder): Promise<Together | undefined>
  /** What a public edition of these facts may say. Throws as compose does. */
  publish(order: PublishOrder): Promise<Publication>
  close(): Promise<void>
}

interface Job {
  order: Order
  resolve(done: unknown): void
  reject(error: Error): void
}

const MOST_WAITING = 100
const LIMIT_MS = 30_000
/** A thread without work ends after this time and gives its memory back. */
const IDLE_MS = 30_000

/** A small heap is swept often: a brief needs little, and there are other threads. */
const resourceLimits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 }

/** One thread, started when the first brief comes. */
export function createComposer(): Composer {
  const waiting: Job[] = []
  let worker: Worker | undefined
  let job: Job | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false

  function start(): Worker {
    const started = new Worker(new URL('./compose-thread.mjs', import.meta.url), { execArgv: [], resourceLimits })
    started.on('message', (answer: Answer) => finish(started, answer))
    started.on('error', (error) => lose(started, error.message))
    started.on('exit', (code) => lose(started, `the thread ended with code ${code}`))
    return started
  }

  function next(): void {
    if (job || waiting.length === 0) return
    clearTimeout(timer)
    job = waiting.shift()!
    worker ??= start()
    const current = worker
    current.ref()
    timer = setTimeout(() => lose(current, `it took longer than ${LIMIT_MS} ms`), LIMIT_MS)
    current.postMessage(job.order)
  }

  function finish(current: Worker, answer: Answer): void {
    if (current !== worker) return
    clearTimeout(timer)
    current.unref()
    timer = setTimeout(end, IDLE_MS).unref()
    const given = job
    job = undefined
    if ('error' in answer) given?.reject(new Error(answer.error))
    else given?.resolve(answer.done)
    next()
  }

  function lose(lost: Worker, reason: string): void {
    if (lost !== worker) return
    const given = job
    void end()
    given?.reject(new Error(`The brief could not be composed: ${reason}`))
    if (!closed) next()
  }

  async function end(): Promise<void> {
    clearTimeout(timer)
    const ending = worker
    worker = undefined
    job = undefined
    await ending?.terminate()
  }

  const ask = (order: Order) =>
    new Promise<unknown>((resolve, reject) => {
      if (closed) return reject(new RendererBusy('The composer has been closed.'))
      if (waiting.length >= MOST_WAITING) return reject(new RendererBusy(`${MOST_WAITING} briefs are waiting already.`))
      waiting.push({ order, resolve, reject })
      next()
    })

  return {
    compose: (order) => ask({ compose: order }) as Promise<Composed>,
    publish: (order) => ask({ publish: order }) as Promise<Publication>,
    weigh: (order) => ask({ weigh: order }) as Promise<Together | undefined>,
    async close() {
      closed = true
      const left = [...waiting.splice(0), ...(job ? [job] : [])]
      await end()
      for (const each of left) each.reject(new RendererBusy('The composer has been closed.'))
    },
  }
}
