import fc from 'fast-check'
import { allowedBy, type Operation } from './fuzz-operations.ts'
import type { House } from './house.ts'
import type { Place } from './s1-world.ts'

export interface Request {
  method: string
  path: string
  body?: unknown
}

export interface Reply {
  status: number
  type: string
  body: Buffer
  cookies: string[]
}

export async function askAs(
  house: House,
  headers: Record<string, string>,
  { method, path, body }: Request,
): Promise<Reply> {
  const sent = body === undefined ? headers : { ...headers, 'content-type': 'application/json' }
  const reply = await fetch(new URL(path, house.url), {
    method,
    headers: sent,
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const type = reply.headers.get('content-type') ?? ''
  return {
    status: reply.status,
    type,
    body: await bodyOf(reply, type),
    cookies: reply.headers.getSetCookie(),
  }
}

/** A stream has no end: that it was opened is all there is to know. */
async function bodyOf(reply: Response, type: string): Promise<Buffer> {
  if (!type.startsWith('text/event-stream')) return Buffer.from(await reply.arrayBuffer())
  await reply.body?.cancel()
  return Buffer.alloc(0)
}

/** Words in addresses that are no places. */
const constants: Record<string, string> = {
  ...{ survey: 'needs2026', edition: '1', kind: 'blocks' },
  ...{ sheet: 'poster', format: 'docx' },
}

/** What a name means in some addresses; undefined where it is to be made up. */
const meant: Record<string, (place: Place) => Record<string, string | undefined>> = {
  'GET /api/districts/{district}/rooms/{code}': ({ room }) => ({ code: room }),
  'GET /api/districts/{district}/deliberations/{deliberation}/answers.xlsx': ({ consultation }) => ({
    deliberation: consultation,
  }),
  // The others look for it afterwards.
  'DELETE /api/districts/{district}/deliberations/{deliberation}/documents/{document}': () => ({ document: undefined }),
}

/** Bodies that get past the description of a call and change nothing, or nothing that matters. */
const bodies: Record<string, (place: Place) => unknown> = {
  // Anybody may ask for a code in any district, which is then written down there.
  'POST /api/sign-in/phone': () => ({ district: 'ZZ', phone: '13900000000' }),
  'POST /api/districts': () => ({ id: 900, code: 'AA', name: '又一区', demo: false }),
  'PUT /api/districts/{district}/catalogue': () => ({ base: 999_999, catalogue: { services: [], rules: [] } }),
  'POST /api/districts/{district}/surveys/{survey}/versions': () => ({ title: '甲', definition: [] }),
  'POST /api/districts/{district}/surveys/{survey}/rounds': () => ({ version: 999_999 }),
  'POST /api/districts/{district}/survey-drafts/{survey}/publication': () => ({ revision: 999_999 }),
  'POST /api/districts/{district}/survey-drafts': () => ({ from: 'version', survey: 'needs2026' }),
  'PUT /api/districts/{district}/surveys/{survey}/status': () => ({ status: 'open' }),
  'POST /api/districts/{district}/surveys/{survey}/communities/{community}/slips': ({ batch }) => ({ batch, count: 1 }),
  'POST /api/districts/{district}/sites/{site}/briefs': () => ({ audience: 'staff' }),
  'POST /api/districts/{district}/people': ({ community }) => {
    const grants = [{ role: 'courier', level: 'community', code: community }]
    return { username: 'target-aa-c001', name: '重名', grants }
  },
  'PUT /api/districts/{district}/people/{person}/grants': ({ grants }) => ({ grants }),
  'PUT /api/districts/{district}/people/{person}/status': () => ({ status: 'active' }),
}

/** The call as it is made about a place. What is no place is made up; a call that reads then finds nothing, and the walk says so. */
export function requestFor(operation: Operation, place: Place): Request {
  const { method, parameters } = operation
  const named = parameters.filter((one) => one.in === 'path')
  const there = { ...place, ...meant[`${method} ${operation.path}`]?.(place) }
  const words = named.map(({ name, schema }) => [name, wordFor(name, there) ?? String(sample(schema))] as const)
  const path = words.reduce((url, [name, word]) => url.replace(`{${name}}`, encodeURIComponent(word)), operation.path)
  const asked = parameters.filter((one) => one.in === 'query' && one.required)
  const query = asked.map(({ name, schema }) => `${name}=${encodeURIComponent(String(sample(schema)))}`)
  return { method, path: query.length > 0 ? `${path}?${query.join('&')}` : path, body: bodyFor(operation, place) }
}

function wordFor(name: string, place: object): string | undefined {
  const word = constants[name] ?? (place as Record<string, unknown>)[name]
  return typeof word === 'string' ? word : undefined
}

function bodyFor({ method, path, body }: Operation, place: Place): unknown {
  const known = bodies[`${method} ${path}`]
  if (known) return known(place)
  if (!body) return undefined
  const made = sample(body) as Record<string, unknown>
  if (Array.isArray(made)) return made
  const names = (['district', 'subdistrict', 'community', 'site', 'person'] as const).filter((name) => name in made)
  return { ...made, ...Object.fromEntries(names.map((name) => [name, place[name]])) }
}

function sample(schema: NonNullable<Operation['body']>): unknown {
  return fc.sample(allowedBy(schema), { seed: 1, numRuns: 1 })[0]
}
