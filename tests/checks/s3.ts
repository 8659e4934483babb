import fc from 'fast-check'
import { definition, numbers, submissionOf } from '../load/answers.ts'
import { objection } from './answers-judge.ts'
import { recounted } from './audit.ts'
import { atLeast, type Check, judge, none, type Size, within } from './check.ts'
import { type Case, casesOf, type Known } from './fuzz-cases.ts'
import { type Operation, operationsOf } from './fuzz-operations.ts'
import { type Answer, faultsOf, sendAll } from './fuzz-send.ts'
import type { House } from './house.ts'
import { importRows } from './imports.ts'
import { heldIn } from './s1-world.ts'
import { wishedIn } from './wished.ts'

const SEEDS = [1, 20_261_121, 777_777_777]
const sizes = { test: { submissions: 120, others: 15 }, full: { submissions: 3_334, others: 334 } }
const SLOW_MS = 2_000
/** How many requests are made up at a time: some are large. */
const PORTION = 250

interface Notes {
  faults: string[]
  slowestMs: number
  sent: number
}

/** Requests made from the server's own description, bent and broken: it refuses by name, never breaks, and takes nothing in that it should not. */
export const s3: Check = async (house, size) => {
  const known = await settle(house)
  const operations = await operationsOf(house)
  const submitting = operations.find(
    ({ path, method }) => method === 'POST' && path.endsWith('/responses'),
  ) as Operation
  const notes: Notes = { faults: [], slowestMs: 0, sent: 0 }
  const before = await countStored(house)
  const intake = await fuzzIntake(known, submitting, size, notes)
  const stored = (await countStored(house)) - before
  const { different } = await recounted(house)
  for (const operation of operations) if (operation !== submitting) await fuzz(known, operation, size, notes)
  const alive = await fetch(new URL('/readyz', house.url))
  const count = (start: string) => notes.faults.filter((fault) => fault.includes(`: ${start}`)).length
  const figures = [
    atLeast('operations', operations.length, 20),
    atLeast(
      'requests',
      notes.sent,
      SEEDS.length * (sizes[size].submissions + sizes[size].others * (operations.length - 1)),
    ),
    none('server_errors', count('server error') + count('cut off')),
    none('off_schema', count('off schema')),
    none('leaks', count('leak')),
    atLeast('taken_in', intake.made.size, SEEDS.length),
    none('wrongly_taken_in', intake.wronglyTaken.length),
    none('wrongly_refused', intake.wronglyRefused.length),
    none('stored_without_receipt', Math.abs(stored - intake.made.size)),
    none('tally_differences', different),
    none('not_ready_afterwards', alive.ok ? 0 : 1),
    within('slowest', notes.slowestMs, SLOW_MS),
  ]
  return judge('S3', size, figures, [...intake.wronglyTaken, ...intake.wronglyRefused, ...notes.faults])
}

/** A site, so that briefs can be asked for, and the codes of all that exists. */
async function settle(house: House): Promise<Known> {
  const [community = ''] = house.communities
  await importRows(house, 'sites', [{ code: 'FUZZ', community }])
  const read = await fetch(new URL('/api/districts/YX/catalogue', house.url))
  const { catalogue } = (await read.json()) as Pick<Known, 'catalogue'>
  const codes = {
    ...{ district: ['YX'], survey: ['needs2026'], community: house.communities, site: ['FUZZ'], edition: ['1', '2'] },
    'survey to change': ['fuzz'],
    ...(await meetings(house, community)),
    ...(await wishes(house, community)),
  }
  return { house, catalogue, codes }
}

/** Something to be found at the addresses of meetings, and a meeting of its own for what changes it. */
async function meetings(house: House, community: string): Promise<Record<string, string[]>> {
  const here = '/api/districts/YX'
  const { consultation, ...read } = await heldIn(house, here, community, '居民座谈会')
  const changed = await heldIn(house, here, community, '另一次座谈会')
  const codes = Object.fromEntries(Object.entries(read).map(([name, id]) => [name, [id]]))
  return {
    ...codes,
    'deliberation to change': [changed.consultation, changed.deliberation],
    consultation: [consultation],
  }
}

