import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { FastifyBaseLogger } from 'fastify'
import { refuse } from '../refusals.ts'
import type { Done } from './orders.ts'
import type { Thread } from './thread.ts'

export interface ProcessOptions {
  /** The .mjs file that starts it. */
  script: URL
  /** What it is told before the first order. */
  data: unknown
  maxOldGenerationSizeMb: number
  /** Without work it ends after this time and gives its memory back. */
  idleMs: number
  log: FastifyBaseLogger
}

interface Waiting {
  resolve(said: string): void
  reject(error: Error): void
}

interface Running {
  child: ChildProcess
  waiting: Map<number, Waiting>
}

const PATIENCE_MS = 2_000

/** For long work that comes seldom: like a thread that stays, but with memory of its own, all of which goes when it is idle. */
export function standingProcess<Order>(options: ProcessOptions): Thread<Order> {
  let running: Running | undefined
  let idle: NodeJS.Timeout | undefined
  let last = 0

  function start(): Running {
    const begun = begin(options)
    begun.child.on('message', (done: Done) => {
      answer(begun.waiting, done)
      if (begun.waiting.size === 0) idle = setTimeout(stop, options.idleMs).unref()
    })
    begun.child.on('exit', () => {
      if (running === begun) running = undefined
      for (const asker of begun.waiting.values()) asker.reject(refuse.busy())
    })
    return begun
  }

  async function stop(): Promise<void> {
    clearTimeout(idle)
    const ending = running?.child
    running = undefined
    if (!ending?.connected) return
    const ended = new Promise((resolve) => ending.once('exit', resolve))
    const late = setTimeout(() => ending.kill('SIGKILL'), PATIENCE_MS)
    ending.send('stop')
    await ended
    clearTimeout(late)
  }

  return {
    ask(order) {
      clearTimeout(idle)
      running ??= start()
      const { child, waiting } = running
      const id = ++last
      return new Promise<string>((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        child.send({ id, order })
      })
    },
    stop,
  }
}

function begin({ script, data, maxOldGenerationSizeMb, log }: ProcessOptions): Running {
  const execArgv = [`--max-old-space-size=${maxOldGenerationSizeMb}`, '--max-semi-space-size=4']
  const child = fork(fileURLToPath(script), { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  child.on('error', ({ name, code }: NodeJS.ErrnoException) => log.error({ code: code ?? name }, 'a process died'))
  child.send({ data })
  return { child, waiting: new Map() }
}

function answer(waiting: Map<number, Waiting>, done: Done): void {
  const asker = waiting.get(done.id)
  waiting.delete(done.id)
  if ('said' in done) asker?.resolve(done.said)
  // The code is what tells a database that is away from a fault.
  else asker?.reject(Object.assign(new Error(done.error), { code: done.error }))
}
