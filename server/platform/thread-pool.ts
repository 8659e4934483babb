import { Worker } from 'node:worker_threads'
import { refuse } from '../refusals.ts'
import type { Answer } from './orders.ts'

/** Threads that take one order at a time each; what nobody has hands for waits in line. */
export interface ThreadPool<Order, Result> {
  /**
   * @throws {Refusal} busy when too many wait already, stopping once it is closed
   * @throws {WorkFailed} when the order could not be carried out; the next one is not affected
   */
  ask(order: Order): Promise<Result>
  /** Ends the threads; what still waits is refused. */
  close(): Promise<void>
}

export interface ThreadPoolOptions {
  /** The .mjs file that starts a thread. */
  script: URL
  /** At most. One leaves the other core of a small machine to people's requests. */
  threads: number
  /** Orders that may wait; more are refused. */
  mostWaiting: number
  /** An order that takes longer is given up and its thread replaced. */
  limitMs: number
  /** A thread without work ends after this time and gives its memory back. */
  idleMs: number
  /** A small heap is swept often; an order that needs more is given up before the machine runs out. */
  maxOldGenerationSizeMb: number
  maxYoungGenerationSizeMb: number
}

export class WorkFailed extends Error {
  override name = 'WorkFailed'
  readonly why: 'late' | 'full' | 'fault'

  constructor(why: 'late' | 'full' | 'fault', message: string) {
    super(message)
    this.why = why
  }
}

interface Job<Order, Result> {
  order: Order
  resolve(result: Result): void
  reject(error: Error): void
}

interface Thread<Order, Result> {
  worker: Worker
  job: Job<Order, Result> | undefined
  timer: NodeJS.Timeout | undefined
}

const RETRY_S = 5

/** Threads are started when there is work for them. */
export function threadPool<Order, Result>(options: ThreadPoolOptions): ThreadPool<Order, Result> {
  const { script, threads: most, mostWaiting, limitMs, idleMs, ...resourceLimits } = options
  const threads = new Set<Thread<Order, Result>>()
  const waiting: Job<Order, Result>[] = []
  let closed = false

  function start(): Thread<Order, Result> {
    const worker = new Worker(script, { execArgv: [], resourceLimits })
    const thread: Thread<Order, Result> = { worker, job: undefined, timer: undefined }
    threads.add(thread)
    worker.on('message', (answer: Answer<Result>) => finish(thread, answer))
    worker.on('error', ({ code, message }: NodeJS.ErrnoException) =>
      lose(thread, code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'full' : 'fault', message),
    )
    worker.on('exit', (code) => lose(thread, 'fault', `the thread ended with code ${code}`))
    return thread
  }

  function next(): void {
    while (waiting.length > 0) {
      const idle = [...threads].find((thread) => !thread.job)
      if (!idle && threads.size >= most) return
      give(idle ?? start(), waiting.shift()!)
    }
  }

  function give(thread: Thread<Order, Result>, job: Job<Order, Result>): void {
    clearTimeout(thread.timer)
    thread.job = job
    thread.worker.ref()
    thread.timer = setTimeout(() => lose(thread, 'late', `it took longer than ${limitMs} ms`), limitMs)
    try {
      thread.worker.postMessage(job.order)
    } catch (error) {
      finish(thread, { error: String(error) })
    }
  }

  /** An idle thread does not keep the server from stopping. */
  function finish(thread: Thread<Order, Result>, answer: Answer<Result>): void {
    const { job } = thread
    if (!job) return
    clearTimeout(thread.timer)
    thread.job = undefined
    thread.worker.unref()
    thread.timer = setTimeout(() => end(thread), idleMs).unref()
    if ('error' in answer) job.reject(new WorkFailed('fault', answer.error))
    else job.resolve(answer.result)
    next()
  }

  function lose(thread: Thread<Order, Result>, why: WorkFailed['why'], reason: string): void {
    if (!threads.has(thread)) return
    const { job } = thread
    void end(thread)
    job?.reject(new WorkFailed(why, `The work could not be done: ${reason}`))
    if (!closed) next()
  }

  async function end(thread: Thread<Order, Result>): Promise<void> {
    clearTimeout(thread.timer)
    threads.delete(thread)
    thread.job = undefined
    await thread.worker.terminate()
  }

  return {
    ask: (order) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(refuse.stopping())
        if (waiting.length >= mostWaiting) return reject(refuse.busy(RETRY_S))
        waiting.push({ order, resolve, reject })
        next()
      }),
    async close() {
      closed = true
      const left = [...waiting.splice(0), ...[...threads].flatMap(({ job }) => job ?? [])]
      for (const job of left) job.reject(refuse.stopping())
      await Promise.all([...threads].map(end))
    },
  }
}
