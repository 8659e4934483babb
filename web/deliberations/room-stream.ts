import { readEvents, readRoom, streamDesk, streamRoom } from '../../shared/deliberations/attendance-api.ts'
import { follow, type Room, type RoomChange, type RoomEvent } from '../../shared/deliberations/room.ts'
import { addressOf, call, Refused, reasonOf } from '../api/call.ts'

export type DeskAbout = Extract<RoomChange, { kind: 'desk' }>['about']
const everything: DeskAbout[] = ['plan', 'attendance', 'statements', 'questions', 'minutes', 'follow-ups']

const POLL_MS = 3_000
/** The server lets hear from it every 15 s: after this the stream no longer tells what happens, and is asked for instead. */
const QUIET_MS = 20_000
const DEAD_MS = 45_000
const SOONEST_MS = 1_000
const LATEST_MS = 5_000

export interface RoomListener {
  room(room: Room): void
  /** Whether what is shown is what is. */
  live(live: boolean): void
  refused(message: string): void
  /** Something for the desk alone is to be read again. */
  desk?(about: DeskAbout): void
}

/** Reads a room and follows it until the returned function is called: by a stream, and by asking where the stream says nothing. */
export function followRoom(district: string, deliberation: string, listener: RoomListener): () => void {
  const params = { district, deliberation }
  const stop = new AbortController()
  let room: Room | undefined
  let source: EventSource | undefined
  let heardAt = Number.NEGATIVE_INFINITY
  let askedAt = Number.NEGATIVE_INFINITY
  let asking = false
  let openAt = 0
  let wait = SOONEST_MS

  const isLive = () => now() - heardAt < QUIET_MS || now() - askedAt < 2 * POLL_MS
  const show = (next: Room) => {
    if (room === next) return
    room = next
    listener.room(next)
  }
  const take = (event: RoomEvent) => {
    if (!room || event.seq <= room.seq) return
    if (event.change.kind === 'desk') listener.desk?.(event.change.about)
    show(follow(room, event))
  }
  const hear = () => {
    heardAt = now()
    wait = SOONEST_MS
    listener.live(true)
  }

  const close = () => {
    source?.close()
    source = undefined
    heardAt = Number.NEGATIVE_INFINITY
    openAt = now() + wait * (0.5 + Math.random())
    wait = Math.min(LATEST_MS, wait * 2)
  }
  const open = () => {
    const call = listener.desk ? streamDesk : streamRoom
    const opened = new EventSource(addressOf(call, params, { since: String(room!.seq) }))
    source = opened
    heardAt = Number.NEGATIVE_INFINITY
    openAt = now()
    opened.addEventListener('message', (message) => {
      hear()
      take(JSON.parse(message.data) as RoomEvent)
    })
    opened.addEventListener('beat', hear)
    const begin = (again: () => void) => () => {
      if (source !== opened) return
      close()
      again()
    }
    opened.addEventListener(
      'far',
      begin(() => void ask()),
    )
    opened.addEventListener(
      'reconnect',
      begin(() => undefined),
    )
    opened.addEventListener(
      'error',
      begin(() => void ask()),
    )
  }

  const readAnew = async () => {
    const isFirst = room === undefined
    const read = await call(readRoom, params, { signal: stop.signal })
    if (!room || read.seq >= room.seq) show(read)
    if (!isFirst) for (const about of everything) listener.desk?.(about)
  }
  const readOn = async (since: number) => {
    const { far, events } = await call(readEvents, params, { query: { since: String(since) }, signal: stop.signal })
    if (far) return await readAnew()
    for (const event of events) take(event)
    // What the desk alone has to read again comes by the stream only.
    for (const about of everything) listener.desk?.(about)
  }
  const ask = async () => {
    if (asking) return
    asking = true
    try {
      await (room ? readOn(room.seq) : readAnew())
      askedAt = now()
    } catch (error) {
      if (!stop.signal.aborted && (!room || !isPassing(error))) listener.refused(reasonOf(error).message)
    } finally {
      asking = false
    }
  }

  const tick = async () => {
    if (now() - heardAt > QUIET_MS && now() - askedAt > POLL_MS / 2) await ask()
    if (stop.signal.aborted) return
    if (source && now() - Math.max(heardAt, openAt) > DEAD_MS) close()
    if (room && !source && now() >= openAt) open()
    listener.live(isLive())
  }
  const again = () => void tick()
  const timer = setInterval(again, POLL_MS)
  const quick = setInterval(() => room && !source && now() >= openAt && open(), SOONEST_MS / 2)
  window.addEventListener('online', again)
  document.addEventListener('visibilitychange', again)
  again()
  return () => {
    stop.abort()
    source?.close()
    clearInterval(timer)
    clearInterval(quick)
    window.removeEventListener('online', again)
    document.removeEventListener('visibilitychange', again)
  }
}

const now = () => performance.now()

/** The server cannot be reached or is restarting: what is shown stays, and it is asked again. */
const isPassing = (error: unknown): boolean =>
  !(error instanceof Refused) || !['unknown_deliberation', 'unknown_district'].includes(error.problem.code)
