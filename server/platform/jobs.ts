import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { type CronItem, parseCronItems, type Runner, run, type TaskList, type WorkerEvents } from 'graphile-worker'
import { sql } from 'kysely'
import { type Db, openPool } from '../db/database.ts'
import { silent } from '../db/queue.ts'
import { watchForDead } from './dead-workers.ts'

/** What a job is told: ids and codes, never names, numbers or texts of people, since it stays readable in the queue. */
export type Payload = { districtId: number } & Record<string, string | number>

export interface JobOptions {
  /** Not before this moment. */
  runAt?: Date
  /** Tries, with pauses that grow from 3 s to 6 h; then the job is given up and the log says so. */
  maxAttempts?: number
  /** A waiting job with the same key is replaced. */
  key?: string
  /** Jobs of one queue are done one after the other, so that long ones never take every hand. */
  queue?: string
}

/** Work that is done after the answer, once, by whichever process comes first, and again where it failed or its process died. */
export interface Jobs {
  /** Names who does the jobs of this name. What it throws is tried again; it may be called twice for the same job, so it must not mind. */
  work(name: string, work: (payload: Payload, signal: AbortSignal) => Promise<void>): void
  /** Once a day at this time of China, for all processes together; made up for where no process ran at that time. */
  everyDay(name: string, at: string, work: (signal: AbortSignal) => Promise<void>): void
}

declare module 'fastify' {
  interface FastifyInstance {
    jobs: Jobs
  }
}

/** Adds a job; inside a transaction it exists when the transaction does. */
export async function addJob(db: Db, name: string, payload: Payload, options: JobOptions = {}): Promise<void> {
  const { runAt = null, maxAttempts = null, key = null, queue = null } = options
  await sql`select graphile_worker.add_job(${name}, payload => ${JSON.stringify(payload)}::json, run_at => ${runAt}::timestamptz,
    max_attempts => ${maxAttempts}::integer, job_key => ${key}::text, queue_name => ${queue}::text)`.execute(db)
}

/** Few at a time: jobs must never be in the way of answers. New ones are heard of at once, the clock is for tries again. */
const AT_ONCE = 2
const POLL_MS = 5_000
/** Whatever has not ended by then when the server stops is told so and tried again after the next start. */
const PATIENCE_MS = 3_000
const RESTART_MS = 2_000
const DAY_MS = 86_400_000

/** Registers `app.jobs` and does jobs from when the app is ready until it closes. */
export function openJobs(app: FastifyInstance): void {
  const tasks: TaskList = {}
  const daily: CronItem[] = []
  app.decorate('jobs', {
    work(name, work) {
      tasks[name] = doing((payload, signal) => work(payload as Payload, signal))
    },
    everyDay(name, at, work) {
      tasks[name] = doing((_payload, signal) => work(signal))
      daily.push({ task: name, match: cronOf(at), options: { backfillPeriod: DAY_MS, maxAttempts: 5 } })
    },
  } satisfies Jobs)
  let keeper: Keeper | undefined
  app.addHook('onReady', async () => {
    if (Object.keys(tasks).length > 0) keeper = keepRunning(app, tasks, daily)
  })
  let stopping: Promise<void> | undefined
  // No new job while the last answers are given.
  app.addHook('preClose', async () => {
    stopping = keeper?.stop()
  })
  app.addHook('onClose', async () => await stopping)
}

/** What a job threw is kept in the queue: only its code or name, because messages may quote what somebody wrote. */
function doing(work: (payload: unknown, signal: AbortSignal) => Promise<void>): TaskList[string] {
  return async (payload, { abortSignal, abortPromise }) => {
    try {
      await Promise.race([work(payload, abortSignal as AbortSignal), abortPromise])
    } catch (error) {
      const { code, name } = error as { code?: string; name?: string }
      throw new Error(code ?? name ?? 'failed')
    }
  }
}

/** China is eight hours ahead all year; the queue counts in UTC. */
function cronOf(at: string): string {
  const [hours, minutes] = at.split(':').map(Number) as [number, number]
  return `${minutes} ${(hours + 16) % 24} * * *`
}

interface Keeper {
  stop(): Promise<void>
}

/** Does jobs until stopped, and begins again whenever the database was away for too long. */
function keepRunning({ pg: main, log }: FastifyInstance, tasks: TaskList, daily: CronItem[]): Keeper {
  const stopping = new AbortController()
  let runner: Runner | undefined

  async function once(): Promise<void> {
    const events = new EventEmitter() as WorkerEvents
    watchForDead(events, log)
    report(events, log)
    const pool = openPool({ ...main.pool.options, max: AT_ONCE + 2 }, (code) => log.warn({ code }, 'connection lost'))
    try {
      runner = await run({
        pgPool: pool,
        taskList: tasks,
        parsedCronItems: parseCronItems(daily),
        concurrency: AT_ONCE,
        pollInterval: POLL_MS,
        noHandleSignals: true,
        gracefulShutdownAbortTimeout: PATIENCE_MS,
        logger: silent,
        events,
        // Otherwise a database that is away just then would end the whole process.
        preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      })
      if (stopping.signal.aborted) await runner.stop()
      await runner.promise
    } finally {
      runner = undefined
      await pool.end()
    }
  }

  async function always(): Promise<void> {
    while (!stopping.signal.aborted) {
      await once().catch(({ code, name }) => log.warn({ code: code ?? name }, 'jobs interrupted, trying again'))
      await sleep(RESTART_MS, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined)
    }
  }

  const ended = always()
  return {
    async stop() {
      stopping.abort()
      await runner?.stop().catch(() => undefined)
      await ended
    },
  }
}

function report(events: WorkerEvents, log: FastifyBaseLogger): void {
  const told = (error: unknown) => (error as Error).message
  events.on('job:error', ({ job, error }) => {
    log.warn({ job: job.task_identifier, attempt: job.attempts, code: told(error) }, 'a job failed, it is tried again')
  })
  events.on('job:failed', ({ job, error }) => {
    log.error({ job: job.task_identifier, attempts: job.attempts, code: told(error) }, 'a job was given up')
  })
}
