import { randomInt, randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { base, type Deliberations, openDeliberations, type Phone } from './deliberations-district.ts'

/*
 * Somebody who may read the whole database, with what PostgreSQL keeps of each row: which transaction wrote it and where
 * it lies. Twelve people, who differ: half of them agree.
 */

const PEOPLE = 12
const ROUNDS = 6

type Row = Record<string, unknown> & { xmin: string; ctid: string }
type Dump = Map<string, Row[]>

let house: Deliberations
let room: string
let phones: Phone[]
/** Of each round: the question, what each of the people said in the order of voting, and the database during and after. */
const rounds: { id: string; said: string[]; casts: string[]; during: Dump; after: Dump }[] = []

beforeAll(async () => {
  house = await openDeliberations()
  room = (await house.open()).id
  phones = []
  for (let i = 0; i < PEOPLE; i += 1) phones.push(await house.phone(room))
  for (let i = 0; i < ROUNDS; i += 1) rounds.push(await round())
}, 180_000)
afterAll(() => house?.stop())

async function round() {
  const id = randomUUID()
  const questions = `${base}/${room}/questions`
  const wish = {
    ...{ id, kind: 'motion', title: '是否同意', item: null, options: [], picks: 0 },
    ...{ secret: true, rule: 'simple', quorum: null, requirement: null },
  }
  await house.must('POST', questions, wish, house.secretary)
  await house.must('PUT', `${questions}/${id}/state`, { state: 'open' }, house.secretary)
  const said = mixed(phones.map((_, i) => (i < PEOPLE / 2 ? 'agree' : 'disagree')))
  const casts: string[] = []
  for (const [i, { ticket }] of phones.entries()) {
    const cast = { id: randomUUID(), subject: id, choice: said[i] }
    casts.push(cast.id)
    await house.must('POST', `${questions}/${id}/votes`, { ticket, votes: [cast] }, {})
  }
  const during = await dump()
  await house.must('PUT', `${questions}/${id}/state`, { state: 'closed' }, house.secretary)
  return { id, said, casts, during, after: await dump() }
}

function mixed<T>(all: T[]): T[] {
  for (let i = all.length - 1; i > 0; i -= 1) {
    const j = randomInt(i + 1)
    ;[all[i], all[j]] = [all[j]!, all[i]!]
  }
  return all
}

/** Every row of every table, as the owner of the schema. */
async function dump(): Promise<Dump> {
  const client = new pg.Client(house.databaseUrl)
  await client.connect()
  try {
    await client.query('BEGIN; SET LOCAL yixu.district = 1')
    const tables = await client.query<{ name: string }>(
      `select relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and relkind = 'r' order by 1`,
    )
    const all: Dump = new Map()
    for (const { name } of tables.rows) {
      const { rows } = await client.query(`select xmin::text, ctid::text, t.* from "${name}" t order by ctid`)
      all.set(name, rows)
    }
    return all
  } finally {
    await client.end()
  }
}

const of = (dump: Dump, table: string, question: string) =>
  dump.get(table)!.filter(({ question_id }) => question_id === question)
const by = (key: string) => (a: Row, b: Row) => (String(a[key]) < String(b[key]) ? -1 : 1)
const later = (a: Row, b: Row) => Number(a.xmin) - Number(b.xmin)

/** How often a guess is right, over all people of all rounds; `guess` gives one for each of them in the order of voting. */
function rightly(guess: (round: (typeof rounds)[number]) => unknown[]): number {
  const hits = rounds.flatMap((one) => {
    const guesses = guess(one)
    return one.said.map((choice, i) => Number(guesses[i] === choice))
  })
  return hits.reduce((sum, hit) => sum + hit, 0) / hits.length
}

/** What each person said if both lists are in the same order. */
const inStep = (people: string[], choices: unknown[]) =>
  phones.map(({ participant }) => choices[people.indexOf(participant)])
const participants = (rows: Row[]) => rows.map(({ participant_id }) => String(participant_id))
const choicesOf = (rows: Row[]) => rows.map(({ choice }) => choice)

/** Four standard deviations of guessing 72 times by tossing a coin; wrong as often as that would tell as much as right. */
const CHANCE = 0.25

test('what is cast lies in the database as nobody can read it, and nothing else does', () => {
  for (const { id, casts, during } of rounds) {
    const sealed = of(during, 'sealed_ballots', id)
    expect(sealed).toHaveLength(PEOPLE)
    expect(new Set(sealed.map((row) => (row.sealed as Buffer).length)).size).toBe(1)
    for (const table of ['votes', 'vote_log', 'ballots', 'hand_counts']) expect(of(during, table, id)).toEqual([])
    const words = [...during].map(([table, rows]) => `${table} ${JSON.stringify(rows)}`).join('\n')
    expect(casts.filter((cast) => words.includes(cast))).toEqual([])
  }
})

test('whoever joins the roll with the box while it is open finds who sealed which ballot, and cannot open one', () => {
  const linked = rounds.flatMap(({ id, during, said }) => {
    const sealed = of(during, 'sealed_ballots', id)
    return of(during, 'ballot_roll', id).map(({ xmin, participant_id }) => {
      const same = sealed.filter((row) => row.xmin === xmin)
      const who = phones.findIndex(({ participant }) => participant === participant_id)
      return { same: same.length, sealed: same[0]!.sealed as Buffer, said: said[who]! }
    })
  })
  // The attack is a real one: the link is there, what it leads to is not.
  expect(linked.every(({ same }) => same === 1)).toBe(true)
  expect(new Set(linked.map(({ sealed }) => sealed.toString('hex'))).size).toBe(linked.length)
  const agreed = linked.filter(({ said }) => said === 'agree').length
  // No byte of what is sealed goes with what it says: neither its highest bit nor whether it is even.
  for (const bit of [0x80, 1])
    for (let at = 1; at < linked[0]!.sealed.length; at += 1) {
      const hits = linked.filter(({ sealed, said }) => ((sealed[at]! & bit) !== 0) === (said === 'agree')).length
      expect(Math.abs(hits / linked.length - 0.5), `byte ${at}`).toBeLessThan(0.3)
    }
  expect(agreed).toBe((PEOPLE * ROUNDS) / 2)
})

test('afterwards one transaction has written all of it, and nothing leads from a person to a ballot', () => {
  for (const { id, during, after } of rounds) {
    const roll = of(after, 'ballot_roll', id)
    const box = of(after, 'ballots', id)
    expect([roll.length, box.length, of(after, 'sealed_ballots', id).length]).toEqual([PEOPLE, PEOPLE, 0])
    expect(new Set([...roll, ...box].map(({ xmin }) => xmin)).size).toBe(1)
    expect(Object.keys(box[0]!).sort()).toEqual(['choice', 'ctid', 'district_id', 'id', 'question_id', 'xmin'])
    expect(Object.keys(roll[0]!).sort()).toEqual([
      'channel',
      'ctid',
      'district_id',
      'participant_id',
      'question_id',
      'xmin',
    ])
    const ids = box.map((row) => String(row.id))
    const elsewhere = [...after].filter(([table]) => table !== 'ballots').map(([, rows]) => JSON.stringify(rows))
    const before = [...during].map(([, rows]) => JSON.stringify(rows))
    expect(ids.filter((one) => [...elsewhere, ...before].some((words) => words.includes(one)))).toEqual([])
    // Rows lie where there is room, not in the order in which they came.
    const entries = after.get('audit_entries')!.toSorted((a, b) => Number(a.seq) - Number(b.seq))
    const about = entries.filter(({ subject }) => subject === `question:${id}`)
    expect(about.map(({ action }) => String(action).split('/').at(-1))).toEqual(['questions', 'state', 'state'])
  }
})

test.each<[string, (one: (typeof rounds)[number]) => unknown[]]>([
  [
    'where rows lie',
    ({ id, after }) => inStep(participants(of(after, 'ballot_roll', id)), choicesOf(of(after, 'ballots', id))),
  ],
  ['the order of voting and where ballots lie', ({ id, after }) => choicesOf(of(after, 'ballots', id))],
  ['the order of voting and of ids', ({ id, after }) => choicesOf(of(after, 'ballots', id).sort(by('id')))],
  [
    'the order of ids of people and of ballots',
    ({ id, after }) =>
      inStep(
        participants(of(after, 'ballot_roll', id).sort(by('participant_id'))),
        choicesOf(of(after, 'ballots', id).sort(by('id'))),
      ),
  ],
  [
    'the order in which the box was filled, and where ballots lie now',
    ({ id, during, after }) =>
      inStep(participants(of(during, 'ballot_roll', id).sort(later)), choicesOf(of(after, 'ballots', id))),
  ],
  [
    'the order of ids of what was sealed, and where ballots lie now',
    ({ id, during, after }) => {
      const roll = of(during, 'ballot_roll', id)
      const sealed = of(during, 'sealed_ballots', id).sort(by('id'))
      const people = sealed.map(({ xmin }) => String(roll.find((row) => row.xmin === xmin)!.participant_id))
      return inStep(people, choicesOf(of(after, 'ballots', id)))
    },
  ],
  [
    'the transaction that wrote both',
    ({ id, after }) => {
      const box = of(after, 'ballots', id)
      const written = new Map(of(after, 'ballot_roll', id).map((row) => [String(row.participant_id), row.xmin]))
      return phones.map(({ participant }) => box.find(({ xmin }) => xmin === written.get(participant))!.choice)
    },
  ],
  [
    'how many had voted at which moment',
    ({ id, after }) => {
      const told = after.get('deliberation_events')!.filter(({ body }) => JSON.stringify(body).includes(id))
      const moments = told.map(({ at }) => (at as Date).getTime())
      const box = of(after, 'ballots', id).sort(by('id'))
      return phones.map((_, i) => box[moments[i % moments.length]! % box.length]!.choice)
    },
  ],
])('who said what cannot be guessed from %s', (_, guess) => {
  expect(Math.abs(rightly(guess) - 0.5)).toBeLessThan(CHANCE)
})

test('a box that kept the order of voting would have been seen through', () => {
  expect(
    rightly(({ said }) =>
      inStep(
        phones.map(({ participant }) => participant),
        said,
      ),
    ),
  ).toBe(1)
})
