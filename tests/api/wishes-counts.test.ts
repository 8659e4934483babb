import { randomUUID } from 'node:crypto'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wholeDistrict } from '../../server/people/reach.ts'
import { ledgerOf } from '../../server/wishes/ledger.ts'
import type { WishCounts } from '../../shared/wishes/desk-api.ts'
import { kinds } from '../../shared/wishes/kinds.ts'
import { numbers } from '../load/answers.ts'
import { staff } from '../setup/app.ts'
import { readPdf } from '../unit/documents/pdf-reader.ts'
import { base, contact, openWishes, type Wishes } from './wishes-district.ts'

const DAY_MS = 86_400_000
const now = new Date('2026-11-22T04:00:00.000Z')

interface Made {
  community: string
  kind: (typeof kinds)[number]
  day: string
  state: 'open' | 'claimed' | 'fulfilled' | 'submitted'
  sponsor?: string
  toClaim?: number
  toFulfil?: number
  rating?: number | null
}

let house: Wishes
const made: Made[] = []

beforeAll(async () => {
  house = await openWishes({ now: () => now })
  const random = numbers(11)
  const sponsors = [house.volunteers.id, house.canteen.id]
  for (let at = 0; at < 120; at += 1) {
    const opened = new Date(Date.parse('2026-10-01T00:00:00+08:00') + at * 7 * 3_600_000)
    const state = (['open', 'claimed', 'fulfilled', 'fulfilled', 'submitted'] as const)[Math.floor(random() * 5)]!
    const one = {
      community: ['C001', 'C002', 'C003'][Math.floor(random() * 3)]!,
      kind: kinds[Math.floor(random() * 4)]!,
      day: new Date(opened.getTime() + 8 * 3_600_000).toISOString().slice(0, 10),
      state,
      ...(state === 'claimed' || state === 'fulfilled' ? { toClaim: random() * 20 } : {}),
      ...(state === 'fulfilled'
        ? {
            toFulfil: random() * 12,
            sponsor: sponsors[Math.floor(random() * 2)],
            rating: random() < 0.6 ? 1 + Math.floor(random() * 5) : null,
          }
        : {}),
    } satisfies Made
    made.push(one)
    await store(one, opened, at)
  }
}, 120_000)
afterAll(() => house?.stop())

/** As if it had been posted, claimed, perhaps let go and claimed again, and confirmed. */
async function store({ community, kind, state, toClaim, toFulfil, sponsor, rating }: Made, opened: Date, at: number) {
  const { wish } = await house.post({ community, kind, text: at === 3 ? '=HYPERLINK("http://a")' : `第${at}个心愿` })
  const after = (days: number) => new Date(opened.getTime() + days * DAY_MS)
  const first = toClaim === undefined ? null : after(toClaim)
  const again = after((toClaim ?? 0) + 3)
  const done = toFulfil === undefined ? null : new Date(again.getTime() + toFulfil * DAY_MS)
  await house.look(
    `update wishes set state = '${state}', created_at = '${opened.toISOString()}',
      opened_at = ${state === 'submitted' ? 'null' : `'${opened.toISOString()}'`},
      fulfilled_at = ${done ? `'${done.toISOString()}'` : 'null'}, rating = ${rating ?? 'null'} where id = '${wish}'`,
  )
  const claim = (by: string, from: Date, ended: string | null) =>
    house.look(
      `insert into claims (district_id, id, wish_id, sponsor_id, person_id, claimed_at, due_on, extended, reminded, ended_at, ended)
     values (1, '${randomUUID()}', '${wish}', '${by}', '${house.volunteers.members[0]!.id}', '${from.toISOString()}', '2026-12-01',
       false, 0, ${ended ? `'${again.toISOString()}', '${ended}'` : 'null, null'})`,
    )
  if (first) await claim(house.canteen.id, first, done || at % 2 ? 'released' : null)
  if (done) await claim(sponsor!, again, 'fulfilled')
}

/** Hyndman and Fan's seventh definition, as R has it. */
function quantile(values: number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) * share
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  return low === undefined ? null : low + (high! - low) * (at % 1)
}

function expected(of: Made[]): WishCounts {
  const toClaim = of.flatMap((one) => (one.toClaim === undefined ? [] : [one.toClaim]))
  const toFulfil = of.flatMap((one) => (one.toFulfil === undefined ? [] : [one.toFulfil]))
  const span = (values: number[]) => ({
    median: near(quantile(values, 0.5)),
    p90: near(quantile(values, 0.9)),
    n: values.length,
  })
  const fulfilled = of.filter(({ state }) => state === 'fulfilled').length
  return {
    ...{
      posted: of.length,
      open: of.filter(({ state }) => state === 'open').length,
      claimed: toClaim.length,
      fulfilled,
    },
    fulfilmentRate: toClaim.length > 0 ? near(fulfilled / toClaim.length) : null,
    ...{ toClaim: span(toClaim), toFulfil: span(toFulfil) },
  }
}
const near = (value: number | null) => (value === null ? null : expect.closeTo(value, 6)) as number | null

const read = (query = '', headers: Record<string, string> = staff) =>
  house.must('GET', `${base}/statistics${query}`, undefined, headers)
const inReach = (...codes: string[]) => made.filter(({ community }) => codes.includes(community))

test('all counts and times equal those of an independent computation, over all, by community and by kind', async () => {
  const { all, communities, kinds: byKind } = await read()
  expect(all).toEqual(expected(made))
  for (const { community, ...counts } of communities) expect(counts).toEqual(expected(inReach(community)))
  expect(communities.map(({ community }: { community: string }) => community)).toEqual(['C001', 'C002', 'C003'])
  for (const { kind, ...counts } of byKind) expect(counts).toEqual(expected(made.filter((one) => one.kind === kind)))
})

