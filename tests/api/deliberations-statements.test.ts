import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { base, type Deliberations, openDeliberations, type Phone } from './deliberations-district.ts'
import { forum } from './deliberations-plans.ts'

let house: Deliberations
let id: string
let items: { id: string }[]
let phone: Phone
beforeAll(async () => {
  house = await openDeliberations()
  const planned = await house.open()
  id = planned.id
  items = planned.plan.agenda
  phone = await house.phone(id)
})
afterAll(() => house?.stop())

const at = (path: string, deliberation = id) => `${base}/${deliberation}/statements${path}`
const write = (text: string, more: object = {}, by = phone.ticket, deliberation = id) =>
  house.call('POST', at('', deliberation), { id: randomUUID(), ticket: by, text, ...more }, {})
const written = async (text: string, more: object = {}) => {
  const { status, body } = await write(text, more)
  expect(status, JSON.stringify(body)).toBe(201)
  return body as { statement: string; number: number }
}
const desk = (method: string, path: string, body?: unknown) => house.call(method, at(path), body, house.secretary)
const shown = async (text: string, more: object = {}) => {
  const { statement } = await written(text, more)
  await house.must('PUT', at(`/${statement}/state`), { state: 'shown' }, house.secretary)
  return statement
}
const room = async () => await house.must('GET', `${base}/${id}/room`, undefined, {})
const inRoom = async (statement: string) =>
  (await room()).statements.find((one: { id: string }) => one.id === statement) ?? null
const own = async (by = phone.ticket) => await house.must('POST', at('/own'), { ticket: by }, {})
const seen = async (statement: string) =>
  (await house.must('GET', at(''), undefined, house.secretary)).find((one: { id: string }) => one.id === statement)

/** Everything that is recorded of statements, to be the same before and after a refusal. */
const recorded = async () => {
  const { rows } = await house.look(`select s.*, d.sequence, d.statements as highest from statements s
    join deliberations d on d.district_id = s.district_id and d.id = s.deliberation_id order by s.id`)
  return rows.map(({ suggested: _, suggested_at: __, sequence: ___, ...row }) => row)
}
const refused = async (
  asked: () => Promise<{ status: number; body: { code: string; message: string } }>,
  expected: [number, string],
) => {
  const before = await recorded()
  const { status, body } = await asked()
  expect([status, body.code], JSON.stringify(body)).toEqual(expected)
  expect(body.message).toMatch(/[\u4e00-\u9fff]/)
  expect(await recorded()).toEqual(before)
}

