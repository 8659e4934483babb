import { randomUUID } from 'node:crypto'
import type { Grant, Node } from '../../shared/people/roles.ts'
import { grantedAt, type Level, roles } from '../../shared/people/roles.ts'
import type { ImportKind } from '../../shared/places/api.ts'
import { type Settled, settled } from '../api/deliberations-calls.ts'
import { definition, numbers, submissionOf } from '../load/answers.ts'
import { type SignedIn, signedIn } from '../setup/people.ts'
import type { House } from './house.ts'
import { importRows } from './imports.ts'
import { askAs } from './s1-ask.ts'
import { type Wished, wishedIn } from './wished.ts'

/** Where a call is made: everything that it can name there. */
export interface Place extends Settled, Wished {
  district: string
  subdistrict: string
  community: string
  site: string
  /** A short code of the survey in this community. */
  code: string
  /** Somebody who works there, and what they may do. */
  person: string
  grants: Grant[]
  /** Household slips that were ordered for the community. */
  batch: string
}

/** Somebody who makes calls; without a name nobody. */
export interface Walker {
  name: string
  kind: 'person' | 'key' | 'nobody'
  district: string
  grants: Grant[]
  headers: Record<string, string>
}

export interface World {
  /** The place that everybody within a district is granted something above of, then those that lie apart from it. */
  places: Place[]
  walkers: Walker[]
}

/** The same codes in both districts: a code alone must open nothing. */
const districts = ['AA', 'BB']
const tree = { C001: 'S01', C002: 'S01', C003: 'S02' } as const
const communities = Object.keys(tree) as (keyof typeof tree)[]
const placed: [district: string, community: keyof typeof tree][] = [
  ['AA', 'C001'],
  ['AA', 'C002'],
  ['AA', 'C003'],
  ['BB', 'C001'],
]

export const subdistrictOf = (community: string): string | undefined => tree[community as keyof typeof tree]

/** Stands in every name that belongs to this node, and nowhere else. */
export const markOf = (district: string, code: string): string => `印${district}${code}记`

/** Two districts in which every name says whose it is, and somebody of every role at every level. */
export async function settle(house: House): Promise<World> {
  for (const [at, code] of districts.entries()) await settleDistrict(house, code, 900 + at)
  const places: Place[] = []
  for (const [district, community] of placed) places.push(await placeIn(house, district, community))
  return { places, walkers: await settleWalkers(house) }
}

async function settleDistrict(house: House, code: string, id: number): Promise<void> {
  const base = `/api/districts/${code}`
  await must(house, 'POST', '/api/districts', {
    id,
    code,
    name: `${code}区`,
    demo: false,
    extraServices: ['parking', 'greening'],
  })
  const table = (kind: ImportKind, rows: Record<string, string>[]) => importRows(house, kind, rows, code)
  await table(
    'subdistricts',
    [...new Set(Object.values(tree))].map((each) => ({ code: each, name: markOf(code, each) })),
  )
  // Further apart than anything reaches: what stands near a border is rightly seen from both sides.
  const apart = (at: number) => ({ lon: `${108 + at}.9`, lat: '34.2' })
  const own = communities.map((community, at) => ({ community, name: markOf(code, community), ...apart(at) }))
  await table(
    'communities',
    own.map(({ community, name }) => ({ code: community, name, subdistrict: tree[community] })),
  )
  await table(
    'compounds',
    own.map((each) => ({ ...each, code: `P${each.community}` })),
  )
  await table(
    'facilities',
    own.map((each) => ({ ...each, code: `F${each.community}` })),
  )
  await table(
    'sites',
    own.map((each) => ({ ...each, code: `D${each.community}`, formerUse: each.name })),
  )
  await must(house, 'POST', `${base}/surveys/needs2026/versions`, { title: '需求调查', definition })
  await must(house, 'POST', `${base}/survey-drafts`, { from: 'version', survey: 'needs2026' })
  const random = numbers(id)
  for (const community of communities) {
    for (let answers = 0; answers < 12; answers += 1)
      await must(house, 'POST', `${base}/surveys/needs2026/responses`, submissionOf(random, [community], {}, false))
    await must(house, 'POST', `${base}/sites/D${community}/briefs`, { audience: 'staff' })
  }
}