test('only what lies within reach is counted, and by the day it was posted in China', async () => {
  expect((await read('', house.secretary.headers)).all).toEqual(expected(inReach('C001')))
  expect((await read('', house.officer.headers)).all).toEqual(expected(inReach('C001', 'C002')))
  const [from, to] = ['2026-10-05', '2026-10-20']
  const chosen = inReach('C002').filter(({ day }) => from <= day && day <= to)
  expect(chosen.length).toBeGreaterThan(3)
  expect((await read(`?from=${from}&to=${to}`, house.neighbour.headers)).all).toEqual(expected(chosen))
  expect((await read('?from=2026-10-20&to=2026-10-05')).all).toEqual(expected([]))
})

test('organisations are ranked by what they fulfilled and rated by those who said so', async () => {
  const { sponsors } = await read()
  const own = [house.volunteers, house.canteen].map(({ id, name }) => {
    const deeds = made.filter(({ sponsor }) => sponsor === id)
    const rated = deeds.flatMap(({ rating }) => (rating ? [rating] : []))
    const rating = near(rated.reduce((sum, one) => sum + one, 0) / rated.length)
    return { sponsor: id, name, fulfilled: deeds.length, rating, rated: rated.length }
  })
  const order = own.sort((a, b) => b.fulfilled - a.fulfilled).map((one, at) => ({ rank: at + 1, ...one }))
  expect(sponsors).toEqual(order)
})

const download = (query: string, headers: Record<string, string>) =>
  house.app.inject({ method: 'GET', url: `/api${base}/wishes.xlsx${query}`, headers })

async function sheetOf(file: Buffer) {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(file as never)
  const sheet = book.getWorksheet('心愿台账')!
  const rows: unknown[][] = []
  sheet.eachRow((row) => rows.push((row.values as unknown[]).slice(1)))
  return { rows, sheet }
}

test('the ledger holds every wish within reach, no contact, and nothing that runs', async () => {
  const reply = await download('', house.secretary.headers)
  expect(reply.statusCode).toBe(200)
  const { rows, sheet } = await sheetOf(reply.rawPayload)
  expect(rows.length - 1).toBe(inReach('C001').length)
  const whole = await sheetOf((await download('', staff)).rawPayload)
  expect(whole.rows.length - 1).toBe(made.length)
  const risky = whole.rows.find((row) => row[0] === 4)!
  expect(risky[3]).toBe('=HYPERLINK("http://a")')
  expect(whole.sheet.getCell('D5').type).toBe(ExcelJS.ValueType.String)
  expect(sheet.getRow(1).values).not.toContain('联系方式')
  expect(JSON.stringify(whole.rows)).not.toMatch(new RegExp(contact))
  const [fulfilled] = await house
    .look(`select number, rating from wishes where state = 'fulfilled' order by number`)
    .then(({ rows }) => rows)
  const titles = whole.rows[0] as string[]
  const row = whole.rows.find(([number]) => number === fulfilled.number)!
  expect(row[titles.indexOf('状态')]).toBe('已办结')
  expect([house.volunteers.name, house.canteen.name]).toContain(row[titles.indexOf('共建单位')])
})

test('a ledger that would not fit is refused by name, and nothing of it is handed out', async () => {
  const district = { id: 1, code: 'YX', name: '以需区', demo: false }
  const asked = { district, districtId: 1, reach: wholeDistrict, at: now }
  await expect(ledgerOf(house.db, asked, made.length - 1)).rejects.toMatchObject({
    code: 'too_many_rows',
    status: 409,
  })
  const { file, rows } = await ledgerOf(house.db, asked, made.length)
  expect(rows).toBe(made.length)
  await file.close()
})

test('members and staff print what an organisation fulfilled, others find no such organisation', async () => {
  const url = (id: string) => `/districts/YX/sponsors/${id}/certificate`
  const print = (id: string, headers: Record<string, string>) =>
    house.app.inject({ method: 'GET', url: `/api${url(id)}`, headers: { 'sec-fetch-site': 'same-origin', ...headers } })
  const { id, members } = house.volunteers
  const printed = await print(id, members[1]!.headers)
  expect(printed.headers['content-type']).toBe('application/pdf')
  const text = readPdf(printed.rawPayload)
    .pages.map((page) => page.text)
    .join('')
    .replace(/\s/g, '')
  const own = made.filter(({ sponsor }) => sponsor === id)
  expect(text).toContain('和平里志愿队')
  expect(text).toContain(`办结微心愿${own.length}个`)
  for (const [kind, name] of [
    ['goods', '物品'],
    ['place', '场所'],
  ] as const)
    expect(text).toContain(`${name}${own.filter((one) => one.kind === kind).length}个`)
  const [, number] = /(YX-20261122-\w{4}-\w{4})/.exec(text)!
  const audited = await house.look(
    `select after from audit_entries where subject = 'sponsor:${id}' order by seq desc limit 1`,
  )
  expect(JSON.parse(audited.rows[0].after)).toEqual({ certificate: number, fulfilled: own.length })
  expect((await print(id, house.secretary.headers)).statusCode).toBe(200)
  expect((await print(id.toUpperCase(), members[1]!.headers)).statusCode).toBe(200)
  expect((await print(id, house.canteen.members[0]!.headers)).json().code).toBe('unknown_sponsor')
  expect((await print(randomUUID(), staff)).json().code).toBe('unknown_sponsor')
  const fresh = await house.organisation('新来的单位', [])
  expect((await print(fresh.id, staff)).json().code).toBe('nothing_fulfilled')
})
