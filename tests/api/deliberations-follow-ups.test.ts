import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { forDistrict } from '../../server/db/database.ts'
import { remindOfFollowUps } from '../../server/deliberations/follow-up-reminders.ts'
import { chinaDay } from '../../server/platform/china-time.ts'
import { addJob } from '../../server/platform/jobs.ts'
import type { FollowUp } from '../../shared/deliberations/minutes-api.ts'
import { base, type Deliberations, openDeliberations } from './deliberations-district.ts'

let house: Deliberations
let room: string
beforeAll(async () => {
  house = await openDeliberations()
  room = (await house.open()).id
})
afterAll(() => house?.stop())

const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS)
const call = (method: string, path: string, body?: unknown, headers = house.secretary) =>
  house.call(method, `${base}/${room}/${path}`, body, headers)
const task = (more: object = {}) => ({
  ...{ text: '联系园林补种两棵树', owner: '社区居委会', dueOn: chinaDay(inDays(10)), statements: [] as string[] },
  ...{ question: null, ...more },
})
const add = async (more: object = {}): Promise<FollowUp> => {
  const { status, body } = await call('POST', 'follow-ups', { id: randomUUID(), ...task(more) })
  expect(status).toBe(201)
  return body
}
const change = ({ id, number: _, overdue: __, ...own }: FollowUp, more: object) =>
  call('PUT', `follow-ups/${id}`, { ...own, ...more })
const inbox = async (): Promise<{ text: string; link: string }[]> =>
  (await house.must('GET', '/me/notices', undefined, house.secretary)).notices

describe('a follow-up', () => {
  test('is written down once, numbered, with what it answers to', async () => {
    const { id: statement } = (await call('POST', 'statements/taken', { id: randomUUID(), text: '没有树荫' })).body
    const wish = { id: randomUUID(), ...task({ statements: [statement] }) }
    const first = await call('POST', 'follow-ups', wish)
    expect(first).toMatchObject({
      status: 201,
      body: { number: 1, state: 'open', revision: 1, outcome: null, overdue: false, statements: [statement] },
    })
    expect(await call('POST', 'follow-ups', wish)).toMatchObject({ status: 200, body: first.body })
    expect(await call('POST', 'follow-ups', { ...wish, owner: '别人' })).toMatchObject({
      status: 409,
      body: { code: 'same_follow_up' },
    })
    expect((await add()).number).toBe(2)
    expect((await call('GET', 'follow-ups')).body).toHaveLength(2)
  })

  test('answers only to what belongs to the deliberation, and is nobody else’s', async () => {
    const other = await house.open()
    const { id: elsewhere } = await house.must(
      'POST',
      `${base}/${other.id}/statements/taken`,
      { id: randomUUID(), text: '别处的话' },
      house.secretary,
    )
    const refused = async (more: object) =>
      (await call('POST', 'follow-ups', { id: randomUUID(), ...task(more) })).body.code
    expect(await refused({ statements: [elsewhere] })).toBe('unknown_statement')
    expect(await refused({ question: randomUUID() })).toBe('unknown_question')
    expect(await refused({ owner: '  ' })).toBe('bad_request')
    expect(await refused({ dueOn: '0000-01-01' })).toBe('bad_request')
    expect(await call('POST', 'follow-ups', { id: randomUUID(), ...task() }, house.neighbour)).toMatchObject({
      status: 404,
    })
    const theirs = await house.must('GET', '/districts/YX/follow-ups', undefined, house.neighbour)
    expect(theirs).toEqual([])
    const own = await add()
    const moved = await house.call('PUT', `${base}/${other.id}/follow-ups/${own.id}`, {
      ...{ revision: 1, state: 'open', outcome: null, ...task() },
    })
    expect(moved).toMatchObject({ status: 404, body: { code: 'unknown_follow_up' } })
  })

  test('goes from open to done with evidence or cannot with a reason, and may be taken up again', async () => {
    const own = await add()
    const under = await change(own, { state: 'in-progress' })
    expect(under).toMatchObject({ status: 200, body: { state: 'in-progress', revision: 2 } })
    expect((await change(under.body, { state: 'done' })).body.code).toBe('follow_up_needs_outcome')
    expect((await change(under.body, { state: 'done', outcome: '  ' })).body.code).toBe('follow_up_needs_outcome')
    const done = await change(under.body, { state: 'done', outcome: '已补种，见照片' })
    expect(done.body).toMatchObject({ state: 'done', outcome: '已补种，见照片', revision: 3 })
    expect((await change(done.body, { state: 'cannot', outcome: '没有苗' })).body.code).toBe('wrong_status')
    const again = await change(done.body, { state: 'in-progress' })
    expect(again.body).toMatchObject({ state: 'in-progress', outcome: null })
    const cannot = await change(again.body, { state: 'cannot', outcome: '地下有管线' })
    expect(cannot.body).toMatchObject({ state: 'cannot', outcome: '地下有管线' })
  })

  test('of two who change it the second is told', async () => {
    const own = await add()
    expect((await change(own, { owner: '物业' })).status).toBe(200)
    expect(await change(own, { owner: '街道' })).toMatchObject({ status: 409, body: { code: 'follow_up_changed' } })
    const listed = (await call('GET', 'follow-ups')).body as FollowUp[]
    expect(listed.find(({ id }) => id === own.id)?.owner).toBe('物业')
  })

  test('is listed over all deliberations while it is not settled, the most pressing first, and counted', async () => {
    await add({ dueOn: chinaDay(inDays(-2)), text: '早该办了' })
    const all = await house.must('GET', '/districts/YX/follow-ups', undefined, house.secretary)
    expect(all[0]).toMatchObject({ text: '早该办了', overdue: true, deliberation: room })
    expect(all.every(({ state }: FollowUp) => state === 'open' || state === 'in-progress')).toBe(true)
    const days = all.map(({ dueOn }: FollowUp) => dueOn)
    expect(days).toEqual([...days].sort())
    const listed = await house.must('GET', base, undefined, house.secretary)
    const own = listed.find(({ id }: { id: string }) => id === room)
    expect(own).toMatchObject({ unsettled: all.length, overdue: 1 })
  })
})

