import { Worker } from 'node:worker_threads'
import type { Document } from '../../shared/document.ts'
import type { Answer, Format } from './render-worker.ts'

export interface RendererOptions {
  /** Threads. One leaves the other core of a small machine to people's requests. */
  workers?: number
  /** Documents that may wait; more are refused. */
  queue?: number
  /** A thread without work ends after this time and gives its memory back. */
  idleMs?: number
  /** A document that takes longer is given up and its thread replaced. */
  limitMs?: number
}

export interface Renderer {
  /**
   * The document in the formats asked for, made in another thread. @throws {RendererBusy} when too many wait already
   * @throws {RenderingFailed} when the document could not be made; the next one is not affected
   */
  render<F extends Format>(document: Document, formats: F[]): Promise<Record<F, Uint8Array>>
  /** Ends the threads; what still waits is refused. */
  close(): Promise<void>
}

export class RendererBusy extends Error {
  override name = 'RendererBusy'
}

export class RenderingFailed extends Error {
  override name = 'RenderingFailed'
}

interface Job {
  document: Document
  formats: Format[]
  resolve(files: Record<Format, Uint8Array>): void
  reject(error: Error): void
}

interface Thread {
  worker: Worker
  job: Job | undefined
  timer: NodeJS.Timeout | undefined
}

/** A small heap is swept often; a document that needs more is given up before the machine runs out. */
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 }

/** Threads that make files out of documents, started when the first document comes, so that the main thread never waits. */
export function createRenderer(options: RendererOptions = {}): Renderer {
  const { workers = 1, queue = 200, idleMs = 30_000, limitMs = 60_000 } = options
  const threads = new Set<Thread>()
  const waiting: Job[] = []
  let closed = false

  function start(): Thread {
    const worker = new Worker(new URL('./render-thread.mjs', import.meta.url), { execArgv: [], resourceLimits })
    const thread: Thread = { worker, job: undefined, timer: undefined }
    threads.add(thread)
    worker.unref()
    worker.on('message', (answer: Answer) => finish(thread, answer))
    worker.on('error', (error) => lose(thread, error.message))
    worker.on('exit', (code) => lose(thread, `the thread ended with code ${code}`))
    return thread
  }

  function next(): void {
    while (waiting.length > 0) {
      const idle = [...threads].find((thread) => !thread.job)
      if (!idle && threads.size >= workers) return
      give(idle ?? start(), waiting.shift()!)
    }
  }

  function give(thread: Thread, job: Job): void {
    clearTimeout(thread.timer)
    thread.job = job
    thread.worker.ref()
    thread.timer = setTimeout(() => lose(thread, `it took longer than ${limitMs} ms`), limitMs)
    try {
      thread.worker.postMessage({ document: job.document, formats: job.formats })
    } catch (error) {
      finish(thread, { error: String(error) })
    }
  }

  function finish(thread: Thread, answer: Answer): void {
    const { job } = thread
    if (!job) return
    clearTimeout(thread.timer)
    thread.job = undefined
    thread.worker.unref()
    thread.timer = setTimeout(() => end(thread), idleMs).unref()
    if ('files' in answer) job.resolve(answer.files as Record<Format, Uint8Array>)
    else job.reject(new RenderingFailed(answer.error))
    next()
  }

  function lose(thread: Thread, reason: string): void {
    if (!threads.has(thread)) return
    const { job } = thread
    void end(thread)
    job?.reject(new RenderingFailed(`The document could not be made: ${reason}`))
    if (!closed) next()
  }

  async function end(thread: Thread): Promise<void> {
    clearTimeout(thread.timer)
    threads.delete(thread)
    thread.job = undefined
    await thread.worker.terminate()
  }

  return {
    render: (document, formats) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new RendererBusy('The renderer has been closed.'))
        if (waiting.length >= queue) return reject(new RendererBusy(`${queue} documents are waiting already.`))
        waiting.push({ document, formats, resolve, reject })
        next()
      }),
    async close() {
      closed = true
      for (const job of waiting.splice(0)) job.reject(new RendererBusy('The renderer has been closed.'))
      for (const thread of threads) thread.job?.reject(new RendererBusy('The renderer has been closed.'))
      await Promise.all([...threads].map(end))
    },
  }
}
