import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as api from '../../shared/people/notices-api.ts'
import { done } from '../../shared/people/shapes.ts'
import { forDistrict } from '../db/database.ts'
import { audit } from '../platform/audit.ts'
import { countUnread, markRead, type Notice, noticesOf, type Place } from '../platform/notices.ts'
import { refuse } from '../refusals.ts'
import { lookOf } from './look.ts'
import { mount } from './mount.ts'

const PAGE = 50

/** The inbox of whoever is signed in, and what became of text messages for those who run the district. */
export async function noticeRoutes(app: FastifyInstance): Promise<void> {
  inbox(app)
  textMessages(app)
}

function inbox(app: FastifyInstance): void {
  mount(app, api.listNotices, async (request) => {
    const { id, districtId, db } = signedIn(app, request)
    const found = await noticesOf(db, districtId, id, PAGE + 1, placeOf(request.query.cursor))
    const notices = found.slice(0, PAGE)
    const next = found.length > PAGE ? cursorOf(notices.at(-1)!) : null
    return { unread: await countUnread(db, districtId, id), notices: notices.map(written), next }
  })

  mount(app, api.readNotice, async (request) => {
    const { id, districtId, db } = signedIn(app, request)
    if (!(await markRead(db, districtId, id, new Date(), request.params.notice))) throw refuse.unknownNotice()
    return done
  })

  mount(app, api.readAllNotices, async (request) => {
    const { id, districtId, db } = signedIn(app, request)
    await markRead(db, districtId, id, new Date())
    return done
  })
}

function textMessages(app: FastifyInstance): void {
  const { sms } = app
  mount(app, api.readOutbox, async (request) => {
    const messages = await sms.outbox(request.district.id)
    // Numbers and texts are shown in full here, and whoever reads a code could use it.
    await audit(request.db, lookOf(request, 'sms-outbox', { after: { messages: messages.length } }), new Date())
    return { isSent: sms.isSent, messages: messages.map(dated) }
  })

  mount(app, api.listFailedMessages, async (request) => {
    const messages = await sms.failures(request.district.id)
    await audit(request.db, lookOf(request, 'sms-failures', { after: { messages: messages.length } }), new Date())
    return messages.map(dated)
  })

  mount(app, api.sendMessageAgain, async (request) => {
    const { district, params } = request
    if (!(await sms.sendAgain(district.id, params.message, new Date()))) throw refuse.unknownMessage()
    await audit(request.db, lookOf(request, `sms:${params.message}`), new Date())
    return done
  })
}

/** The table of permissions lets nobody else make these calls. */
function signedIn(app: FastifyInstance, { caller }: Pick<FastifyRequest, 'caller'>) {
  if (!caller.person) throw refuse.signInNeeded()
  const { id, districtId } = caller.person
  return { id, districtId, db: forDistrict(app.db, districtId) }
}

function cursorOf({ createdAt, id }: Notice): string {
  return `${createdAt.getTime()}_${id}`
}

function placeOf(cursor: string | undefined): Place | undefined {
  const [at, id] = cursor?.split('_') ?? []
  return at && id ? { at: new Date(Number(at)), id } : undefined
}

function written({ readAt, ...notice }: Notice): api.Notice {
  return { ...dated(notice), readAt: readAt?.toISOString() ?? null }
}

function dated<T extends { createdAt: Date }>(entry: T): Omit<T, 'createdAt'> & { createdAt: string } {
  return { ...entry, createdAt: entry.createdAt.toISOString() }
}
