import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Plan, Planned } from '../../shared/deliberations/api.ts'
import type { RoomQuestion } from '../../shared/deliberations/room.ts'
import { staff } from '../setup/app.ts'
import { base, type Deliberations, openDeliberations } from './deliberations-district.ts'
import { consultation } from './deliberations-plans.ts'

let house: Deliberations
beforeAll(async () => {
  house = await openDeliberations()
})
afterAll(() => house?.stop())

const soon = (ms: number) => new Date(Date.now() + ms).toISOString()
const room = (id: string) => house.must('GET', `${base}/${id}/room`, undefined, {})
const until = async (id: string, status: string) => {
  for (let tries = 0; tries < 200; tries++) {
    const seen = await room(id)
    if (seen.head.status === status) return seen
    await sleep(50)
  }
  throw new Error(`it is not ${status}`)
}
/** Jobs that are due at a moment are looked for every five seconds; a test has them looked for now. */
const letTimePass = (id: string, column: 'starts_at' | 'ends_at') =>
  house.look(`with moved as (update deliberations set ${column} = now() - interval '1 second' where id = '${id}')
    select graphile_worker.add_job('turn-consultation',
      payload => json_build_object('districtId', 1, 'deliberation', '${id}'), job_key => 'turn-consultation:1:${id}')`)
const planned = (more: Partial<Plan>) => house.planned(consultation({ startsAt: soon(3_600_000), ...more }))
const vote = (plan: Planned, question: RoomQuestion, ticket: string, choice: string, proposal = 0) => {
  const votes = [{ id: randomUUID(), subject: plan.plan.proposals[proposal]!.id, choice }]
  return house.call('POST', `${base}/${plan.id}/questions/${question.id}/votes`, { ticket, votes }, {})
}

test('opens and closes by the clock: residents weigh each item of the draft and comment on it', async () => {
  const plan = await planned({ moderated: false })
  const [canteen, lifts] = plan.plan.proposals
  const phone = await house.phone(plan.id)
  const comment = (body: object) =>
    house.call('POST', `${base}/${plan.id}/statements`, { id: randomUUID(), ticket: phone.ticket, ...body }, {})
  const before = await house.look('select count(*) from statements')
  expect((await comment({ text: '太早', proposal: canteen!.id })).body.code).toBe('room_not_yet_open')
  expect((await house.look('select count(*) from statements')).rows).toEqual(before.rows)

  await letTimePass(plan.id, 'starts_at')
  const opened = await until(plan.id, 'open')
  expect(opened.questions).toMatchObject([{ kind: 'opinion', state: 'open', secret: false }])
  const [question] = opened.questions
  expect(question.options).toEqual([
    { id: canteen!.id, text: canteen!.title },
    { id: lifts!.id, text: lifts!.title },
  ])
  expect((await vote(plan, question, phone.ticket, 'agree')).status).toBe(200)
  expect((await vote(plan, question, phone.ticket, 'disagree')).status).toBe(200)
  expect((await vote(plan, question, phone.ticket, 'pass', 1)).status).toBe(200)
  const made = await comment({ text: '食堂要有老年优惠', proposal: canteen!.id.toUpperCase() })
  expect(made.status).toBe(201)
  expect((await comment({ text: '整个方案都好' })).status).toBe(201)
  expect((await comment({ text: '没有这一条', proposal: randomUUID() })).body.code).toBe('unknown_item')
  expect((await room(plan.id)).statements).toMatchObject([
    { number: 1, proposal: canteen!.id },
    { number: 2, proposal: null },
  ])

  await letTimePass(plan.id, 'ends_at')
  const closed = await until(plan.id, 'closed')
  const { results } = closed.questions[0].outcome
  expect(results.find((one: { option: string }) => one.option === canteen!.id).all).toEqual({
    ...{ agree: 0, disagree: 1, pass: 0 },
  })
  expect((await comment({ text: '太晚', proposal: canteen!.id })).body.code).toBe('room_closed')
  const again = await house.call('PUT', `${base}/${plan.id}/status`, { status: 'open' }, house.secretary)
  expect([again.status, again.body.code]).toEqual([409, 'wrong_status'])
  const { rows } = await house.look(
    `select actor, after from audit_entries where action = 'consultation:turn' order by seq`,
  )
  expect(rows).toEqual([
    { actor: 'system', after: '{"status":"open"}' },
    { actor: 'system', after: '{"status":"closed"}' },
  ])
})

test('opened by hand it asks the same question, once, and closes with its vote', async () => {
  const plan = await planned({})
  const turn = (status: string) => house.must('PUT', `${base}/${plan.id}/status`, { status }, house.secretary)
  await turn('open')
  const [question] = (await room(plan.id)).questions
  await turn('closed')
  await turn('open')
  const { questions } = await room(plan.id)
  expect(questions).toMatchObject([{ id: question.id, state: 'closed' }])
})

