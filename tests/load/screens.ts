import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { follow, type Room, type RoomEvent } from '../../shared/deliberations/room.ts'

/** A phone that follows a room as the pages do: it comes back by itself and goes on where it was. */
export interface Screen {
  room: Room
  /** Since when it hears what happens; undefined while it does not. */
  openedAt: number | undefined
  /** How often it was told to come back. */
  sentOn: number
  close(): void
}

const SOONEST_MS = 1_000
const LATEST_MS = 5_000

/** `heard` is told of every event once, with the moment it came. */
export function openScreen(
  url: URL,
  path: string,
  start: Room,
  heard: (event: RoomEvent, at: number, screen: Screen) => void = () => undefined,
): Screen {
  let wait = SOONEST_MS
  let asked: ClientRequest | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false
  const screen: Screen = { room: start, openedAt: undefined, sentOn: 0, close }

  function open(): void {
    let over = false
    const end = () => {
      if (over || closed) return
      over = true
      screen.openedAt = undefined
      timer = setTimeout(open, wait * (0.5 + Math.random()))
      wait = Math.min(LATEST_MS, wait * 2)
      asked?.destroy()
    }
    const target = new URL(`${path}/stream?since=${screen.room.seq}`, url)
    asked = request(target, { agent: false }, (answer) => (answer.statusCode === 200 ? read(answer, end) : end()))
    asked.on('error', end).end()
  }

  function read(answer: IncomingMessage, end: () => void): void {
    let text = ''
    answer.setEncoding('utf8').on('data', (piece: string) => {
      const at = Date.now()
      text += piece
      for (let cut = text.indexOf('\n\n'); cut >= 0; cut = text.indexOf('\n\n')) {
        take(text.slice(0, cut), at, end)
        text = text.slice(cut + 2)
      }
    })
    answer.on('error', end).on('close', end)
  }

  function take(block: string, at: number, end: () => void): void {
    const name = /^event: (.*)$/m.exec(block)?.[1]
    const data = /^data: (.*)$/m.exec(block)?.[1]
    if (name === 'beat') {
      wait = SOONEST_MS
      screen.openedAt ??= at
    }
    if (name === 'reconnect') {
      screen.sentOn += 1
      end()
    }
    if (name !== undefined || data === undefined) return
    const event = JSON.parse(data) as RoomEvent
    if (event.seq <= screen.room.seq) return
    screen.room = follow(screen.room, event)
    heard(event, at, screen)
  }

  function close(): void {
    closed = true
    clearTimeout(timer)
    asked?.destroy()
  }

  open()
  return screen
}

/** Waits until something holds. @throws {Error} when it does not in time */
export async function until(holds: () => boolean, limitMs: number, what: string): Promise<number> {
  const begun = performance.now()
  while (!holds()) {
    if (performance.now() - begun > limitMs) throw new Error(`${what}: not in ${limitMs} ms`)
    await new Promise((go) => setTimeout(go, 20))
  }
  return performance.now() - begun
}
