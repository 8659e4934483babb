import { unzipSync } from 'fflate'
import { maySee, within } from '../../shared/people/manage.ts'
import { type Permission, permissions } from '../../shared/people/permissions.ts'
import type { Grant, Node } from '../../shared/people/roles.ts'
import type { Operation } from './fuzz-operations.ts'
import type { Reply } from './s1-ask.ts'
import { markOf, type Place, subdistrictOf, type Walker } from './s1-world.ts'

/** How a call is to be answered: by its handler, or at the door. */
export type Outcome = 'let in' | 'sign in' | 'not permitted' | 'absent'

/** What the table says about an operation of the OpenAPI document. */
export function permissionFor({ method, path }: Operation): Permission | undefined {
  return permissions[`${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`]
}

/** What the table, read by hand, makes of a call about a place. Nobody in the walk has made an export or holds a wish: there is none to be found. */
export function expected(operation: Operation, permission: Permission, walker: Walker, place: Place): Outcome {
  const outcome = atDoorOf(operation, permission, walker, place)
  const others = walker.grants.some(({ role }) => role === 'sponsor') ? /\/(contact|certificate)$/ : /\/contact$/
  return outcome === 'let in' && (operation.path.includes('{export}') || others.test(operation.path))
    ? 'absent'
    : outcome
}

function atDoorOf(operation: Operation, { may, at }: Permission, walker: Walker, place: Place): Outcome {
  if (may === 'anyone') return 'let in'
  if (walker.kind === 'nobody') return 'sign in'
  if (walker.kind === 'key') return may === 'signed-in' ? 'sign in' : 'let in'
  if (may === 'signed-in') return 'let in'
  const held = may === 'key' ? [] : walker.grants.filter(({ role }) => may.includes(role))
  if (held.length === 0) return 'not permitted'
  if (at === 'none') return 'let in'
  if (walker.district !== place.district) return 'absent'
  if (at === 'district' && held.every(({ level }) => level !== 'district')) return 'not permitted'
  // Where a meeting is held, a wish is for or a station stands is found by its handler; organisations claim wherever they like.
  const isFound = /\{(deliberation|wish|station)\}/.test(operation.path) && held.some(({ role }) => role !== 'sponsor')
  const isPlaced = at === 'place' || isFound
  if (isPlaced && !held.some((grant) => within(nodeOf(operation, place), grant, subdistrictOf))) return 'absent'
  if (operation.path.includes('{person}') && !maySee(walker.grants, place.grants, subdistrictOf)) return 'absent'
  return 'let in'
}

function nodeOf({ path }: Operation, { subdistrict, community }: Place): Node {
  return path.includes('{subdistrict}')
    ? { level: 'subdistrict', code: subdistrict }
    : { level: 'community', code: community }
}

/** Refusals at the door; everything else is a handler's own. */
const atDoor = ['sign_in_needed', 'key_needed', 'not_permitted', 'first_finish', 'cross_site']
const codes: Record<Outcome, string | undefined> = {
  'let in': undefined,
  'sign in': 'sign_in_needed',
  'not permitted': 'not_permitted',
  absent: undefined,
}
const statuses: Record<Outcome, number> = { 'let in': 200, 'sign in': 401, 'not permitted': 403, absent: 404 }

/** What is wrong with how a call was answered, or undefined. */
export function wrongIn({ method }: Operation, outcome: Outcome, { status, type, body }: Reply): string | undefined {
  const code = type.startsWith('application/json')
    ? (JSON.parse(body.toString()) as { code?: string } | null)?.code
    : ''
  const seen = `${status} ${code ?? ''}`
  if (status >= 500) return `${seen} instead of being ${outcome}`
  if (outcome === 'let in') {
    const refused = method === 'GET' ? status !== 200 : atDoor.includes(code ?? '')
    return refused ? `${seen} instead of being let in` : undefined
  }
  const named = codes[outcome] === undefined || codes[outcome] === code
  return status === statuses[outcome] && named ? undefined : `${seen} instead of ${outcome}`
}

/** Marks in an answer that are none of the walker's business. */
export function foreignMarks(permission: Permission, walker: Walker, reply: Reply): string[] {
  if (permission.may === 'anyone' || walker.kind !== 'person') return []
  const roles: readonly string[] = typeof permission.may === 'string' ? [] : permission.may
  const held = walker.grants.filter(({ role }) => roles.includes(role))
  return marksIn(reply.type, reply.body).filter((mark) => !isOwn(mark, held, walker))
}

function isOwn(mark: string, held: Grant[], { district, grants }: Walker): boolean {
  const [, of, kind = '', code = ''] = /^印([A-Z]{2})([人行]?)(\w+)记$/.exec(mark) ?? []
  if (of !== district) return false
  // People are listed by those who look after them; walkers see themselves.
  if (kind === '行') return markOf(district, `行${grants[0]?.role}`) === mark || maySeeWalkers(grants)
  if (kind === '人') return maySee(grants, [{ role: 'fieldworker', level: 'community', code }], subdistrictOf)
  const isSubdistrict = code.startsWith('S')
  const node: Node = { level: isSubdistrict ? 'subdistrict' : 'community', code }
  return held.some(
    // Whoever works in a community knows what its subdistrict is called.
    (grant) => within(node, grant, subdistrictOf) || (isSubdistrict && subdistrictOf(grant.code) === code),
  )
}

/** Walkers are granted something at or above C001, and every level has somebody there to look after. */
const maySeeWalkers = (grants: Grant[]) =>
  grants.some(({ role }) => ['administrator', 'auditor', 'officer', 'secretary'].includes(role))

/** Marks in a text, in a Word or Excel file or in a ZIP of those. */
export function marksIn(type: string, body: Buffer): string[] {
  const text = /zip|openxmlformats/.test(type) ? unpacked(body) : body.toString()
  return [...new Set(text.match(/印[A-Z]{2}[人行]?\w+记/g) ?? [])]
}

function unpacked(body: Uint8Array): string {
  const parts = Object.entries(unzipSync(body)).map(([name, part]) => {
    const isPacked = /\.(docx|xlsx|zip)$/.test(name)
    return `${name}\n${isPacked ? unpacked(part) : Buffer.from(part).toString()}`
  })
  return parts.join('\n')
}
