import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import type { Make } from './deliberations-calls.ts'

/** Sends a form with a photo to a call about the district. */
// biome-ignore lint/suspicious/noExplicitAny: each call knows what it asked for
export type Send = (path: string, fields: Record<string, string>, photo: Buffer) => Promise<any>

interface Hands {
  staff: Make
  sendAsStaff: Send
  /** Makes an account of somebody who may claim, and signs in with it. */
  join(): Promise<{ id: string; make: Make; send: Send }>
}

const wishes = '/api/districts/:district/wishes'
const wish = `${wishes}/:wish`

/** What whoever wishes does on a phone: what they wrote and when stands with the wish. */
export const wishers = [`POST ${wish}/supporters`, `POST ${wishes}/own`, `POST ${wish}/photos/:photo`]

/** Wishes from posting to confirmation, one call of each that changes anything, in this order. */
export function wishing({ staff, sendAsStaff, join }: Hands): Record<string, () => Promise<unknown>> {
  const id = randomUUID()
  const here = `/wishes/${id}`
  const ids = { sponsor: randomUUID(), other: randomUUID() }
  const wanted = { kind: 'goods', text: '想要一副手套', where: null, cost: 'none', neededBy: null, service: null }
  const reason = '另有安排'
  let photo: Buffer
  let added = ''
  let holder: Awaited<ReturnType<Hands['join']>>
  const claim = () => holder.make('POST', `${here}/claims`, { id: randomUUID() })
  const deliver = () =>
    holder.send(
      `${here}/evidence`,
      { note: '送到了', on: new Date(Date.now() + 28_800_000).toISOString().slice(0, 10) },
      photo,
    )
  const organisation = (sponsor: string, name: string) => ({
    id: sponsor,
    name,
    fallbackFor: null,
    limit: 5,
    active: true,
  })
  return {
    [`POST ${wishes}`]: () => staff('POST', '/wishes', { id, community: 'C001', ...wanted, contact: '13900000001' }),
    [`PUT ${wishes}/rules`]: () => staff('PUT', '/wishes/rules', { words: ['傻'], claimDays: 10, extensionDays: 5 }),
    'POST /api/districts/:district/stations': () =>
      staff('POST', '/stations', { id: randomUUID(), name: '驿站', community: 'C001', active: true }),
    [`POST ${wish}/photos`]: async () => {
      photo = await sharp({ create: { width: 64, height: 48, channels: 3, background: 'olive' } })
        .jpeg()
        .toBuffer()
      added = (await sendAsStaff(`${here}/photos`, {}, photo)).photo
    },
    [`DELETE ${wish}/photos/:photo`]: () => staff('DELETE', `${here}/photos/${added}`, {}),
    [`PUT ${wish}/text`]: async () => {
      const [{ revision }] = (await staff('GET', '/wishes/desk')).wishes
      await staff('PUT', `${here}/text`, { ...wanted, revision })
    },
    [`PUT ${wish}/moderation`]: async () => {
      const [{ revision }] = (await staff('GET', '/wishes/desk')).wishes
      await staff('PUT', `${here}/moderation`, { revision, decision: 'approve' })
    },
    'POST /api/districts/:district/sponsors': async () => {
      await staff('POST', '/sponsors', organisation(ids.sponsor, '志愿队'))
      await staff('POST', '/sponsors', organisation(ids.other, '食堂'))
    },
    'PUT /api/districts/:district/sponsors/:sponsor/members': async () => {
      holder = await join()
      await staff('PUT', `/sponsors/${ids.sponsor}/members`, { people: [holder.id] })
    },
    [`POST ${wish}/claims`]: claim,
    [`POST ${wish}/extension`]: () => holder.make('POST', `${here}/extension`, { reason }),
    [`POST ${wish}/release`]: () => holder.make('POST', `${here}/release`, { reason }),
    [`POST ${wish}/assignment`]: () =>
      staff('POST', `${here}/assignment`, { id: randomUUID(), sponsor: ids.other, reason }),
    [`POST ${wish}/evidence`]: async () => {
      await staff('POST', `${here}/assignment`, { id: randomUUID(), sponsor: ids.sponsor, reason })
      await deliver()
    },
    [`POST ${wish}/reopening`]: () => staff('POST', `${here}/reopening`, { reason }),
    [`POST ${wish}/confirmation`]: async () => {
      await deliver()
      await staff('POST', `${here}/confirmation`, { done: true, reason: '本人托付' })
    },
    [`POST ${wish}/withdrawal`]: async () => {
      const another = randomUUID()
      await staff('POST', '/wishes', { id: another, community: 'C001', ...wanted, contact: '13900000001' })
      await staff('POST', `/wishes/${another}/withdrawal`, {})
    },
  }
}
