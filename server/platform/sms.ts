import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { type Db, forDistrict } from '../db/database.ts'
import { addJob } from './jobs.ts'
import { handOver, type Provider } from './provider.ts'
import { contextIn } from './sealed-columns.ts'
import type { Secrets } from './secrets.ts'
import * as stored from './sms-queries.ts'

declare module 'fastify' {
  interface FastifyInstance {
    sms: SmsService
  }
}

export interface Sms {
  districtId: number
  phone: string
  text: string
  /** What it is about, as a word for lists: `sign-in-code`. */
  purpose: string
  /** After this moment it is of no use and is not sent any more. */
  validUntil?: Date
}

/** Text messages. Numbers and texts are kept sealed, wiped once they are sent, and never in a log. */
export interface SmsService {
  /** False: messages stay in the outbox, where whoever develops or tries the platform reads them. */
  readonly isSent: boolean
  /** Accepts a message, and sends it as soon as the transaction is committed. What fails is tried again for hours, and listed. */
  send(db: Db, sms: Sms, at: Date): Promise<void>
  /** Tries a message again that was given up. False where there is none. */
  sendAgain(districtId: number, id: string, at: Date): Promise<boolean>
  outbox(districtId: number): Promise<OutboxSms[]>
  /** What could not be handed over yet, or not at all. */
  failures(districtId: number): Promise<FailedSms[]>
}

export interface OutboxSms {
  id: string
  phone: string
  text: string
  purpose: string
  createdAt: Date
}

export interface FailedSms {
  id: string
  /** The last four digits. */
  phoneEnd: string
  purpose: string
  status: 'waiting' | 'failed' | 'expired'
  attempts: number
  problem: string
  createdAt: Date
}

const JOB = 'send-sms'
/** Over about fourteen hours, with growing pauses. */
const ATTEMPTS = 11
/** The queue counts a death of the process as a try as well; what ends a message is its own count. */
const JOB_ATTEMPTS = 2 * ATTEMPTS

/** Registers `app.sms`. Without a provider nothing leaves the house. */
export function openSms(app: FastifyInstance, provider: Provider | undefined): void {
  const { secrets } = app
  const dbOf = (districtId: number) => forDistrict(app.db, districtId)
  app.jobs.work(JOB, async ({ districtId, id }) => {
    const message = await stored.waitingMessage(dbOf(districtId), districtId, String(id))
    if (message && provider) await deliver(app, provider, message)
  })
  const queue = (db: Db, districtId: number, id: string) =>
    addJob(db, JOB, { districtId, id }, { maxAttempts: JOB_ATTEMPTS })
  app.decorate('sms', {
    isSent: provider !== undefined,
    async send(db, sms, at) {
      const message = sealed(secrets, sms, provider ? 'waiting' : 'outbox')
      await stored.addMessage(db, message, at)
      if (provider) await queue(db, message.districtId, message.id)
    },
    sendAgain: (districtId, id, at) =>
      dbOf(districtId)
        .transaction()
        .execute(async (one) => {
          const isThere = await stored.waitAgain(one, districtId, id, at)
          if (isThere) await queue(one, districtId, id)
          return isThere
        }),
    outbox: async (districtId) =>
      (await stored.outboxMessages(dbOf(districtId), districtId)).map((each) => readable(secrets, each)),
    failures: async (districtId) =>
      (await stored.troubledMessages(dbOf(districtId), districtId)).map((each) => listed(secrets, each)),
  } satisfies SmsService)
}

/** @throws {Error} when it was not accepted and is worth another try; the code says why */
async function deliver(app: FastifyInstance, provider: Provider, message: stored.StoredSms): Promise<void> {
  const end = (change: Parameters<typeof stored.endMessage>[2]) =>
    stored.endMessage(forDistrict(app.db, message.districtId), message, change, new Date())
  // Nobody has heard of it yet where it waited for a server that was away.
  if (message.validUntil && message.validUntil <= new Date())
    return await end({ status: 'expired', problem: message.problem ?? 'late' })
  const { id, phone, text } = readable(app.secrets, message)
  const problem = await handOver(provider, { id, phone, text })
  if (!problem) return await end({ status: 'sent', problem: null })
  const attempts = message.attempts + 1
  const isOver = problem.isFinal || attempts >= ATTEMPTS
  await end({ status: isOver ? 'failed' : 'waiting', attempts, problem: problem.code })
  app.log.warn({ code: problem.code, attempts, isOver }, 'a text message was not accepted')
  if (!isOver) throw Object.assign(new Error('not accepted'), { code: problem.code })
}

const context = (column: 'phone' | 'body', districtId: number, id: string) =>
  contextIn('text_messages', column, districtId, id)

function sealed(secrets: Secrets, { districtId, purpose, phone, text, validUntil }: Sms, status: 'waiting' | 'outbox') {
  const id = randomUUID()
  return {
    districtId,
    id,
    purpose,
    status,
    phoneHash: secrets.hashed('phone', phone),
    phone: secrets.seal(phone, context('phone', districtId, id)),
    body: secrets.seal(text, context('body', districtId, id)),
    validUntil: validUntil ?? null,
  }
}

/** A stored message as it was written; empty where it was wiped. */
export function readable(
  secrets: Secrets,
  { districtId, id, purpose, phone, body, createdAt }: stored.StoredSms,
): OutboxSms {
  const opened = (column: 'phone' | 'body', value: Buffer | null) =>
    value ? secrets.open(value, context(column, districtId, id)) : ''
  return { id, phone: opened('phone', phone), text: opened('body', body), purpose, createdAt }
}

function listed(secrets: Secrets, message: stored.StoredSms): FailedSms {
  const { id, purpose, status, attempts, problem, createdAt } = message
  const phoneEnd = readable(secrets, { ...message, body: null }).phone.slice(-4)
  return { id, phoneEnd, purpose, status: status as FailedSms['status'], attempts, problem: problem ?? '', createdAt }
}