/** A wish that was fulfilled and what belongs to it, and others for what changes them. */
async function wishes(house: House, community: string): Promise<Record<string, string[]>> {
  const read = await wishedIn(house, 'YX', community, '想有个歇脚的地方')
  const { wish, sponsor, station } = await wishedIn(house, 'YX', house.communities[1] ?? community, '想要一盏路灯')
  const changed = { wish, sponsor, station }
  return Object.fromEntries([
    ...Object.entries(read).map(([name, id]) => [name, [id]]),
    ...Object.entries(changed).map(([name, id]) => [`${name} to change`, [id]]),
  ])
}

async function fuzz(known: Known, operation: Operation, size: Size, notes: Notes): Promise<void> {
  // These take turns on purpose, and ask whoever comes fifth to wait.
  const heavy = /briefs|imports?/.test(operation.path)
  const options = { atOnce: heavy ? 2 : 8, addresses: operation.path.endsWith('/withdrawals') }
  await each(known, operation, sizes[size].others, notes, () => undefined, options)
}

interface Intake {
  /** Ids of answers that were acknowledged as new. */
  made: Set<string>
  wronglyTaken: string[]
  wronglyRefused: string[]
}

async function fuzzIntake(known: Known, submitting: Operation, size: Size, notes: Notes): Promise<Intake> {
  const intake: Intake = { made: new Set(), wronglyTaken: [], wronglyRefused: [] }
  // Submissions go to the survey that exists.
  const open = { ...known, codes: { ...known.codes, 'survey to change': ['needs2026'] } }
  const { communities } = known.house
  const look = (one: Case, { status, body }: Answer) => {
    const text = one.body?.toString() ?? ''
    if (status === 200 || status === 201) {
      const wrong = objection(text, definition, { communities, staff: one.staff })
      if (wrong) intake.wronglyTaken.push(`taken in: ${wrong} ${text.slice(0, 300)}`)
      const { id } = JSON.parse(body.toString()) as { id: string }
      if (status === 201 && intake.made.has(id)) intake.wronglyTaken.push(`made twice: ${id}`)
      if (status === 201) intake.made.add(id)
    } else if (one.sound && status !== 409 && !objectionOf(text, communities, one.staff)) {
      intake.wronglyRefused.push(`refused: ${status} ${body.toString().slice(0, 200)} ${text.slice(0, 300)}`)
    }
  }
  await each(open, submitting, sizes[size].submissions, notes, look)
  const plain = submissionOf(numbers(1), communities)
  await sendAll(known.house, [{ ...plainCase, body: Buffer.from(JSON.stringify(plain)) }], look)
  return intake
}

const plainCase: Case = {
  method: 'POST',
  path: '/api/districts/YX/surveys/needs2026/responses',
  headers: { 'content-type': 'application/json' },
  staff: false,
  sound: true,
}

function objectionOf(text: string, communities: string[], staff: boolean): string | undefined {
  return objection(text, definition, { communities, staff })
}

async function each(
  known: Known,
  operation: Operation,
  times: number,
  notes: Notes,
  look: (one: Case, answer: Answer) => void,
  options = {},
): Promise<void> {
  const cases = casesOf(operation, known)
  const judgeOne = (one: Case, answer: Answer) => {
    notes.sent += 1
    notes.slowestMs = Math.max(notes.slowestMs, answer.ms)
    const asked = `${one.method} ${one.path.slice(0, 150)} ${one.headers['content-type'] ?? ''} ${one.body?.toString().slice(0, 300) ?? ''}`
    const slow = answer.ms > SLOW_MS ? [`slow: ${Math.round(answer.ms)} ms`] : []
    for (const fault of [...faultsOf(operation, answer), ...slow])
      notes.faults.push(`${operation.method} ${operation.path}: ${fault} <- ${asked}`)
    look(one, answer)
  }
  for (const seed of SEEDS) {
    for (let from = 0; from < times; from += PORTION) {
      const drawn = fc.sample(cases, { numRuns: Math.min(PORTION, times - from), seed: seed + from })
      await sendAll(known.house, drawn, judgeOne, options)
    }
  }
}

function countStored(house: House): Promise<number> {
  return house.inDatabase(async (pool) => {
    const { rows } = await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM responses')
    return rows[0]?.n ?? 0
  })
}
