import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { FastifyBaseLogger } from 'fastify'
import { Asked } from './asked.ts'
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

interface Running {
  child: ChildProcess
  asked: Asked
}

const PATIENCE_MS = 2_000

/** For long work that comes seldom: like a thread that stays, but with memory of its own, all of which goes when it is idle. */
export function standingProcess<Order>(options: ProcessOptions): Thread<Order> {
  let running: Running | undefined
  let idle: NodeJS.Timeout | undefined

  function start(): Running {
    const begun = begin(options)
    begun.child.on('message', (done: Done) => {
      begun.asked.answer(done)
      if (begun.asked.size === 0) idle = setTimeout(stop, options.idleMs).unref()
    })
    begun.child.on('exit', () => {
      if (running === begun) running = undefined
      begun.asked.giveUp()
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
      const { child, asked } = running
      return asked.add((id) => child.send({ id, order }))
    },
    stop,
  }
}

function begin({ script, data, maxOldGenerationSizeMb, log }: ProcessOptions): Running {
  const execArgv = [`--max-old-space-size=${maxOldGenerationSizeMb}`, '--max-semi-space-size=4']
  const child = fork(fileURLToPath(script), { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  child.on('error', ({ name, code }: NodeJS.ErrnoException) => log.error({ code: code ?? name }, 'a process died'))
  child.send({ data })
  return { child, asked: new Asked() }
}
