import { createHash, randomUUID } from 'node:crypto'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eraseNames } from '../../server/deliberations/names-retention.ts'
import { seatSecret } from '../../server/deliberations/seat-card.ts'
import type { Minutes } from '../../shared/deliberations/minutes-api.ts'
import type { Document } from '../../shared/document.ts'
import { base, type Deliberations, openDeliberations } from './deliberations-district.ts'
import { evening } from './deliberations-evening.ts'

let house: Deliberations
beforeAll(async () => {
  house = await openDeliberations()
})
afterAll(() => house?.stop())

const must = (method: string, path: string, body?: unknown) =>
  house.must(method, `${base}/${path}`, body, house.secretary)
const call = (method: string, path: string, body?: unknown, headers = house.secretary) =>
  house.call(method, `${base}/${path}`, body, headers)
const minutes = async (id: string): Promise<Minutes & { document: Document }> => await must('GET', `${id}/minutes`)
const status = (id: string, to: string) => must('PUT', `${id}/status`, { status: to })
const approve = (id: string, revision: number) => call('PUT', `${id}/minutes/status`, { revision, status: 'approved' })
const publish = (id: string, revision: number) => call('PUT', `${id}/minutes/status`, { revision, status: 'published' })
const file = async (path: string, headers: Record<string, string> = house.secretary) => {
  const reply = await house.app.inject({ url: `/api${base}/${path}`, headers })
  return { status: reply.statusCode, bytes: reply.rawPayload, headers: reply.headers }
}
const text = (docx: Uint8Array) =>
  Buffer.from(unzipSync(docx)['word/document.xml']!)
    .toString('utf8')
    .replace(/<\/w:p>/g, '\n')
    .replace(/<[^>]+>/g, '')