describe('a resident writes on the phone', () => {
  test('has two hundred on one phone, and the room its own number; the same sent again is told its number', async () => {
    const other = await house.open()
    const [one, two] = [await house.phone(other.id), await house.phone(other.id)]
    const sent = { id: randomUUID(), ticket: one.ticket, text: '第一条' }
    const send = () => house.call('POST', at('', other.id), sent, {})
    expect((await send()).status).toBe(201)
    await house.look(`insert into statements (district_id, id, deliberation_id, number, text, participant_id, channel, state,
        created_at, suggested_at)
      select 1, gen_random_uuid(), '${other.id}', n, '又一条', '${one.participant}', 'phone', 'received', now(), now()
      from generate_series(2, 199) n`)
    await house.look(`update deliberations set statements = 199 where id = '${other.id}'`)
    const both = await Promise.all([1, 2].map(() => write('最后一条', {}, one.ticket, other.id)))
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
    await refused(() => write('太多', {}, one.ticket, other.id), [409, 'too_many_statements'])
    expect((await send()).status).toBe(200)
    expect((await write('别人的', {}, two.ticket, other.id)).status).toBe(201)
    await house.look(`update deliberations set statements = 5000 where id = '${other.id}'`)
    await refused(() => write('满了', {}, two.ticket, other.id), [409, 'too_many_statements'])
  })

  test('gets a number, and the same number when it is sent again', async () => {
    const body = { id: randomUUID(), ticket: phone.ticket, text: ' 楼道里的灯\n坏了三个月 ' }
    const first = await house.call('POST', at(''), body, {})
    expect(first.status).toBe(201)
    const again = await house.call('POST', at(''), { ...body, id: body.id.toUpperCase() }, {})
    expect([again.status, again.body]).toEqual([200, first.body])
    expect((await own()).statements).toEqual([
      {
        ...{ id: body.id, number: first.body.number, text: '楼道里的灯 坏了三个月', state: 'received' },
        ...{ mergedInto: null, reason: null, answer: null, result: null, followUps: [] },
      },
    ])
    await refused(() => house.call('POST', at(''), { ...body, text: '换一句' }, {}), [409, 'same_statement'])
    const other = await house.phone(id)
    await refused(() => house.call('POST', at(''), { ...body, ticket: other.ticket }, {}), [409, 'same_statement'])
    expect(await inRoom(body.id)).toBeNull()
  })

  test('a hundred at once have a hundred numbers, one after the other', async () => {
    const all = await Promise.all(Array.from({ length: 100 }, (_, n) => written(`同时写的第${n}条`)))
    const numbers = all.map(({ number }) => number).sort((a, b) => a - b)
    expect(numbers).toEqual(numbers.map((_, at) => numbers[0]! + at))
    const body = { id: randomUUID(), ticket: phone.ticket, text: '同一条发了五遍' }
    const sent = await Promise.all(Array.from({ length: 5 }, () => house.call('POST', at(''), body, {})))
    expect(sent.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201])
    expect(new Set(sent.map((one) => one.body.number)).size).toBe(1)
  })

  test.each([
    ['多'.repeat(501), 'statement_too_long'],
    ['😀'.repeat(501), 'statement_too_long'],
    [' \n\t ', 'statement_empty'],
    ['\u200b\ufeff', 'statement_empty'],
    ['看<a href="//x">这里</a>', 'statement_markup'],
    ['<script>alert(1)</script>', 'statement_markup'],
    ['点 JavaScript : alert(1)', 'statement_markup'],
    ['有\u0000字符', 'statement_markup'],
    ['有\u0007字符', 'statement_markup'],
    ['半个\ud800字', 'statement_markup'],
    ['倒着\u202e写', 'statement_markup'],
  ])('%j is refused', async (text, code) => {
    await refused(() => write(text), [422, code])
  })

  test('500 signs that people count are enough, and < and > may compare', async () => {
    await written('😀'.repeat(500))
    await written('3 < 5，人数>100 的小区先装')
  })

  test('only from the room, while it is open', async () => {
    const nobody = { ticket: 'x'.repeat(43) }
    await refused(() => write('不在的人', nobody), [409, 'not_present'])
    const gone = await house.phone(id)
    const text = '走之前写的'
    const sent = { id: randomUUID(), ticket: gone.ticket, text }
    await house.must('POST', at(''), sent, {})
    await house.must('POST', `${base}/${id}/attendance/leaving`, { ticket: gone.ticket }, {})
    await refused(() => write('走了以后写的', {}, gone.ticket), [409, 'not_present'])
    expect((await house.call('POST', at(''), sent, {})).status).toBe(200)
    expect(await own(gone.ticket)).toMatchObject({ left: true, statements: [{ text }] })

    const early = await house.planned(forum({ title: '还没开始' }))
    const waiting = await house.phone(early.id)
    await refused(() => write('太早', {}, waiting.ticket, early.id), [409, 'room_not_yet_open'])
    await refused(() => write('没有这次', {}, phone.ticket, randomUUID()), [404, 'unknown_deliberation'])

    const over = await house.open(forum({ title: '已经结束' }))
    const there = await house.phone(over.id)
    const kept = { id: randomUUID(), ticket: there.ticket, text: '结束前写的，信号不好' }
    const first = await house.must('POST', at('', over.id), kept, {})
    await house.must('PUT', `${base}/${over.id}/status`, { status: 'closed' }, house.secretary)
    await refused(() => write('太晚', {}, there.ticket, over.id), [409, 'room_closed'])
    expect((await house.call('POST', at('', over.id), kept, {})).body).toEqual(first)
    const taken = { id: randomUUID(), text: '太晚记的' }
    await refused(() => house.call('POST', at('/taken', over.id), taken, house.secretary), [409, 'room_closed'])
    await refused(() => write('另一次会的编号', { id: kept.id }), [409, 'same_statement'])
    await refused(() => write('现场没有清单', { proposal: randomUUID() }), [404, 'unknown_item'])
    await refused(() => house.call('POST', at('/own'), nobody, {}), [409, 'not_present'])
  })

  test('shows at once where nothing is moderated', async () => {
    const free = await house.open(forum({ title: '不审核', moderated: false }))
    const there = await house.phone(free.id)
    const { body } = await write('直接上墙', {}, there.ticket, free.id)
    const { statements } = await house.must('GET', `${base}/${free.id}/room`, undefined, {})
    expect(statements).toMatchObject([{ id: body.statement, number: 1, text: '直接上墙', state: 'shown', item: null }])
  })
})

