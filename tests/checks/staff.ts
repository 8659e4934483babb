import { randomUUID } from 'node:crypto'
import type { Grant } from '../../shared/people/roles.ts'
import { password, type SignedIn } from '../setup/people.ts'
import type { House } from './house.ts'
import { importRows } from './imports.ts'
import { askAs, type Reply } from './s1-ask.ts'
import { enter, heldIn, must, type Place } from './s1-world.ts'
import { wishedIn } from './wished.ts'

/** District YX of a check's server with people at its desk. */
export interface Staff {
  administrator: SignedIn
  auditor: SignedIn
  /** Looks after C001. */
  secretary: SignedIn
  /** Somewhere to make calls about. */
  place: Place
}

const kept = new WeakMap<House, Promise<Staff>>()

/** The people of a server; made when the first check of it asks. */
export function staffOf(house: House): Promise<Staff> {
  const staff = kept.get(house) ?? settle(house)
  kept.set(house, staff)
  return staff
}

const whole = { level: 'district', code: '' } as const
const [community, site, subdistrict] = ['C001', 'D001', 'S01']

async function settle(house: House): Promise<Staff> {
  await importRows(house, 'sites', [{ code: site, community }])
  await must(house, 'POST', `/api/districts/YX/sites/${site}/briefs`, { audience: 'staff' })
  const links = (await must(house, 'GET', '/api/districts/YX/surveys/needs2026/links')) as Record<string, string>[]
  const target = await addPerson(house, 'target-aa-c001', { role: 'fieldworker', level: 'community', code: community })
  const place: Place = {
    ...{ district: 'YX', subdistrict, community, site, person: target.person },
    code: links.find((link) => link.community === community)?.code ?? '',
    grants: [{ role: 'fieldworker', level: 'community', code: community }],
    batch: randomUUID(),
    ...(await heldIn(house, '/api/districts/YX', community, '居民座谈会')),
    ...(await wishedIn(house, 'YX', community, '想有个歇脚的地方')),
  }
  const secretary: Grant = { role: 'secretary', level: 'community', code: community }
  return {
    administrator: await employ(house, 'check-administrator', { role: 'administrator', ...whole }),
    auditor: await employ(house, 'check-auditor', { role: 'auditor', ...whole }),
    secretary: await employ(house, 'check-secretary', secretary),
    place,
  }
}

/** Somebody new who is signed in. */
export function employ(house: House, username: string, ...grants: Grant[]): Promise<SignedIn> {
  return enter(house, 'YX', { username, name: '查核员', grants })
}

/** Somebody new who has not been in yet. */
export async function addPerson(house: House, username: string, ...grants: Grant[]) {
  const who = { username, name: '查核员', grants }
  return (await must(house, 'POST', '/api/districts/YX/people', who)) as { person: string; code: string }
}

/** What a browser keeps and sends along. */
export type Jar = Map<string, string>

export const headersOf = (jar: Jar): Record<string, string> => ({
  cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
  'sec-fetch-site': 'same-origin',
})

/** A call of a page with the cookies of its browser, which keeps what it is given. */
export async function callFrom(house: House, jar: Jar, method: string, path: string, body?: unknown): Promise<Reply> {
  const reply = await askAs(house, headersOf(jar), { method, path, body })
  for (const header of reply.cookies) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? []
    if (value === '') jar.delete(name)
    else jar.set(name, value)
  }
  return reply
}

/** Signs in from a browser of their own, as far as the password goes. */
export async function signInAs(house: House, username: string, jar: Jar = new Map()): Promise<Jar> {
  const { status, body } = await callFrom(house, jar, 'POST', '/api/sign-in', { username, password })
  if (status !== 200) throw new Error(`sign-in of ${username}: ${status} ${body}`)
  return jar
}