async function placeIn(house: House, district: string, community: keyof typeof tree): Promise<Place> {
  const base = `/api/districts/${district}`
  const links = (await must(house, 'GET', `${base}/surveys/needs2026/links`)) as { code: string; community: string }[]
  const grants: Grant[] = [{ role: 'fieldworker', level: 'community', code: community }]
  const who = {
    username: `target-${district}-${community}`.toLowerCase(),
    name: markOf(district, `人${community}`),
    grants,
  }
  const { person } = (await must(house, 'POST', `${base}/people`, who)) as { person: string }
  const code = links.find((link) => link.community === community)?.code ?? ''
  const batch = randomUUID()
  await must(house, 'POST', `${base}/surveys/needs2026/communities/${community}/slips`, { batch, count: 1 })
  const held = await heldIn(house, base, community, markOf(district, community))
  const wished = await wishedIn(house, district, community, markOf(district, community))
  const own = { site: `D${community}`, code, person, grants, batch }
  return { district, subdistrict: tree[community], community, ...own, ...held, ...wished }
}

/** Meetings of a community. */
export function heldIn(house: House, base: string, community: string, title: string): Promise<Settled> {
  // biome-ignore lint/suspicious/noExplicitAny: each call knows what it asked for
  const make = (method: string, path: string, body?: unknown): Promise<any> => must(house, method, base + path, body)
  const upload = async (path: string, content: string, name: string) => {
    const form = new FormData()
    form.set('file', new Blob([content]), name)
    const reply = await fetch(new URL(base + path, house.url), { method: 'POST', headers: keyOf(house), body: form })
    return await reply.json()
  }
  return settled(make, upload, community, title)
}

const nodes: Record<Level, Node> = {
  district: { level: 'district', code: '' },
  subdistrict: { level: 'subdistrict', code: 'S01' },
  community: { level: 'community', code: 'C001' },
}

async function settleWalkers(house: House): Promise<Walker[]> {
  const own = roles.flatMap((role) => grantedAt[role].map((level) => ({ district: 'AA', role, level })))
  const away = { district: 'BB', role: 'administrator', level: 'district' } as const
  const walkers: Walker[] = [{ name: 'nobody', kind: 'nobody', district: '', grants: [], headers: {} }]
  for (const { district, role, level } of [...own, away]) {
    const grants = [{ role, ...nodes[level] }]
    const username = `${role}-${level}-${district}`.toLowerCase()
    const { headers } = await enter(house, district, { username, name: markOf(district, `行${role}`), grants })
    walkers.push({ name: `${role} of ${district} ${nodes[level].code}`, kind: 'person', district, grants, headers })
  }
  walkers.push({ name: 'the key', kind: 'key', district: '', grants: [], headers: keyOf(house) })
  return walkers
}

/** Gives somebody of a district an account and signs them in. */
export function enter(house: House, district: string, who: Parameters<typeof signedIn>[2]): Promise<SignedIn> {
  return signedIn(
    async (method, path, { body, headers }) => {
      const reply = await askAs(house, headers ?? {}, { method, path, body })
      return { status: reply.status, body: JSON.parse(reply.body.toString()), cookies: reply.cookies }
    },
    { key: house.key, district },
    who,
  )
}

export const keyOf = (house: House) => ({ authorization: `Bearer ${house.key}` })

/** A call with the key that must succeed. */
export async function must(house: House, method: string, path: string, body?: unknown): Promise<unknown> {
  const reply = await askAs(house, keyOf(house), { method, path, body })
  if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.body}`)
  return JSON.parse(reply.body.toString())
}
