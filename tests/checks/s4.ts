import { atLeast, type Check, judge, none, type Size, within } from './check.ts'
import type { Case } from './fuzz-cases.ts'
import { operationsOf } from './fuzz-operations.ts'
import { type Answer, sendAll } from './fuzz-send.ts'
import type { House } from './house.ts'
import { csvText, tableOf, upload } from './imports.ts'
import { injections } from './injections.ts'
import { headersFor, type Position, positionsOf } from './positions.ts'
import type { Request } from './s1-ask.ts'
import { forgive } from './s9-guess.ts'
import { type Staff, staffOf } from './staff.ts'

/** How many of the payloads each place gets; in turn, so that all of them come up somewhere. */
const counts = { test: 5, full: injections.length }
const SHIFT_MS = 1_000
/** What comes before the words of a payload could be told apart from an answer to nonsense. */
const nonsense = 'Zq'
/** Words that are written down, with an answer that tells something else. */
const recorded = ['query purpose']

interface Notes {
  sent: number
  broken: string[]
  late: string[]
  /** Answers that gave something else than for words that mean nothing. */
  more: string[]
}

/** SQL in every place where words may stand finds nothing, changes nothing, and no answer waits for it. */
export const s4: Check = async (house, size) => {
  const staff = await staffOf(house)
  const operations = (await operationsOf(house)).filter(({ path }) => path !== '/api/sign-out')
  const places = operations.flatMap((operation) => positionsOf(operation, staff.place))
  const notes: Notes = { sent: 0, broken: [], late: [], more: [] }
  const before = await standing(house)
  for (const [index, position] of places.entries()) await inject(house, staff, position, index, size, notes)
  await intoTables(house, notes)
  await forgive(house)
  const after = new Map(await standing(house))
  const lost = before.filter(([name, rows]) => (after.get(name) ?? -1) < rows).map(([name]) => name)
  const figures = [
    atLeast('places_for_words', places.length, 100),
    atLeast('calls', notes.sent, places.length * counts[size]),
    none('server_errors_or_sql_in_answers', notes.broken.length),
    none('other_rows_than_for_nonsense', notes.more.length),
    none('tables_that_lost_rows', lost.length),
    within('delayed_answers', notes.late.length, 0, 'times'),
  ]
  return judge('S4', size, figures, [...notes.broken, ...notes.more, ...lost, ...notes.late])
}

async function inject(
  house: House,
  staff: Staff,
  position: Position,
  at: number,
  size: Size,
  notes: Notes,
): Promise<void> {
  const { operation, where } = position
  const headers = headersFor(operation, house.key, staff.administrator.headers)
  const words = Array.from(
    { length: counts[size] },
    (_, index) => injections[(at * counts[size] + index) % injections.length] as string,
  )
  const cases = words.map((one) => caseOf(position.put(one), headers))
  const told = `${operation.method} ${operation.path} ${where}`
  const late: Case[] = []
  const wanted = operation.method === 'GET' ? await answerTo(house, caseOf(position.put(nonsense), headers)) : undefined
  await sendAll(
    house,
    cases,
    (one, answer) => {
      notes.sent += 1
      if (isBroken(answer))
        notes.broken.push(
          `${told}: ${answer.status} ${answer.body.toString().slice(0, 200)} <- ${one.path} ${one.body ?? ''}`,
        )
      if (answer.ms > SHIFT_MS) late.push(one)
      if (wanted && answer.status === 200 && !recorded.includes(where) && !answer.body.equals(wanted.body))
        notes.more.push(`${told}: ${answer.body.toString().slice(0, 200)} <- ${one.path}`)
    },
    { addresses: true, atOnce: operation.path.includes('briefs') ? 2 : 8 },
  )
  // A machine that does other things is late as well, but not twice and not alone.
  for (const one of late)
    if ((await answerTo(house, one)).ms > SHIFT_MS) notes.late.push(`${told}: ${one.path} ${one.body ?? ''}`)
}

function caseOf({ method, path, body }: Request, headers: Record<string, string>): Case {
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
  const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body))
  return { method, path, headers: { ...type, ...headers }, body: bytes, staff: false, sound: false }
}

async function answerTo(house: House, one: Case): Promise<Answer> {
  let found: Answer | undefined
  await sendAll(house, [one], (_one, answer) => {
    found = answer
  })
  return found as Answer
}

function isBroken({ status, body }: Answer): boolean {
  if (status === 503) return false
  return (
    status >= 500 ||
    status === 0 ||
    (status >= 400 &&
      /syntax error|SQLSTATE|unterminated|(relation|column|function) \\?"|PostgreSQL \d/i.test(body.toString()))
  )
}

/** The same words in the cells of a table. */
async function intoTables(house: House, notes: Notes): Promise<void> {
  const rows = injections.map((words, index) => ({ code: `Q${index}`, name: words.slice(0, 40), community: 'C001' }))
  const { status, body } = await upload(house, 'compounds', csvText(tableOf('compounds', rows)))
  if (status !== 200) notes.broken.push(`a table: ${status} ${body.slice(0, 300)}`)
}

/** Every table with the number of its rows; those that only count down by themselves are left out. */
async function standing(house: House): Promise<[table: string, rows: number][]> {
  return await house.inDatabase(async (pool) => {
    const { rows: tables } = await pool.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'
       AND tablename !~ '^(auth_session|auth_verification|sign_in_attempts|phone_codes|tally_outbox|grants|published_demand|demand_)'`,
    )
    const counted: [string, number][] = []
    for (const { name } of tables) {
      const { rows } = await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM "${name}"`)
      counted.push([name, rows[0]?.n ?? 0])
    }
    const active = await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM people WHERE status = 'active'`)
    return [...counted, ['people who are active', active.rows[0]?.n ?? 0]]
  })
}
