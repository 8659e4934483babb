import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { streamDesk, streamRoom } from '../../shared/deliberations/attendance-api.ts'
import { sourceOf } from '../people/attempts.ts'
import { originOf } from '../people/caller.ts'
import { mount } from '../people/mount.ts'
import { permissionOf } from '../people/permission.ts'
import { stillMay } from '../people/still.ts'
import { refuse } from '../refusals.ts'
import type { Audience } from './feed.ts'
import { known, ofDeliberation, within } from './found.ts'
import { BEAT, roomsOf } from './hub.ts'
import type { Followed, Follower } from './room-followers.ts'
import { screens } from './screens.ts'

/** Whoever does not take in what happens is cut off, and comes back for what is new. */
const MOST_WAITING_BYTES = 1024 * 1024
/** All who were let go at once shall not come back at once. */
const SOONEST_MS = 700
const SPREAD_MS = 600
const LOOK_MS = 3_000
/** A large hall is behind one address; the rest of the house is for others. */
const MOST_OF_ADDRESS = 2_000

/** What happens in rooms, as it happens. */
export function streamRoutes(app: FastifyInstance): void {
  const rooms = roomsOf(app)
  app.decorate('rooms', rooms)
  app.addHook('preClose', () => rooms.stop())
  const { enter } = screens(MOST_OF_ADDRESS)
  app.gauge('room_followers', 'Screens that follow a room', () => rooms.following())

  mount(app, streamRoom, async (request, reply) => {
    const of = ofDeliberation(await known(request))
    const leave = enter(sourceOf(originOf(request).address))
    if (!leave) throw refuse.tooManyScreens()
    reply.raw.once('close', leave)
    if (reply.raw.destroyed) leave()
    return begin(await rooms.open(of), 'all', request, reply)
  })

  const permission = permissionOf(streamDesk.method, streamDesk.url)
  mount(app, streamDesk, async (request, reply) => {
    const found = await within(request)
    const room = await rooms.open(ofDeliberation(found))
    const { raw } = reply
    begin(room, 'desk', request, reply)
    if (raw.destroyed) return
    const look = setInterval(async () => {
      const may = await stillMay(request, permission, found.community_code).catch(() => true)
      if (!may) raw.end()
    }, LOOK_MS)
    raw.once('close', () => clearInterval(look))
  })
}

type Asked = Pick<FastifyRequest, 'headers' | 'method'> & { query: { since?: number } }

function begin(room: Followed, audience: Audience, request: Asked, reply: FastifyReply): void {
  const { raw } = reply
  reply.headers({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    // A proxy that collects answers before it hands them on would hand on nothing.
    'x-accel-buffering': 'no',
  })
  reply.hijack()
  // Whoever hung up while the room was opened does not say so again.
  if (raw.destroyed) return
  raw.shouldKeepAlive = false
  raw.writeHead(200, reply.getHeaders() as Record<string, string>)
  if (request.method === 'HEAD') return void raw.end()
  raw.write(`retry: ${Math.round(SOONEST_MS + Math.random() * SPREAD_MS)}\n\n`)
  raw.write(BEAT)
  const follower = followerOn(raw, audience, seenBy(request) ?? room.seq())
  raw.once('close', () => room.leave(follower))
  room.join(follower).catch(() => raw.destroy())
}

/** A browser that comes back by itself says how far it had come; that is later than what it asked for at first. */
function seenBy({ headers, query }: Asked): number | undefined {
  const last = /^[0-9]{1,15}$/.exec(String(headers['last-event-id'] ?? ''))?.[0]
  return last === undefined ? query.since : Math.max(Number(last), query.since ?? 0)
}

function followerOn(raw: ServerResponse, audience: Audience, seq: number): Follower {
  return {
    ...{ audience, seq },
    write(bytes) {
      if (raw.writableEnded || raw.destroyed) return
      raw.write(bytes)
      if (raw.writableLength > MOST_WAITING_BYTES) raw.destroy()
    },
    end(event) {
      if (!raw.writableEnded && !raw.destroyed) raw.end(`event: ${event}\ndata: 1\n\n`)
    },
  }
}
