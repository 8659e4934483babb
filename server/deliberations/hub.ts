import type { FastifyInstance } from 'fastify'
import { forDistrict } from '../db/database.ts'
import { refuse } from '../refusals.ts'
import { eventsAfter, lastEvent, openQuestions } from './event-queries.ts'
import { type Listener, listenOn } from './listener.ts'
import type { Of } from './queries.ts'
import { type Followed, type Follower, followRoom, inTurns } from './room-followers.ts'
import { ROOMS } from './tell.ts'
import { type Ticker, tickerOf } from './ticker.ts'

declare module 'fastify' {
  interface FastifyInstance {
    rooms: Rooms
  }
}

/** What happens in rooms, for all in this process who follow one. */
export interface Rooms extends Pick<Ticker, 'dirty'> {
  /** Opens a room for followers. @throws {Refusal} unknownDeliberation, busy */
  open(of: Of): Promise<Followed>
  /** How many follow one. */
  following(): number
  /** Lets everybody go, to come back to the next process. */
  stop(): Promise<void>
}

/** A room that nobody follows any more is kept so long: phones come back. */
const KEPT_MS = 30_000
/** Where nothing is heard from the database, rooms are looked at so often. */
const LOOK_MS = 1_000
const MOST_FOLLOWERS = 10_000
/** Streams through which nothing comes are cut on the way, and by whoever reads them. */
const BEAT_MS = 15_000
export const BEAT = Buffer.from('event: beat\ndata: 1\n\n')

export function roomsOf(app: FastifyInstance): Rooms {
  const opened = new Map<string, Promise<Followed>>()
  const ready = new Map<string, Followed>()
  const ticker = tickerOf(app)
  let listener: Listener | undefined
  const keyOf = ({ districtId, id }: Of) => `${districtId}:${id}`
  const wakeAll = () => {
    for (const room of ready.values()) void room.wake()
  }

  function hear(payload: string): void {
    const [districtId, id, seq] = payload.split(':')
    const room = ready.get(`${districtId}:${id}`)
    if (room && Number(seq) > room.seq()) void room.wake()
  }

  async function make(of: Of): Promise<Followed> {
    const db = forDistrict(app.db, of.districtId)
    const last = await lastEvent(db, of)
    if (last === undefined) throw refuse.unknownDeliberation()
    const room = await followRoom(last, (after, limit) => eventsAfter(db, of, after, limit))
    // Votes whose number was not told before a process ended are told with the next ones, or now.
    for (const question of await openQuestions(db, of)) ticker.dirty(of.districtId, of.id, question)
    // Last, or the sweep would forget it before anybody follows.
    ready.set(keyOf(of), room)
    // Between reading it and hearing of it something may have happened.
    void room.wake()
    return room
  }

  const look = setInterval(() => listener && !listener.isUp() && wakeAll(), LOOK_MS).unref()
  const sweep = setInterval(() => {
    for (const [key, room] of ready) {
      if (room.followers.size > 0) continue
      ready.delete(key)
      opened.delete(key)
    }
  }, KEPT_MS).unref()

  const everybody = (): Follower[] => [...ready.values()].flatMap((room) => [...room.followers])
  const following = () => [...ready.values()].reduce((sum, { followers }) => sum + followers.size, 0)
  const beat = setInterval(() => void inTurns(everybody(), (one) => one.write(BEAT)), BEAT_MS).unref()

  return {
    dirty: ticker.dirty,
    following,
    async open(of) {
      if (following() >= MOST_FOLLOWERS) throw refuse.busy()
      listener ??= listenOn(String(app.pg.pool.options.connectionString), ROOMS, hear, wakeAll)
      const key = keyOf(of)
      const known = opened.get(key)
      if (known) return await known
      const making = make(of)
      opened.set(key, making)
      making.catch(() => opened.delete(key))
      return await making
    },
    async stop() {
      for (const timer of [look, sweep, beat]) clearInterval(timer)
      await ticker.stop()
      await inTurns(everybody(), (one) => one.end('reconnect'))
      await listener?.stop()
    },
  }
}
