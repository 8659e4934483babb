import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { addJob } from '../../server/platform/jobs.ts'
import { dayTurns, remindsOfWishes } from '../../server/wishes/deadlines.ts'
import { daysAfter } from '../../shared/wishes/deadlines.ts'
import { base, courierPhone, type Headers, openWishes, type Wishes } from './wishes-district.ts'

const DAY_MS = 86_400_000
const start = '2026-11-23'
/** Ten in the morning in China, so many days later. */
const day = (days: number) => new Date(Date.parse(`${start}T02:00:00Z`) + days * DAY_MS)

let now = day(0)
let house: Wishes
beforeAll(async () => {
  house = await openWishes({ now: () => now })
  await house.look(`update sponsors set fallback_for = 'C001' where id = '${house.canteen.id}'`)
})
afterAll(() => house?.stop())

/** Has the queue do a job as its clock would, and waits until it is done. */
async function run(job: string): Promise<void> {
  await addJob(house.app.db, job, { districtId: 1 })
  const left = () => house.app.pg.query('select last_error from graphile_worker._private_jobs')
  await vi.waitFor(async () => expect((await left()).rows).toEqual([]), { timeout: 15_000, interval: 30 })
}

const who = (): Headers => house.volunteers.members[0]!.headers
const call = (wish: string, what: string, body: object = {}, headers = who()) =>
  house.call('POST', `${base}/${wish}/${what}`, body, headers)
const claimed = async (more: object = {}) => {
  const posted = await house.open(more)
  expect((await call(posted.wish, 'claims', { id: randomUUID() })).status).toBe(201)
  return posted
}
const state = async (wish: string) => {
  const { rows } = await house.look(
    `select w.state, w.fallback, w.opened_at, (select count(*)::int from claims c where c.wish_id = w.id and ended_at is null) as live
     from wishes w where id = '${wish}'`,
  )
  return rows[0]
}
/** How often somebody was told about a wish, in the inbox and by text message. */
const told = async (number: number, person: string, phone: string) => {
  const { rows } = await house.look(`select text from notices where person_id = '${person}'`)
  const about = ({ text }: { text: string }) => text.includes(`第 ${number} 号`)
  const messages = (await house.app.sms.outbox(1)).filter((sms) => sms.phone === phone)
  return [rows.filter(about).length, messages.filter(about).length]
}
const holder = (number: number) => told(number, house.volunteers.members[0]!.id, house.volunteers.members[0]!.phone)
const staff = async (number: number) => (await told(number, house.secretary.id, ''))[0]

test('a claim that is not kept in time goes back to the board by itself, and all who must know hear of it once', async () => {
  now = day(0)
  const { wish, number } = await claimed()
  const { opened_at } = await state(wish)
  const before = await holder(number)
  now = day(14)
  await run(dayTurns)
  expect(await state(wish)).toMatchObject({ state: 'claimed', live: 1 })
  now = day(15)
  await Promise.all([run(dayTurns), run(dayTurns)])
  expect(await state(wish)).toEqual({ state: 'open', fallback: true, opened_at, live: 0 })
  const { rows } = await house.look(`select ended, ended_at from claims where wish_id = '${wish}'`)
  expect(rows).toEqual([{ ended: 'expired', ended_at: now }])
  expect(await holder(number)).toEqual(before.map((n) => n + 1))
  const [fallback] = house.canteen.members
  expect(await told(number, fallback!.id, fallback!.phone)).toEqual([1, 1])
  expect(await staff(number)).toBe(1)
  expect((await house.call('GET', `${base}/${wish}/contact`, undefined, who())).status).toBe(404)
  const steps = await house.look(
    `select step, role, actor from wish_steps where wish_id = '${wish}' order by seq desc limit 1`,
  )
  expect(steps.rows).toEqual([{ step: 'expire', role: 'clock', actor: 'system' }])
  await call(wish, 'claims', { id: randomUUID() }, fallback!.headers)
  expect(await state(wish)).toMatchObject({ state: 'claimed', fallback: false, live: 1 })
  await call(wish, 'release', { reason: '收尾' }, fallback!.headers)
})

test('reminds at half time and two days before, once each, also where mornings were missed', async () => {
  now = day(0)
  const { wish, number } = await claimed()
  const each = async (days: number) => {
    now = day(days)
    await run(remindsOfWishes)
    await run(remindsOfWishes)
    return await holder(number)
  }
  expect([await each(6), await each(7), await each(8), await each(11), await each(12), await each(13)]).toEqual(
    [0, 1, 1, 1, 2, 2].map((n) => [n, n]),
  )
  await call(wish, 'extension', { reason: '周末才有空' })
  expect([await each(14), await each(19), await each(21)]).toEqual([2, 3, 3].map((n) => [n, n]))
  await call(wish, 'release', { reason: '收尾' })
  now = day(0)
  const missed = await claimed()
  now = day(13)
  await run(remindsOfWishes)
  expect(await holder(missed.number)).toEqual([1, 1])
  await call(missed.wish, 'release', { reason: '收尾' })
})

