import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

const SOONEST_MS = 100
const LATEST_MS = 2_000
/** A connection that has died without saying so is found out by asking. */
const ASK_MS = 10_000
const ANSWER_MS = 5_000

export interface Listener {
  /** Whether everything that is told is heard just now. */
  isUp(): boolean
  stop(): Promise<void>
}

/** Hears what PostgreSQL tells on a channel, over a connection of its own that is made anew as often as it breaks; `up` each time, since something may have been missed. */
export function listenOn(url: string, channel: string, hear: (payload: string) => void, up: () => void): Listener {
  let client: pg.Client | undefined
  let isUp = false
  let wait = SOONEST_MS
  const stopping = new AbortController()
  const { signal } = stopping

  async function once(): Promise<void> {
    const made = new pg.Client({ connectionString: url, query_timeout: ANSWER_MS, connectionTimeoutMillis: ANSWER_MS })
    client = made
    const ended = new Promise<void>((end) => made.on('error', () => end()).on('end', end))
    made.on('notification', ({ payload }) => payload !== undefined && hear(payload))
    try {
      await made.connect()
      await made.query(`LISTEN ${made.escapeIdentifier(channel)}`)
      isUp = true
      wait = SOONEST_MS
      up()
      while (await isAlive(made, ended));
    } finally {
      isUp = false
      made.end().catch(() => undefined)
    }
  }

  async function isAlive(made: pg.Client, ended: Promise<void>): Promise<boolean> {
    const goes = await Promise.race([ended.then(() => false), sleep(ASK_MS, true, { signal, ref: false })])
    if (!goes || signal.aborted) return false
    await made.query('SELECT 1')
    return true
  }

  const running = (async () => {
    while (!signal.aborted) {
      await once().catch(() => undefined)
      await sleep(wait * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined)
      wait = Math.min(LATEST_MS, wait * 2)
    }
  })()

  return {
    isUp: () => isUp,
    async stop() {
      stopping.abort()
      await client?.end().catch(() => undefined)
      await running
    },
  }
}