describe('minutes', () => {
  let held: Awaited<ReturnType<typeof evening>>
  beforeAll(async () => {
    held = await evening(house)
  })

  test('are there from the start as a draft, which says so', async () => {
    const { revision, status, texts, document, sha256 } = await minutes(held.id)
    expect({ revision, status, texts, sha256 }).toEqual({ revision: 0, status: 'draft', texts: [], sha256: null })
    expect(document).toMatchObject({ title: 'C001社区需求座谈会纪要', mark: '草稿，尚未审定' })
  })

  test('are not approved before the deliberation has ended', async () => {
    expect(await approve(held.id, 0)).toMatchObject({ status: 409, body: { code: 'minutes_not_yet' } })
    expect(await publish(held.id, 0)).toMatchObject({ status: 409, body: { code: 'minutes_not_approved' } })
    await status(held.id, 'closed')
  })

  test('of two who edit them the second is told, and what the first wrote stays', async () => {
    const texts = (words: string) => [{ section: held.item, text: words }]
    const first = await must('PUT', `${held.id}/minutes`, {
      revision: 0,
      texts: texts('大家先说吃饭。\r\n\r\n再说孩子。'),
    })
    expect(first).toMatchObject({ revision: 1, texts: texts('大家先说吃饭。\n再说孩子。') })
    const second = await call('PUT', `${held.id}/minutes`, { revision: 0, texts: texts('别的话') })
    expect(second).toMatchObject({ status: 409, body: { code: 'minutes_changed' } })
    const { texts: kept, document } = await minutes(held.id)
    expect(kept).toEqual(texts('大家先说吃饭。\n再说孩子。'))
    for (const line of ['大家先说吃饭。', '再说孩子。'])
      expect(JSON.stringify(document)).toContain(JSON.stringify({ kind: 'paragraph', text: [line] }))
    expect(await approve(held.id, 0)).toMatchObject({ status: 409, body: { code: 'minutes_changed' } })
  })

  test('take in nothing that cannot be stored, and nothing of strangers', async () => {
    const bad = await call('PUT', `${held.id}/minutes`, {
      revision: 1,
      texts: [{ section: 'opening', text: 'a\u0000' }],
    })
    expect(bad).toMatchObject({ status: 400, body: { code: 'bad_request' } })
    for (const [method, path] of [
      ['GET', 'minutes'],
      ['GET', 'minutes/docx'],
      ['GET', 'follow-ups'],
    ] as const)
      expect(await call(method, `${held.id}/${path}`, undefined, house.neighbour)).toMatchObject({
        status: 404,
        body: { code: 'unknown_deliberation' },
      })
  })

  test('once approved are frozen with a hash: nothing that changes later changes them', async () => {
    const done = await approve(held.id, 1)
    expect(done).toMatchObject({ status: 200, body: { status: 'approved', revision: 2 } })
    const before = await minutes(held.id)
    expect(createHash('sha256').update(JSON.stringify(before.document)).digest('hex')).toBe(before.sha256)
    expect(before.document.mark).toBeUndefined()
    const docx = (await file(`${held.id}/minutes/docx`)).bytes

    const again = await call('PUT', `${held.id}/minutes`, { revision: 2, texts: [] })
    expect(again).toMatchObject({ status: 409, body: { code: 'minutes_frozen' } })
    await must('PUT', `${held.id}/statements/${held.said[2]}/service`, { service: 'elder_care' })
    await must('POST', `${held.id}/follow-ups`, {
      ...{ id: randomUUID(), text: '修灯', owner: '物业', dueOn: '2026-12-01', statements: [], question: null },
    })
    expect(await minutes(held.id)).toEqual(before)
    expect((await file(`${held.id}/minutes/docx`)).bytes.equals(docx)).toBe(true)
    expect(await approve(held.id, 2)).toMatchObject({ status: 200, body: { revision: 2 } })
    const reopened = await call('PUT', `${held.id}/status`, { status: 'open' })
    expect(reopened).toMatchObject({ status: 409, body: { code: 'wrong_status' } })

    const { rows } = await house.look(
      `SELECT actor, after FROM audit_entries WHERE district_id = 1 AND action LIKE 'PUT %/minutes/status' ORDER BY seq`,
    )
    expect(rows).toHaveLength(1)
    expect(JSON.parse(rows[0].after)).toEqual({ status: 'approved', sha256: before.sha256 })
    expect(rows[0].actor).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('as DOCX say what the database says, and name only those who let them', async () => {
    const { status, bytes, headers } = await file(`${held.id}/minutes/docx`)
    expect(status).toBe(200)
    expect(headers['content-disposition']).toContain(encodeURIComponent('C001社区需求座谈会纪要'))
    const said = text(bytes)
    const { rows } = await house.look(
      `SELECT (SELECT count(*) FROM participants WHERE deliberation_id = '${held.id}')::int AS came,
        (SELECT count(*) FROM participants WHERE deliberation_id = '${held.id}' AND channel = 'phone')::int AS phone,
        (SELECT count(*) FROM statements WHERE deliberation_id = '${held.id}')::int AS said,
        (SELECT count(*) FROM votes WHERE question_id = '${held.question}' AND choice = '"agree"')::int AS agree`,
    )
    const { came, phone, said: statements, agree } = rows[0]
    expect({ came, phone, statements, agree }).toEqual({ came: 5, phone: 3, statements: 3, agree: 3 })
    expect(said).toContain(`实到${came}人，其中手机签到${phone}人、座位卡签到${came - phone}人`)
    expect(said).toContain(`共收到意见${statements}条`)
    expect(said).toContain(`${agree}人赞成，1人反对，0人弃权，决议通过`)
    for (const words of ['老人吃饭没有着落', '中午没人做饭', '并入第1号', '大家先说吃饭。', '助餐'])
      expect(said).toContain(words)
    expect(said).toContain('同意在纪要中列名的有2人：王芳、钱奶奶。其余3人未同意列名，只计人数。')
    for (const hidden of ['赵铁柱', '孙大爷', '27号', '29号']) expect(said).not.toContain(hidden)
  })

  test('are read by residents once they are published, and not before', async () => {
    const results = () => house.must('GET', `${base}/${held.id}/results`, undefined, {})
    expect(await results()).toMatchObject({ published: false, sha256: null })
    const early = await call('GET', `${held.id}/results/minutes.pdf`, undefined, {} as never)
    expect(early).toMatchObject({ status: 404, body: { code: 'no_minutes' } })

    expect(await publish(held.id, 1)).toMatchObject({ status: 409, body: { code: 'minutes_changed' } })
    expect(await publish(held.id, 2)).toMatchObject({ status: 200, body: { status: 'published', revision: 3 } })
    const pdf = await file(`${held.id}/results/minutes.pdf`, {})
    expect([pdf.status, pdf.headers['content-type']]).toEqual([200, 'application/pdf'])
    expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.bytes.equals((await file(`${held.id}/minutes/pdf`)).bytes)).toBe(true)
    const said = await results()
    expect(said).toMatchObject({ published: true, sha256: (await minutes(held.id)).sha256 })
    expect(said.statements).toMatchObject([
      { number: 1, mergedInto: null, followUps: [] },
      { number: 2, mergedInto: 1 },
      { number: 3, text: '楼道灯坏了' },
    ])
    expect(said.followUps).toMatchObject([
      { number: 1, text: '修灯', owner: '物业', dueOn: '2026-12-01', state: 'open' },
    ])
    for (const hidden of ['王芳', '赵铁柱', '"seat"']) expect(JSON.stringify(said)).not.toContain(hidden)
  })

  test('keep the names of those who let them when the others are erased, ninety days after', async () => {
    const before = await minutes(held.id)
    const names = async () => {
      const { rows } = await house.look(
        `SELECT count(name)::int AS n FROM participants WHERE district_id = 1 AND deliberation_id = '${held.id}'`,
      )
      return rows[0].n
    }
    const inDays = (days: number) => eraseNames(house.app.db, new Date(Date.now() + days * 86_400_000))
    await inDays(89)
    expect(await names()).toBe(4)
    await inDays(91)
    expect(await names()).toBe(0)
    expect(await minutes(held.id)).toEqual(before)
    const { rows } = await house.look(
      `SELECT after FROM audit_entries WHERE district_id = 1 AND action = 'names:erase'`,
    )
    expect(rows.map(({ after }) => JSON.parse(after))).toEqual([{ participants: 4, invitees: 0 }])
  })
})

test('whoever spoke and voted by phone before scanning a seat card is one person in the minutes, and on the roster as before', async () => {
  const { id } = await house.open()
  await must('PUT', `${id}/roster`, { people: [{ name: '王芳' }, { name: '周明' }] })
  const own = await house.phone(id, { name: '王芳', namesMe: true })
  const quiet = await house.phone(id, { name: '周明' })
  const said = { id: randomUUID(), ticket: own.ticket, text: '楼道里要有灯' }
  await house.must('POST', `${base}/${id}/statements`, said, {})
  const question = randomUUID()
  const motion = { kind: 'motion', title: '装路灯', item: null, options: [], picks: 0, secret: false, rule: 'simple' }
  await must('POST', `${id}/questions`, { id: question, ...motion, quorum: null, requirement: null })
  await must('PUT', `${id}/questions/${question}/state`, { state: 'open' })
  const votes = [{ id: randomUUID(), subject: question, choice: 'agree' }]
  await house.must('POST', `${base}/${id}/questions/${question}/votes`, { ticket: own.ticket, votes }, {})
  await must('PUT', `${id}/questions/${question}/state`, { state: 'closed' })
  for (const [seat, { participant, ticket }] of [own, quiet].entries()) {
    await must('POST', `${id}/attendance/door`, { participant: randomUUID(), seat: seat + 12 })
    const secret = seatSecret(house.app.secrets, { districtId: 1, id }, seat + 12)
    await house.phone(id, { participant, ticket, card: { seat: seat + 12, secret } })
  }
  const all = await must('GET', `${id}/attendance`)
  expect(all.map(({ name, invited }: { name: string; invited: boolean }) => [name, invited]).sort()).toEqual([
    ['周明', true],
    ['王芳', true],
  ])
  const mine = await house.must('POST', `${base}/${id}/statements/own`, { ticket: own.ticket }, {})
  expect(mine.statements).toMatchObject([{ id: said.id }])
  await status(id, 'closed')
  const { blocks } = (await minutes(id)).document
  const table = blocks.find((block) => block.kind === 'table' && block.code === 'attendance')
  const numbers = JSON.stringify(table).match(/"value":\d+/g)
  expect(numbers).toEqual([2, 2, 2, 0, 2, 0].map((value) => `"value":${value}`))
  expect(JSON.stringify(blocks)).not.toContain('离场')
  expect(JSON.stringify(blocks)).toContain('王芳')
})