describe('the secretary', () => {
  test('takes down what is said, shown at once under the item under way', async () => {
    await house.must('PUT', `${base}/${id}/item`, { item: items[1]!.id }, house.secretary)
    const body = { id: randomUUID(), text: '希望食堂早点开', seat: 12 }
    const first = await desk('POST', '/taken', body)
    expect([first.status, first.body.state, first.body.seat]).toEqual([201, 'shown', 12])
    expect((await desk('POST', '/taken', body)).status).toBe(200)
    expect(await inRoom(body.id)).toMatchObject({ text: '希望食堂早点开', item: items[1]!.id, merged: [] })
    const elsewhere = await desk('POST', '/taken', { id: randomUUID(), text: '另一项', item: items[0]!.id })
    expect(elsewhere.body.item).toBe(items[0]!.id)
    const nowhere = await desk('POST', '/taken', { id: randomUUID(), text: '不属于哪一项', item: null })
    expect(nowhere.body.item).toBeNull()
    await refused(() => desk('POST', '/taken', { ...body, text: '换一句' }), [409, 'same_statement'])
    await refused(
      () => desk('POST', '/taken', { ...body, id: randomUUID(), item: randomUUID() }),
      [404, 'unknown_item'],
    )
    await refused(() => desk('POST', '/taken', { ...body, id: randomUUID(), text: '<b>' }), [422, 'statement_markup'])
    await refused(
      () => house.call('POST', at('/taken'), { ...body, id: randomUUID() }, house.neighbour),
      [404, 'unknown_deliberation'],
    )
  })

  test('what is said at a seat is that of whoever sits there', async () => {
    const seat = { participant: randomUUID(), seat: 7, name: '赵大爷' }
    await house.must('POST', `${base}/${id}/attendance/door`, seat, house.secretary)
    const { body } = await desk('POST', '/taken', { id: randomUUID(), text: '七号说的', seat: 7 })
    const { rows } = await house.look(`select participant_id from statements where id = '${body.id}'`)
    expect(rows[0].participant_id).toBe(seat.participant)
  })

  test('shows, puts back, rejects with a reason', async () => {
    const { statement } = await written('先审核')
    const to = (state: string, reason?: string) => desk('PUT', `/${statement}/state`, { state, reason })
    expect((await to('shown')).body.state).toBe('shown')
    expect(await inRoom(statement)).toMatchObject({ text: '先审核' })
    const { seq } = await room()
    expect((await to('shown')).status).toBe(200)
    expect((await room()).seq).toBe(seq)
    await to('received')
    expect(await inRoom(statement)).toBeNull()
    await refused(() => to('rejected'), [422, 'statement_needs_reason'])
    await refused(() => to('rejected', '  '), [422, 'statement_needs_reason'])
    await refused(() => to('rejected', '有\u0000'), [400, 'bad_request'])
    await to('rejected', '与本次议题无关')
    const mine = (await own()).statements.find((one: { id: string }) => one.id === statement)
    expect(mine).toMatchObject({ state: 'rejected', reason: '与本次议题无关' })
    await to('shown')
    expect(await seen(statement)).toMatchObject({ state: 'shown', reason: null })
    await refused(() => desk('PUT', `/${randomUUID()}/state`, { state: 'shown' }), [404, 'unknown_statement'])
  })

  test('merges with both texts kept and splits again, without chains', async () => {
    const [a, b, c, d] = [
      await shown('要食堂'),
      await shown('建食堂'),
      await shown('老人吃饭难'),
      await shown('要食堂啊'),
    ]
    const merge = (from: string, into: string | null) => desk('PUT', `/${from}/merged`, { into })
    await merge(a!, b!)
    expect(await inRoom(a!)).toBeNull()
    expect((await inRoom(b!)).merged).toMatchObject([{ text: '要食堂' }])
    expect((await merge(a!, b!)).status).toBe(200)
    await merge(b!, c!)
    expect((await inRoom(c!)).merged.map((one: { text: string }) => one.text)).toEqual(['要食堂', '建食堂'])
    const numberOfC = (await seen(c!)).number
    const mine = (await own()).statements.find((one: { id: string }) => one.id === a)
    expect(mine).toMatchObject({ state: 'merged', mergedInto: numberOfC, text: '要食堂' })

    await refused(() => merge(d!, d!), [409, 'cannot_merge'])
    await refused(() => merge(d!, a!), [409, 'cannot_merge'])
    await refused(() => merge(a!, d!), [409, 'cannot_merge'])
    await refused(() => merge(d!, randomUUID()), [404, 'unknown_statement'])
    await refused(() => desk('PUT', `/${a}/state`, { state: 'shown' }), [409, 'statement_settled'])
    await refused(() => desk('PUT', `/${c}/state`, { state: 'received' }), [409, 'statement_settled'])
    await refused(() => desk('PUT', `/${a}/answer`, { answer: null, result: '会建' }), [409, 'statement_settled'])
    const { statement: waiting } = await written('还没有审核')
    await refused(() => merge(d!, waiting), [409, 'cannot_merge'])

    await merge(a!, null)
    expect(await inRoom(a!)).toMatchObject({ text: '要食堂', merged: [] })
    expect((await inRoom(c!)).merged.map((one: { text: string }) => one.text)).toEqual(['建食堂'])
    expect((await merge(a!, null)).status).toBe(200)
    // What was waiting may go straight into another, and is then read with it.
    await merge(waiting, d!)
    expect((await inRoom(d!)).merged).toMatchObject([{ text: '还没有审核' }])
  })

  test('writes what came of it, which everybody reads whose words are in it', async () => {
    const [one, into] = [await shown('路灯不亮'), await shown('路灯坏了')]
    await desk('PUT', `/${one}/merged`, { into })
    const answer = (which: string, body: object) => desk('PUT', `/${which}/answer`, { answer: null, ...body })
    await refused(() => answer(into!, { result: ' ' }), [422, 'answer_needs_reason'])
    await refused(() => answer(into!, { result: '已报修', answer: 'adopted' }), [409, 'not_a_consultation'])
    const { statement: waiting } = await written('还没审')
    await refused(() => answer(waiting, { result: '已报修' }), [409, 'statement_settled'])
    await answer(into!, { result: '已报修，下周三前修好' })
    expect(await inRoom(into!)).toMatchObject({ state: 'discussed', result: '已报修，下周三前修好', answer: null })
    const mine = (await own()).statements.filter((each: { id: string }) => [one, into].includes(each.id))
    expect(mine.map((each: { result: string }) => each.result)).toEqual([
      '已报修，下周三前修好',
      '已报修，下周三前修好',
    ])
    await refused(() => desk('PUT', `/${into}/state`, { state: 'rejected', reason: '不' }), [409, 'statement_settled'])
    await desk('PUT', `/${into}/state`, { state: 'shown' })
    expect(await inRoom(into!)).toMatchObject({ state: 'shown', result: null })
  })

  test('codes it to a service of the catalogue, or to none', async () => {
    const statement = await shown('没地方打乒乓球')
    const code = (service: string | null) => desk('PUT', `/${statement}/service`, { service })
    await refused(() => code('parking'), [422, 'unknown_service'])
    expect((await code('fitness')).body.service).toBe('fitness')
    expect(await inRoom(statement)).toMatchObject({ service: 'fitness' })
    expect((await code(null)).body.service).toBeNull()
  })

  test('follow-ups lead back to whoever said it, also where it was merged', async () => {
    const [one, into] = [await shown('坡道太陡'), await shown('坡道推不动轮椅')]
    await desk('PUT', `/${one}/merged`, { into })
    await house.look(`insert into follow_ups (district_id, id, deliberation_id, number, text, owner, due_on, statement_ids,
      state, revision, created_by, created_at, changed_at) values (1, gen_random_uuid(), '${id}', 1, '改坡道', '物业', '2026-12-31',
      '["${into}"]', 'open', 1, 'key', now(), now())`)
    const mine = (await own()).statements.filter((each: { followUps: unknown[] }) => each.followUps.length > 0)
    expect(mine.map((each: { id: string }) => each.id)).toEqual([one, into])
    expect(mine[0].followUps).toEqual([{ text: '改坡道', state: 'open', outcome: null }])
  })

  test('every change tells the room and the desk, in the order in which it was made', async () => {
    const since = (await room()).seq
    const { statement } = await written('要讲给大家听')
    await desk('PUT', `/${statement}/state`, { state: 'shown' })
    await desk('PUT', `/${statement}/state`, { state: 'rejected', reason: '重复' })
    const { rows } = await house.look(
      `select body->>'kind' as kind from deliberation_events where deliberation_id = '${id}' and seq > ${since}
       and body->>'about' is distinct from 'attendance' order by seq`,
    )
    const kinds = rows.map(({ kind }) => kind).filter((kind) => kind !== 'desk')
    expect(kinds).toEqual(['statement', 'statement-gone'])
    expect(rows.filter(({ kind }) => kind === 'desk').length).toBeGreaterThanOrEqual(3)
  })

  test('leaves entries without a word of what was said', async () => {
    const { rows } = await house.look(`select action, subject, before, after from audit_entries order by seq`)
    const ours = rows.filter(({ subject }) => subject.startsWith('statement:'))
    expect(new Set(ours.map(({ action }) => action.split('/').at(-1)))).toEqual(
      new Set(['taken', 'state', 'merged', 'service', 'answer']),
    )
    expect(JSON.stringify(ours)).not.toMatch(/食堂|路灯|乒乓|议题/)
  })
})