test('lets wishes lapse that nobody took by the day they were needed, and tells whoever wished', async () => {
  now = day(0)
  const neededBy = daysAfter(start, 3)
  const [open, waiting, held] = [
    await house.open({ neededBy }),
    await house.post({ neededBy }),
    await claimed({ neededBy }),
  ]
  now = day(3)
  await run(dayTurns)
  expect((await state(open.wish)).state).toBe('open')
  now = day(4)
  await run(dayTurns)
  await run(dayTurns)
  expect((await state(open.wish)).state).toBe('lapsed')
  expect((await state(waiting.wish)).state).toBe('lapsed')
  expect((await state(held.wish)).state).toBe('claimed')
  const { rows } = await house.look(`select contact, name from wishes where id = '${open.wish}'`)
  expect(rows).toEqual([{ contact: null, name: null }])
  const courier = (await house.look(`select id from people where username = 'qishou'`)).rows[0].id
  // That it was put on the board, and that it lapsed.
  expect((await told(open.number, courier, courierPhone))[0]).toBe(2)
  await call(held.wish, 'release', { reason: '收尾' })
})

test('asks staff once to confirm what nobody has confirmed for a week, also where days were missed', async () => {
  now = day(0)
  const { wish, number } = await claimed()
  await house.look(`update wishes set state = 'delivered' where id = '${wish}'`)
  await house.look(`update claims set delivered_at = '${day(1).toISOString()}' where wish_id = '${wish}'`)
  const each = async (days: number) => {
    now = day(days)
    await run(remindsOfWishes)
    await run(dayTurns)
    return await staff(number)
  }
  expect([await each(7), await each(10), await each(11), await each(40)]).toEqual([0, 1, 1, 1])
  expect((await state(wish)).state).toBe('delivered')
})

test('a claim that runs out while its holder lengthens it or gives it back ends once', async () => {
  for (const [what, ended] of [
    ['release', ['released', 'expired']],
    ['extension', ['expired', null]],
  ] as const) {
    now = day(0)
    const wishes: string[] = []
    for (let i = 0; i < 4; i += 1) wishes.push((await claimed()).wish)
    now = day(15)
    const asked = wishes.map((wish) => call(wish, what, { reason: '来不及' }))
    const [answers] = await Promise.all([Promise.all(asked), run(dayTurns)])
    for (const [i, wish] of wishes.entries()) {
      expect([200, 409]).toContain(answers[i]!.status)
      const { rows } = await house.look(`select ended from claims where wish_id = '${wish}'`)
      expect(rows.length).toBe(1)
      expect(ended).toContain(rows[0].ended)
      const wentThrough = rows[0].ended === (what === 'release' ? 'released' : null)
      expect(answers[i]!.status).toBe(wentThrough ? 200 : 409)
      const { rows: steps } = await house.look(`select step from wish_steps where wish_id = '${wish}' order by seq`)
      expect(steps.length).toBe(4)
      if (rows[0].ended === null) await call(wish, 'release', { reason: '收尾' })
    }
  }
})

test('one that fails keeps no other waiting, whatever is due for it, and what ended stands on no fallback list', async () => {
  now = day(0)
  const neededBy = daysAfter(start, 3)
  const [broken, late] = [await claimed(), await claimed({ neededBy })]
  const open = await house.open({ neededBy })
  const owner = new pg.Client(house.databaseUrl)
  await owner.connect()
  onTestFinished(() => owner.end())
  await owner.query(`alter table claims add constraint broken check (wish_id <> '${broken.wish}' or ended is null)`)
  now = day(16)
  await addJob(house.app.db, dayTurns, { districtId: 1 })
  const states = async () => [(await state(late.wish)).state, (await state(open.wish)).state]
  await vi.waitFor(async () => expect(await states()).toEqual(['lapsed', 'lapsed']), { timeout: 15_000, interval: 30 })
  expect(await state(late.wish)).toMatchObject({ fallback: false, live: 0 })
  expect((await state(broken.wish)).state).toBe('claimed')
  await owner.query('alter table claims drop constraint broken')
  await owner.query('update graphile_worker._private_jobs set run_at = now()')
  await run(dayTurns)
  expect(await state(broken.wish)).toMatchObject({ state: 'open', fallback: true, live: 0 })
})

test('a claim that nobody looked at for long is lengthened from today on', async () => {
  now = day(0)
  const { wish } = await claimed()
  now = day(40)
  const { status, body } = await call(wish, 'extension', { reason: '机房停电' })
  expect([status, body.dueOn]).toEqual([200, daysAfter(start, 47)])
  await call(wish, 'release', { reason: '收尾' })
})
