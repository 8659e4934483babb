import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { uuid } from './answers.ts'
import { type Chance, chance } from './chance.ts'
import type { Client, Reply } from './client.ts'
import * as told from './wishes.ts'

interface Here {
  base: string
  /** With the key of the server: as staff. */
  staff: Client
  /** Members of the organisations, in their order. */
  members: Client[]
  sponsors: string[]
  dice: Chance
}

/** Posts small wishes, claims and fulfils some of them, as staff, couriers and organisations would over the same calls. */
export async function grantWishes(
  staff: Client,
  district: string,
  communities: string[],
  signedIn: (cookies: string) => Client,
): Promise<void> {
  const dice = chance('wishes')
  const base = `/api/districts/${district}`
  const sponsors = told.sponsors.map(() => uuid(dice))
  const station = uuid(dice)
  await ok(
    staff.send('POST', `${base}/stations`, { id: station, ...told.station, community: communities[0], active: true }),
  )
  const members: Client[] = []
  for (const [i, name] of told.sponsors.entries()) {
    const sponsor = { id: sponsors[i]!, name, fallbackFor: null, limit: 5, active: true }
    await ok(staff.send('POST', `${base}/sponsors`, sponsor))
    const member = await memberOf(staff, base, sponsor.id, i, signedIn)
    // An earlier run that was broken off has given the account a password that nobody knows.
    if (!member) return
    members.push(member)
  }
  const here: Here = { base: `${base}/wishes`, staff, members, sponsors, dice }
  for (const [i, wish] of told.wishes.entries()) await grant(here, wish, communities[wish.at]!, i)
  for (const member of members) member.close()
}

async function memberOf(
  staff: Client,
  base: string,
  sponsor: string,
  i: number,
  signedIn: (cookies: string) => Client,
): Promise<Client | undefined> {
  const grants = [{ role: 'sponsor', level: 'district', code: '' }]
  const username = `demo.sponsor${i + 1}`
  const made = await staff.send('POST', `${base}/people`, { username, name: `单位联系人${i + 1}（演示）`, grants })
  if (made.status === 409) return undefined
  const { person, code } = JSON.parse((await ok(Promise.resolve(made))).body) as { person: string; code: string }
  const door = signedIn('')
  const come = await ok(door.send('POST', '/api/sign-in', { username, password: code }))
  door.close()
  const first = signedIn(cookiesOf(come))
  const password = randomBytes(24).toString('base64url')
  const set = await ok(first.send('PUT', '/api/me/password', { current: code, password }))
  first.close()
  await ok(staff.send('PUT', `${base}/sponsors/${sponsor}/members`, { people: [person] }))
  return signedIn(cookiesOf(set) || cookiesOf(come))
}

const cookiesOf = ({ cookies }: Reply): string => cookies.map((one) => one.split(';')[0]).join('; ')

const reached = ['submitted', 'open', 'claimed', 'delivered', 'fulfilled'] as const

async function grant(here: Here, wish: (typeof told.wishes)[number], community: string, at: number): Promise<void> {
  const { base, staff, dice } = here
  const { kind, text, cost, words, service = null, hardship = false, supporters = 0, come } = wish
  const id = uuid(dice)
  const where = words === undefined ? null : { words, point: null }
  const wanted = { kind, text, where, cost, neededBy: null, service }
  // A number of no mobile phone: no message is ever sent to it.
  const contact = `029-8${String(1_000_000 + at)}`
  const publish = come === 'fulfilled'
  await ok(staff.send('POST', base, { id, community, ...wanted, contact, name: '演示居民', hardship, publish }))
  const far = reached.indexOf(come)
  if (far < 1) return
  await ok(staff.send('PUT', `${base}/${id}/moderation`, { revision: 1, decision: 'approve' }))
  const tickets = Array.from({ length: supporters }, (_, i) => ticketOf(chance(`supporter ${at} ${i}`)))
  for (const ticket of tickets) await ok(staff.send('POST', `${base}/${id}/supporters`, { ticket }))
  if (far < 2) return
  const member = here.members[at % here.members.length]!
  await ok(member.send('POST', `${base}/${id}/claims`, { id: uuid(dice) }))
  if (far < 3) return
  const { note, thanks, rating } = wish.done ?? { note: '师傅上门检修，换了刹车片。', thanks: '', rating: 5 }
  const photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#cfe3dd' } })
    .jpeg()
    .toBuffer()
  const on = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  await ok(
    member.upload(`${base}/${id}/evidence`, { name: '现场.jpg', type: 'image/jpeg', content: photo }, { note, on }),
  )
  if (far < 4) return
  await ok(staff.send('POST', `${base}/${id}/confirmation`, { done: true, thanks, rating, publish }))
}

/** 43 characters of base64url, as a device makes them. */
const ticketOf = (dice: Chance): string =>
  Buffer.from(Array.from({ length: 32 }, () => dice.integer(0, 255))).toString('base64url')

async function ok(sent: Promise<Reply>): Promise<Reply> {
  const reply = await sent
  // 409: an earlier run that was broken off has done it already.
  if (![200, 201, 409].includes(reply.status)) throw new Error(`演示数据装入失败（${reply.status}）：${reply.body}`)
  return reply
}
