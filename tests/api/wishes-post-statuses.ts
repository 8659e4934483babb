import { randomUUID } from 'node:crypto'
import { staff } from '../setup/app.ts'

const base = '/api/districts/{district}'
const wishes = `${base}/wishes`
const wish = `${wishes}/{wish}`
const stranger = { headers: {}, address: '10.0.0.9' }
const wanted = { kind: 'goods', text: '手套', where: null, cost: 'none', neededBy: null, service: null }
const posted = { id: randomUUID(), community: 'C001', ...wanted, contact: '13900000001' }
const station = { id: randomUUID(), name: '驿站', community: 'C001', active: true }

/** Bodies in which nothing is wrong. */
export const soundWishes: Record<string, object> = {
  [`POST ${wishes}`]: posted,
  [`POST ${wishes}/own`]: {},
  [`PUT ${wish}/text`]: { revision: 1, ...wanted },
  [`POST ${wish}/withdrawal`]: {},
  [`PUT ${wish}/moderation`]: { revision: 1, decision: 'approve' },
  [`PUT ${wishes}/rules`]: { words: [], claimDays: 14, extensionDays: 7 },
  [`POST ${base}/stations`]: station,
}

/** More come from one address than a test sends. */
export const unsentOfPosting: Record<string, string[]> = { [`POST ${wishes}`]: ['429'] }

interface Sent {
  params?: Record<string, string>
  body?: unknown
  headers?: Record<string, string>
  address?: string
}
type Ask = (call: string, sent?: Sent) => Promise<{ json(): { revision: number } }>

/** What posting and moderating may answer beyond what is asked of all. */
export async function askForPosting(ask: Ask): Promise<void> {
  const none = { wish: randomUUID() }
  const params = { wish: posted.id }
  const post = (body: object, more: Sent = {}) => ask(`POST ${wishes}`, { ...more, body: { ...posted, ...body } })
  await post({}, stranger)
  for (const change of [{}, {}, { text: '两副' }]) await post(change)
  for (const change of [{ text: '愿'.repeat(201) }, { community: 'C999' }]) await post({ id: randomUUID(), ...change })
  for (const of of [params, none])
    for (const call of [`GET ${wish}/history`, `GET ${wish}`]) await ask(call, { params: of })
  const text = `PUT ${wish}/text`
  for (const change of [{}, { revision: 9 }, { revision: 2, text: '<script>' }])
    await ask(text, { params, body: { revision: 1, ...wanted, ...change } })
  await ask(text, { params: none, body: { revision: 1, ...wanted } })
  const decide = (decision: object, of = params) =>
    ask(`PUT ${wish}/moderation`, { params: of, body: { revision: 2, ...decision } })
  await decide({ decision: 'approve' }, none)
  for (const decision of [{ decision: 'return' }, { decision: 'approve', revision: 9 }, { decision: 'approve' }])
    await decide(decision)
  await ask(`GET ${wish}`, { params })
  const withdrawal = `POST ${wish}/withdrawal`
  for (const reason of ['<script>', '不要了']) await ask(withdrawal, { params, body: { reason } })
  const rejected = { wish: randomUUID() }
  await post({ id: rejected.wish })
  await decide({ decision: 'reject', reason: '重复', revision: 1 }, rejected)
  for (const of of [rejected, none]) await ask(withdrawal, { params: of, body: {} })
  for (const body of [station, station, { ...station, community: 'C999' }]) await ask(`POST ${base}/stations`, { body })
  for (const id of [station.id, randomUUID()])
    await ask(`GET ${base}/stations/{station}/poster`, { params: { station: id }, headers: staff })
  for (const call of [`POST ${wishes}/own`, `PUT ${wishes}/rules`]) await ask(call, { body: soundWishes[call] })
}
