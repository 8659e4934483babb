import { randomUUID } from 'node:crypto'
import { takingDown } from '../../shared/people/permissions.ts'
import { numbers, submissionOf } from '../load/answers.ts'
import { atLeast, type Check, judge, none } from './check.ts'
import { type Operation, operationsOf } from './fuzz-operations.ts'
import type { House } from './house.ts'
import { askAs, requestFor } from './s1-ask.ts'
import { expected, foreignMarks, marksIn, permissionFor, wrongIn } from './s1-expect.ts'
import { type Place, settle, type Walker, type World } from './s1-world.ts'

interface Notes {
  asked: number
  walked: Set<string>
  wrong: string[]
  foreign: string[]
  different: string[]
  ownSeen: number
}

/** Every operation of the server's own description, as everybody, in and out of their part: what is not theirs looks as if it were not there. */
export const s1: Check = async (house, size) => {
  const world = await settle(house)
  const operations = (await operationsOf(house)).sort(leavingLast)
  const notes: Notes = { asked: 0, walked: new Set(), wrong: [], foreign: [], different: [], ownSeen: 0 }
  const before = await rowsOf(house, 'BB')
  for (const walker of world.walkers.filter(({ district }) => district === 'AA'))
    await walk(house, world, operations, walker, notes)
  const changed = (await rowsOf(house, 'BB')).filter((line) => !before.includes(line))
  for (const walker of world.walkers.filter(({ district }) => district !== 'AA'))
    await walk(house, world, operations, walker, notes)
  const alive = await afterwards(house, world)
  const figures = [
    atLeast('operations', operations.length, 45),
    atLeast('requests', notes.asked, operations.length * world.walkers.length),
    none('operations_not_walked', operations.filter((one) => !notes.walked.has(nameOf(one))).length),
    none('wrong_outcomes', notes.wrong.length),
    none('foreign_marks', notes.foreign.length),
    none('foreign_unlike_absent', notes.different.length),
    atLeast('foreign_tables_watched', before.length, 15),
    none('foreign_tables_changed', changed.length),
    atLeast('own_marks_seen', notes.ownSeen, 100),
    none('alive_after_sign_out', alive.length),
  ]
  return judge('S1', size, figures, [...notes.wrong, ...notes.foreign, ...notes.different, ...changed, ...alive])
}

const nameOf = ({ method, path }: Operation) => `${method} ${path}`
const leaves = (one: Operation) => nameOf(one) === 'POST /api/sign-out'
const leavingLast = (one: Operation, other: Operation) => Number(leaves(one)) - Number(leaves(other))

async function walk(house: House, world: World, operations: Operation[], walker: Walker, notes: Notes): Promise<void> {
  await takeDown(house, world, walker, notes)
  for (const operation of operations) {
    const permission = permissionFor(operation)
    if (!permission) {
      notes.wrong.push(`${nameOf(operation)} has no entry in the table`)
      continue
    }
    const asked = new Set<string>()
    for (const place of world.places) {
      const request = requestFor(operation, place)
      if (asked.has(JSON.stringify(request))) continue
      asked.add(JSON.stringify(request))
      const reply = await askAs(house, walker.headers, request)
      notes.asked += 1
      const told = `${walker.name}: ${request.method} ${request.path}`
      const outcome = expected(operation, permission, walker, place)
      const wrong = wrongIn(operation, outcome, reply)
      if (wrong) notes.wrong.push(`${told}: ${wrong} ${reply.body.toString().slice(0, 200)}`)
      if (outcome === 'absent') {
        const absent = await askAs(house, walker.headers, requestFor(operation, nowhere(walker, place)))
        const same = absent.status === reply.status && absent.body.equals(reply.body)
        if (!same)
          notes.different.push(`${told}: ${reply.status} ${reply.body}, absent: ${absent.status} ${absent.body}`)
      }
      const foreign = [...foreignMarks(permission, walker, reply), ...sumsBeyond(operation, walker, reply)]
      if (foreign.length > 0) notes.foreign.push(`${told}: ${foreign.join(' ')}`)
      if (outcome === 'let in') notes.ownSeen += marksIn(reply.type, reply.body).length
    }
    notes.walked.add(nameOf(operation))
  }
}

