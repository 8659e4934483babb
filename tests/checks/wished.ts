import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import type { House } from './house.ts'
import { enter, must } from './s1-world.ts'

/** A wish that was fulfilled before everybody's eyes, and what belongs to it. */
export interface Wished {
  wish: string
  /** Of its evidence. */
  photo: string
  sponsor: string
  station: string
}

/** A station of a community and a wish there that was posted, approved, claimed, fulfilled and published. */
export async function wishedIn(house: House, district: string, community: string, words: string): Promise<Wished> {
  const base = `/api/districts/${district}`
  const ids = { wish: randomUUID(), sponsor: randomUUID(), station: randomUUID() }
  const call = (method: string, path: string, body?: unknown) => must(house, method, base + path, body)
  await call('POST', '/stations', { id: ids.station, name: words, community, active: true })
  const sponsor = { id: ids.sponsor, name: `${district}${community}的单位`, fallbackFor: null, limit: 5, active: true }
  await call('POST', '/sponsors', sponsor)
  const grants = [{ role: 'sponsor', level: 'community', code: community } as const]
  const username = `holder-${district}-${community}`.toLowerCase()
  const member = await enter(house, district, { username, name: '单位联系人', grants })
  await call('PUT', `/sponsors/${ids.sponsor}/members`, { people: [member.id] })
  const wish = {
    kind: 'place',
    text: words,
    where: { words, point: null },
    cost: 'none',
    neededBy: null,
    service: null,
  }
  await call('POST', '/wishes', { id: ids.wish, community, ...wish, contact: '029-87654321', publish: true })
  const here = `/wishes/${ids.wish}`
  await call('PUT', `${here}/moderation`, { revision: 1, decision: 'approve' })
  await asMember(house, member.headers, `${base}${here}/claims`, JSON.stringify({ id: randomUUID() }))
  await asMember(house, member.headers, `${base}${here}/evidence`, await evidence(words))
  await call('POST', `${here}/confirmation`, { done: true, rating: 5, publish: true })
  const { wishes } = (await call('GET', '/wishes/fulfilled')) as { wishes: { id: string; photos: string[] }[] }
  const photo = wishes.find(({ id }) => id === ids.wish)?.photos[0] ?? ''
  return { ...ids, photo }
}

async function evidence(note: string): Promise<FormData> {
  const content = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#cfe3dd' } })
    .jpeg()
    .toBuffer()
  const form = new FormData()
  form.set('note', note)
  form.set('on', new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10))
  form.set('file', new Blob([new Uint8Array(content)]), '现场.jpg')
  return form
}

async function asMember(house: House, own: Record<string, string>, path: string, body: string | FormData) {
  const headers = typeof body === 'string' ? { ...own, 'content-type': 'application/json' } : own
  const reply = await fetch(new URL(path, house.url), { method: 'POST', headers, body })
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
}