test('every comment gets one of three answers with a reason, and the table holds all of it', async () => {
  const plan = await house.open(consultation({ title: '=HYPERLINK("http://x")蓝图' }))
  const [canteen, lifts] = plan.plan.proposals
  const phone = await house.phone(plan.id, { name: '赵大爷' })
  const at = `${base}/${plan.id}/statements`
  const write = async (text: string, proposal?: string) => {
    const body = { id: randomUUID(), ticket: phone.ticket, text, proposal }
    const { statement } = await house.must('POST', at, body, {})
    await house.must('PUT', `${at}/${statement}/state`, { state: 'shown' }, house.secretary)
    return statement as string
  }
  const first = await write('=1+1 食堂要便宜', canteen!.id)
  const same = await write('食堂别太贵', canteen!.id)
  const other = await write('电梯先装六号楼', lifts!.id)
  await write('整个方案都好')
  const rejected = await write('骂人的话', lifts!.id)
  const desk = (statement: string, what: string, body: object) =>
    house.call('PUT', `${at}/${statement}/${what}`, body, house.secretary)
  await desk(rejected, 'state', { state: 'rejected', reason: '请文明用语' })
  expect((await desk(other, 'merged', { into: first })).body.code).toBe('cannot_merge')
  expect((await desk(same, 'merged', { into: first })).status).toBe(200)

  const stored = async () => (await house.look('select id, state, answer, result from statements order by id')).rows
  const before = await stored()
  for (const [body, code] of [
    [{ answer: null, result: '会考虑' }, 'bad_request'],
    [{ answer: 'adopted', result: ' ' }, 'answer_needs_reason'],
    [{ answer: 'maybe', result: '会考虑' }, 'bad_request'],
  ] as const)
    expect((await desk(first, 'answer', body)).body.code).toBe(code)
  expect((await desk(same, 'answer', { answer: 'not', result: '不' })).body.code).toBe('statement_settled')
  expect(await stored()).toEqual(before)
  await desk(first, 'answer', { answer: 'partly', result: '早餐先优惠，看一个季度' })
  await desk(other, 'answer', { answer: 'not', result: '六号楼不够加装条件' })
  const { statements } = await house.must('POST', `${at}/own`, { ticket: phone.ticket }, {})
  expect(statements[1]).toMatchObject({
    state: 'merged',
    mergedInto: 1,
    answer: 'partly',
    result: '早餐先优惠，看一个季度',
  })
  expect((await room(plan.id)).statements[0]).toMatchObject({ answer: 'partly', state: 'discussed' })

  const reply = await house.app.inject({ url: `/api${base}/${plan.id}/answers.xlsx`, headers: house.secretary })
  expect(reply.statusCode).toBe(200)
  expect(reply.headers['content-disposition']).toMatch(/^attachment; filename="answers-\d{6}-/)
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(reply.rawPayload as never)
  expect(book.worksheets.map(({ name }) => name)).toEqual(['意见与答复', '逐项表态'])
  const cells = (sheet: number) =>
    book.worksheets[sheet]!.getRows(3, book.worksheets[sheet]!.rowCount - 2)!.map((row) =>
      Array.from({ length: 7 }, (_, at) => row.getCell(at + 1).value),
    )
  expect(cells(0).slice(0, 5)).toEqual([
    ['建社区食堂', 1, '=1+1 食堂要便宜', null, '已讨论', '部分采纳', '早餐先优惠，看一个季度'],
    ['建社区食堂', 2, '食堂别太贵', '第 1 号', '已并入', '部分采纳', '早餐先优惠，看一个季度'],
    ['装三部电梯', 3, '电梯先装六号楼', null, '已讨论', '未采纳', '六号楼不够加装条件'],
    ['装三部电梯', 5, '骂人的话', null, '未采用', null, '请文明用语'],
    ['（对整个方案）', 4, '整个方案都好', null, '已公开', null, null],
  ])
  expect(cells(1)[0]).toEqual(['建社区食堂', '利用原锅炉房', null, null, null, null, 1])
  const text = JSON.stringify(book.worksheets.map((sheet) => sheet.getSheetValues()))
  expect(text).toContain('还有 1 条没有答复')
  expect(text).not.toContain('赵大爷')
  for (const sheet of book.worksheets)
    sheet.eachRow((row) => row.eachCell((cell) => expect(cell.formula).toBeUndefined()))
})

test('only a consultation has such a table, and only for those within reach', async () => {
  const forum = await house.open()
  const table = (id: string, headers: Record<string, string>) =>
    house.call('GET', `${base}/${id}/answers.xlsx`, undefined, headers)
  expect((await table(forum.id, staff)).body.code).toBe('not_a_consultation')
  expect((await table(forum.id, house.neighbour)).status).toBe(404)
  expect((await table(forum.id, {})).status).toBe(401)
})