/** A place like this one that does not exist: in another district where that is what is foreign, else in the walker's own. */
function nowhere({ district, kind }: Walker, place: Place): Place {
  if (kind === 'person' && district !== place.district) return { ...place, district: 'ZZ' }
  const made = { person: randomUUID(), deliberation: randomUUID(), consultation: randomUUID() }
  const wished = { wish: randomUUID(), station: randomUUID() }
  return { ...place, subdistrict: 'NO', community: 'NO', site: 'NO', ...made, ...wished }
}

/** Sums over areas that the walker does not hold as a whole: a sum tells of the rest. */
function sumsBeyond(
  { method, path }: Operation,
  { grants, kind }: Walker,
  { status, body }: { status: number; body: Buffer },
): string[] {
  if (method !== 'GET' || !path.endsWith('{district}/demand') || status !== 200 || kind !== 'person') return []
  const table = JSON.parse(body.toString()) as { district: unknown; subdistricts: { area: { code: string } }[] }
  const isWhole = grants.some(({ level }) => level === 'district')
  const held = new Set(grants.map(({ code }) => code))
  const beyond = table.subdistricts
    .filter(({ area }) => !isWhole && !held.has(area.code))
    .map(({ area }) => `sum of ${area.code}`)
  return table.district !== null && !isWhole ? [...beyond, 'sum of the district'] : beyond
}

/** Answers of a visit are taken from those who may, in their own part; residents' calls are the same address. */
async function takeDown(house: House, { places }: World, walker: Walker, notes: Notes): Promise<void> {
  const random = numbers(notes.asked)
  const visiting = { method: 'POST', path: '/{district}/{community}', parameters: [] } as unknown as Operation
  for (const place of places) {
    const path = `/api/districts/${place.district}/surveys/needs2026/responses`
    const body = submissionOf(random, [place.community], { channel: 'visit' }, false)
    const reply = await askAs(house, walker.headers, { method: 'POST', path, body })
    notes.asked += 1
    const outcome = expected(visiting, takingDown, walker, place)
    const right = outcome === 'let in' ? reply.status === 201 : reply.status === 403
    if (!right)
      notes.wrong.push(`${walker.name}: a visit in ${place.district} ${place.community}: ${reply.status} ${reply.body}`)
  }
}

/** Everything that the district holds, one line a table; who was seen when is nobody's doing. */
async function rowsOf(house: House, district: string): Promise<string[]> {
  return await house.inDatabase(async (pool) => {
    const { rows: tables } = await pool.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name = 'district_id' AND table_name NOT LIKE 'auth%'`,
    )
    const { rows } = await pool.query<{ id: number }>('SELECT id FROM districts WHERE code = $1', [district])
    const lines: string[] = []
    for (const { name } of tables.filter(({ name }) => !passing.includes(name))) {
      const text = `SELECT md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) AS sum FROM ${name} t WHERE district_id = $1`
      lines.push(`${name} ${(await pool.query<{ sum: string }>(text, [rows[0]?.id])).rows[0]?.sum}`)
    }
    return lines
  })
}

/** Tables that the server itself goes on writing after answers have come in, and what anybody's look at public results publishes. */
export const passing = ['published_demand', 'demand_snapshots', 'tallies', 'tally_versions', 'tally_outbox']

/** Who has signed out is nobody. */
async function afterwards(house: House, { walkers }: World): Promise<string[]> {
  const alive: string[] = []
  for (const { name, headers } of walkers.filter(({ kind }) => kind === 'person')) {
    const reply = await askAs(house, headers, { method: 'GET', path: '/api/me' })
    if (reply.status !== 401) alive.push(`${name} is still signed in: ${reply.status}`)
  }
  return alive
}