describe('whoever wrote a follow-up down hears of it', () => {
  test('three days before and once when its day is past, however often the job runs', async () => {
    const own = await add({ dueOn: chinaDay(inDays(30)), text: '量一量后院' })
    const mine = async () => (await inbox()).filter(({ text }) => text.includes('量一量后院'))
    const run = async (days: number) => {
      await remindOfFollowUps(house.app.db, inDays(days))
      await remindOfFollowUps(house.app.db, inDays(days))
      return (await mine()).length
    }
    expect(await run(26)).toBe(0)
    expect(await run(27)).toBe(1)
    expect((await mine())[0]).toMatchObject({ link: `/desk/deliberations/${room}/follow-ups` })
    expect((await mine())[0]?.text).toContain('还有3天到期')
    expect(await run(29)).toBe(1)
    expect(await run(31)).toBe(2)
    expect((await mine())[0]?.text).toContain('已过期1天')
    expect(await run(40)).toBe(2)

    await change(own, { dueOn: chinaDay(inDays(60)) })
    expect(await run(57)).toBe(3)
  })

  test('not where it is settled, nor where the key wrote it', async () => {
    const settled = await add({ dueOn: chinaDay(inDays(1)), text: '已经办好的事' })
    await change(settled, { state: 'done', outcome: '办好了' })
    await house.must('POST', `${base}/${room}/follow-ups`, {
      ...{ id: randomUUID(), ...task({ dueOn: chinaDay(inDays(1)), text: '无主的事' }) },
    })
    await remindOfFollowUps(house.app.db, inDays(0))
    expect((await inbox()).filter(({ text }) => /已经办好的事|无主的事/.test(text))).toEqual([])
  })

  test('by the job of every morning', async () => {
    await add({ dueOn: chinaDay(inDays(2)), text: '打电话问物业' })
    await addJob(forDistrict(house.app.db, 1), 'remind-follow-ups', { districtId: 1 })
    await vi.waitFor(async () => expect((await inbox()).some(({ text }) => text.includes('打电话问物业'))).toBe(true), {
      timeout: 15_000,
      interval: 100,
    })
  })
})
