import { Worker } from 'node:worker_threads'
import type { Poster } from './poster.ts'
import type { PosterAnswer } from './poster-worker.ts'
import { RendererBusy, RenderingFailed } from './renderer.ts'

/** Prints posters in a thread of its own: the fonts of the first one take longer to load than a resident should wait. */
export interface Press {
  /** One A4 page as PDF. @throws {RendererBusy} when too many wait already @throws {RenderingFailed} when it could not be made */
  print(poster: Poster): Promise<Uint8Array>
  close(): Promise<void>
}

interface Job {
  poster: Poster
  resolve(file: Uint8Array): void
  reject(error: Error): void
}

const MOST_WAITING = 200
const LIMIT_MS = 20_000
/** A thread without work ends after this time and gives its memory back. */
const IDLE_MS = 20_000
const resourceLimits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 }

/** One thread, started when the first poster comes. */
export function createPress(): Press {
  const jobs: Job[] = []
  let worker: Worker | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false

  function start(): Worker {
    const started = new Worker(new URL('./poster-thread.mjs', import.meta.url), { execArgv: [], resourceLimits })
    started.on('message', (answer: PosterAnswer) => started === worker && finish(answer))
    started.on('error', (error) => started === worker && lose(error.message))
    started.on('exit', (code) => started === worker && lose(`the thread ended with code ${code}`))
    return started
  }

  /** The first job is the one being printed. */
  function next(): void {
    clearTimeout(timer)
    const [job] = jobs
    if (!job) {
      worker?.unref()
      timer = setTimeout(end, IDLE_MS).unref()
      return
    }
    worker ??= start()
    worker.ref()
    timer = setTimeout(() => lose(`it took longer than ${LIMIT_MS} ms`), LIMIT_MS)
    worker.postMessage(job.poster)
  }

  function finish(answer: PosterAnswer): void {
    const job = jobs.shift()
    if ('file' in answer) job?.resolve(answer.file)
    else job?.reject(new RenderingFailed(answer.error))
    next()
  }

  function lose(reason: string): void {
    void end()
    jobs.shift()?.reject(new RenderingFailed(`The poster could not be made: ${reason}`))
    if (jobs.length > 0) next()
  }

  async function end(): Promise<void> {
    clearTimeout(timer)
    const ending = worker
    worker = undefined
    await ending?.terminate()
  }

  return {
    print: (poster) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new RendererBusy('The press has been closed.'))
        if (jobs.length >= MOST_WAITING) return reject(new RendererBusy(`${MOST_WAITING} posters are waiting already.`))
        jobs.push({ poster, resolve, reject })
        if (jobs.length === 1) next()
      }),
    async close() {
      closed = true
      for (const job of jobs.splice(0)) job.reject(new RendererBusy('The press has been closed.'))
      await end()
    },
  }
}
