import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { forDistrict, onPool } from '../../server/db/database.ts'
import { notify } from '../../server/platform/notices.ts'
import { openSecrets } from '../../server/platform/secrets.ts'
import type { Role } from '../../shared/people/roles.ts'
import { password } from '../setup/people.ts'
import type { House } from './house.ts'
import { must } from './s1-world.ts'
import { callFrom, type Jar } from './staff.ts'

/** Somebody whose data is known to the letter, because it was put there. */
export interface Seeded {
  id: string
  kind: 'courier' | 'secretary' | 'resident'
  username: string
  name?: string
  phone: string
  notices: string[]
  messages: string[]
  /** Of somebody who wishes for something from their own phone. */
  wish?: string
  jar: Jar
}

const word = () => randomBytes(6).toString('hex')
const phone = () => `1${randomInt(3, 10)}${String(randomInt(1_000_000_000)).padStart(9, '0')}`

/** A courier, one of the staff and a resident, each with everything that the district can hold about them by now. */
export async function seedPeople(house: House): Promise<Seeded[]> {
  return [await employed(house, 'courier'), await employed(house, 'secretary'), await resident(house)]
}

async function employed(house: House, kind: 'courier' | 'secretary'): Promise<Seeded> {
  const who = { username: `${kind}-${word()}`, name: `姓${word()}`, phone: phone() }
  const grants = [{ role: kind satisfies Role, level: 'community', code: house.communities[0] }]
  const slip = (await must(house, 'POST', '/api/districts/YX/people', { ...who, grants })) as {
    person: string
    code: string
  }
  const jar: Jar = new Map()
  const messages = kind === 'courier' ? [await enterByPhone(house, jar, who.phone)] : []
  if (kind === 'secretary') {
    await callFrom(house, jar, 'POST', '/api/sign-in', { username: who.username, password: slip.code })
    await callFrom(house, jar, 'PUT', '/api/me/password', { current: slip.code, password })
  }
  return await burdened(house, { id: slip.person, kind, ...who, messages, notices: [], jar })
}

async function resident(house: House): Promise<Seeded> {
  const jar: Jar = new Map()
  const number = phone()
  const messages = [await enterByPhone(house, jar, number)]
  const { id, username } = JSON.parse((await callFrom(house, jar, 'GET', '/api/me')).body.toString())
  return await burdened(house, { id, kind: 'resident', username, phone: number, messages, notices: [], jar })
}

/** Two notices, a code that was not used and a sign-in that failed. */
async function burdened(house: House, one: Seeded): Promise<Seeded> {
  const notices = [`消息${word()}`, `消息${word()}`]
  await house.inDatabase(async (pool) => {
    const db = forDistrict(onPool(pool), 1)
    for (const text of notices) await notify(db, { districtId: 1, person: one.id, text }, new Date())
  })
  await callFrom(house, new Map(), 'POST', '/api/sign-in', { username: one.username, password: 'not-the-one' })
  const wish = one.kind === 'secretary' ? undefined : await wished(house, one)
  return { ...one, notices, wish, messages: [...one.messages, await sentTo(house, one.phone)] }
}

async function wished(house: House, { jar, phone: contact, name }: Seeded): Promise<string> {
  const text = `心愿${word()}`
  const rest = { kind: 'goods', where: null, cost: 'none', neededBy: null, service: null, contact, name }
  const body = { id: randomUUID(), community: house.communities[0], text, ...rest }
  const { status } = await callFrom(house, jar, 'POST', '/api/districts/YX/wishes', body)
  if (status !== 201) throw new Error(`a wish: ${status}`)
  return text
}

/** Signs in with a code; returns the message that it came in. */
async function enterByPhone(house: House, jar: Jar, number: string): Promise<string> {
  const text = await sentTo(house, number)
  const code = /\d{6}/.exec(text)?.[0]
  await callFrom(house, jar, 'POST', '/api/sign-in/phone/code', { district: 'YX', phone: number, code })
  return text
}

/** Asks for a code; returns the message that it came in. */
async function sentTo(house: House, number: string): Promise<string> {
  const key = `phone-minute:${await hashedIn(house, 'attempt', `1 ${number}`)}`
  await house.inDatabase((pool) => pool.query('DELETE FROM sign_in_attempts WHERE key = $1', [key]))
  await callFrom(house, new Map(), 'POST', '/api/sign-in/phone', { district: 'YX', phone: number })
  const { messages } = (await must(house, 'GET', '/api/districts/YX/sms/outbox')) as {
    messages: { phone: string; text: string; createdAt: string }[]
  }
  const own = messages.filter((message) => message.phone === number)
  return own.sort((a, b) => b.createdAt.localeCompare(a.createdAt))[0]?.text ?? ''
}

/** What must be found nowhere once somebody is erased: what was put there, and the hashes that it is searched by. */
export async function needlesOf(house: House, one: Seeded): Promise<string[]> {
  const { phone, username, name, notices, messages } = one
  const hashed = [['phone', phone] as const, ['attempt', `1 ${phone}`] as const, ['attempt', username] as const]
  const hashes = await Promise.all(hashed.map(([kind, text]) => hashedIn(house, kind, text)))
  return [phone, username, ...(name ? [name] : []), ...notices, ...messages, ...hashes]
}

/** What the server keeps in the place of a text, as hexadecimal digits. */
async function hashedIn(house: House, kind: string, text: string): Promise<string> {
  const secrets = await house.inDatabase((pool) => openSecrets(onPool(pool), house))
  return secrets.hashed(kind, text).toString('hex')
}