describe('suggestions', () => {
  const suggestedOf = async (statement: string, wanted: string | null) => {
    for (let tries = 0; tries < 200; tries++) {
      const { rows } = await house.look(`select suggested, suggested_at from statements where id = '${statement}'`)
      if (rows[0].suggested_at && (wanted === null || rows[0].suggested)) return rows[0].suggested
      await sleep(50)
    }
    throw new Error('nothing was suggested')
  }

  test('services are suggested from words, without holding anybody up; the district may change the words', async () => {
    let held = 0
    let last = performance.now()
    const watch = setInterval(() => {
      held = Math.max(held, performance.now() - last - 5)
      last = performance.now()
    }, 5)
    const meals = await written('老年人没处吃饭，想要个社区食堂')
    const none = await written('路灯坏了三个月')
    expect(await suggestedOf(meals.statement, 'community_meals')).toBe('community_meals')
    expect(await suggestedOf(none.statement, null)).toBeNull()
    clearInterval(watch)
    console.info(`longest hold while the words were read: ${held.toFixed(1)} ms`)
    expect(await seen(meals.statement)).toMatchObject({ suggested: 'community_meals', service: null })

    const path = '/districts/YX/statement-keywords'
    const keywords = await house.must('GET', path, undefined, house.secretary)
    expect(keywords).toHaveLength(9)
    const mine = [{ service: 'household_services', words: ['路灯'] }]
    expect((await house.call('PUT', path, mine, house.secretary)).status).toBe(403)
    for (const [wrong, code] of [
      [[{ service: 'parking', words: ['停车'] }], 'unknown_service'],
      [[...mine, ...mine], 'bad_request'],
      [[{ service: 'health', words: ['药', '药'] }], 'bad_request'],
      [[{ service: 'health', words: [' 药'] }], 'bad_request'],
    ] as const)
      expect((await house.call('PUT', path, wrong, house.administrator)).body.code).toBe(code)
    expect(await house.must('GET', path, undefined, house.secretary)).toEqual(keywords)
    const both = await Promise.all([mine, mine].map((own) => house.call('PUT', path, own, house.administrator)))
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    const changed = both[0]!.body
    expect(changed.find((one: { service: string }) => one.service === 'household_services').words).toEqual(['路灯'])
    expect(await suggestedOf(none.statement, 'household_services')).toBe('household_services')
    const { rows } = await house.look('select service from statement_keywords')
    expect(rows).toEqual([{ service: 'household_services' }])
  })
})
