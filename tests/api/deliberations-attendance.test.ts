import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seatSecret } from '../../server/deliberations/seat-card.ts'
import { MOST_PEOPLE } from '../../shared/deliberations/kinds.ts'
import { base, type Deliberations, openDeliberations } from './deliberations-district.ts'
import { forum } from './deliberations-plans.ts'

let house: Deliberations
beforeAll(async () => {
  house = await openDeliberations()
})
afterAll(() => house?.stop())

const ticket = () => randomBytes(32).toString('base64url')
const card = (deliberation: string, seat: number) => {
  return { seat, secret: seatSecret(house.app.secrets, { districtId: 1, id: deliberation }, seat) }
}
const attend = (deliberation: string, body: object) =>
  house.call('POST', `${base}/${deliberation}/attendance`, body, {})
const door = (deliberation: string, body: object) =>
  house.call('POST', `${base}/${deliberation}/attendance/door`, body, house.secretary)
const listed = (deliberation: string) =>
  house.must('GET', `${base}/${deliberation}/attendance`, undefined, house.secretary)
const head = async (deliberation: string) =>
  (await house.must('GET', `${base}/${deliberation}/room`, undefined, {})).head

test('a phone that signs in twice is one person, also before the room opens; after it has closed nobody comes in', async () => {
  const { id } = await house.planned()
  const own = { participant: randomUUID(), ticket: ticket(), name: ' 王 芳 ', namesMe: true }
  expect(await attend(id, own)).toMatchObject({
    status: 201,
    body: { participant: own.participant, number: 1, seat: null },
  })
  expect(await attend(id, own)).toMatchObject({ status: 200, body: { participant: own.participant, number: 1 } })
  expect(await attend(id, { ...own, ticket: ticket() })).toMatchObject({
    status: 409,
    body: { code: 'same_participant' },
  })
  await house.phone(id)
  expect(await head(id)).toMatchObject({ present: 2, byPhone: 2, bySeat: 0 })
  expect((await listed(id))[0]).toMatchObject({
    number: 1,
    channel: 'phone',
    name: '王 芳',
    invited: false,
    leftAt: null,
  })
  const stored = await house.look(
    `SELECT ticket_hash, name FROM participants WHERE district_id = 1 AND deliberation_id = '${id}' ORDER BY number`,
  )
  expect(JSON.stringify(stored.rows)).not.toContain(own.ticket)
  expect(stored.rows[0].name.toString('utf8')).not.toContain('王')
  for (const status of ['open', 'closed']) await house.must('PUT', `${base}/${id}/status`, { status }, house.secretary)
  const late = await attend(id, { participant: randomUUID(), ticket: ticket() })
  expect(late).toMatchObject({ status: 409, body: { code: 'room_closed' } })
  expect((await listed(id)).length).toBe(2)
})

test('whoever leaves is not counted until they are back, and no longer waits to speak', async () => {
  const { id } = await house.open()
  const one = await house.phone(id)
  const other = await house.phone(id)
  const speaker = randomUUID()
  await house.must('POST', `${base}/${id}/speakers`, { id: speaker, ticket: one.ticket }, {})
  const leaving = () => house.call('POST', `${base}/${id}/attendance/leaving`, { ticket: one.ticket }, {})
  expect((await leaving()).body).toEqual({ left: true })
  expect((await leaving()).body).toEqual({ left: false })
  const room = await house.must('GET', `${base}/${id}/room`, undefined, {})
  expect(room).toMatchObject({ head: { present: 1 }, speakers: [] })
  const refused = await house.call('POST', `${base}/${id}/speakers`, { id: randomUUID(), ticket: one.ticket }, {})
  expect(refused).toMatchObject({ status: 409, body: { code: 'not_present' } })
  expect(await attend(id, { participant: one.participant, ticket: one.ticket })).toMatchObject({
    status: 200,
    body: { number: 1 },
  })
  expect((await head(id)).present).toBe(2)
  const out = () => house.call('DELETE', `${base}/${id}/attendance/${other.participant}`, undefined, house.secretary)
  expect((await out()).body).toEqual({ left: true })
  expect((await out()).body).toEqual({ left: false })
  const unknown = await house.call('DELETE', `${base}/${id}/attendance/${randomUUID()}`, undefined, house.secretary)
  expect(unknown).toMatchObject({ status: 404, body: { code: 'unknown_participant' } })
})

test('a seat card makes one person of who signed in at the door and their phone; nobody else gets the seat', async () => {
  const { id } = await house.open()
  const participant = randomUUID()
  const sent = { participant, name: '赵大爷', seat: 12, compound: '和平里一区' }
  expect(await door(id, sent)).toMatchObject({ status: 201, body: { channel: 'seat', seat: 12, name: '赵大爷' } })
  expect(await door(id, sent)).toMatchObject({ status: 200, body: { participant } })
  expect(await door(id, { ...sent, participant: randomUUID() })).toMatchObject({
    status: 409,
    body: { code: 'seat_taken' },
  })
  const wrong = await attend(id, { participant: randomUUID(), ticket: ticket(), card: { ...card(id, 13), seat: 12 } })
  expect(wrong).toMatchObject({ status: 422, body: { code: 'wrong_seat_card' } })
  // The phone had come in by itself before its owner found the card.
  const own = { participant: randomUUID(), ticket: ticket() }
  expect((await attend(id, own)).body.number).toBe(2)
  const taken = await attend(id, { ...own, card: card(id, 12) })
  expect(taken).toMatchObject({ status: 200, body: { participant, seat: 12, number: 1 } })
  expect((await attend(id, { ...own, card: card(id, 12) })).body).toEqual(taken.body)
  expect(await head(id)).toMatchObject({ present: 1, byPhone: 1, bySeat: 0 })
  expect(await listed(id)).toMatchObject([{ participant, channel: 'phone', name: '赵大爷' }])
  const second = { participant: randomUUID(), ticket: ticket(), card: card(id, 12) }
  expect(await attend(id, second)).toMatchObject({ status: 409, body: { code: 'seat_taken' } })
})

test('whoever has voted by phone gets no second vote with a seat card while the question is open', async () => {
  const { id } = await house.open()
  await door(id, { participant: randomUUID(), seat: 21 })
  const own = await house.phone(id)
  const question = randomUUID()
  const asked = { kind: 'motion', title: '装路灯', item: null, options: [], picks: 0, secret: false, rule: 'simple' }
  const questions = `${base}/${id}/questions`
  await house.must('POST', questions, { id: question, ...asked, quorum: null, requirement: null }, house.secretary)
  await house.must('PUT', `${questions}/${question}/state`, { state: 'open' }, house.secretary)
  const votes = [{ id: randomUUID(), subject: question, choice: 'agree' }]
  await house.must('POST', `${questions}/${question}/votes`, { ticket: own.ticket, votes }, {})
  const scanned = { participant: own.participant, ticket: own.ticket, card: card(id, 21) }
  expect(await attend(id, scanned)).toMatchObject({ status: 409, body: { code: 'card_during_vote' } })
  expect(await head(id)).toMatchObject({ present: 2, byPhone: 1, bySeat: 1 })
  await house.must('PUT', `${questions}/${question}/state`, { state: 'closed' }, house.secretary)
  expect(await attend(id, scanned)).toMatchObject({ status: 200, body: { seat: 21 } })
  expect(await head(id)).toMatchObject({ present: 1, byPhone: 1, bySeat: 0 })
})

test('a seat that somebody left goes to whoever sits down on it', async () => {
  const { id } = await house.open()
  const first = { participant: randomUUID(), name: '钱阿姨', seat: 3 }
  await door(id, first)
  await house.must('DELETE', `${base}/${id}/attendance/${first.participant}`, undefined, house.secretary)
  const back = await door(id, { ...first, participant: randomUUID() })
  expect(back.body).toMatchObject({ participant: first.participant, leftAt: null, number: 1 })
  await house.must('DELETE', `${base}/${id}/attendance/${first.participant}`, undefined, house.secretary)
  const other = await door(id, { participant: randomUUID(), name: '孙先生', seat: 3 })
  expect(other).toMatchObject({ status: 201, body: { number: 2, seat: 3 } })
  expect(
    (await listed(id)).map(({ seat, leftAt }: { seat: number; leftAt: string }) => [seat, leftAt !== null]),
  ).toEqual([
    [null, true],
    [3, false],
  ])
})

test('names are read again whatever letters the id was sent in', async () => {
  const { id } = await house.open()
  const [phone, seated] = [randomUUID(), randomUUID()]
  const own = { participant: phone.toUpperCase(), ticket: ticket(), name: '王芳', namesMe: true }
  expect(await attend(id, own)).toMatchObject({ status: 201, body: { participant: phone } })
  const sent = { participant: seated.toUpperCase(), name: '赵大爷', seat: 4 }
  expect(await door(id, sent)).toMatchObject({ status: 201, body: { participant: seated, name: '赵大爷' } })
  expect((await listed(id)).map(({ name }: { name: string }) => name)).toEqual(['王芳', '赵大爷'])
})

test('a card that somebody gave back is not them: the next who scans it is somebody else, and consents for nobody else', async () => {
  const { id } = await house.open()
  const first = await house.phone(id, { name: '钱阿姨', card: card(id, 9) })
  const text = '晚上太吵，睡不着'
  const said = { id: randomUUID(), ticket: first.ticket, text }
  await house.must('POST', `${base}/${id}/statements`, said, {})
  await house.must('POST', `${base}/${id}/attendance/leaving`, { ticket: first.ticket }, {})
  const next = await house.phone(id, { name: '孙先生', namesMe: true, card: card(id, 9) })
  expect(next).toMatchObject({ number: 2, seat: 9 })
  const own = await house.must('POST', `${base}/${id}/statements/own`, { ticket: next.ticket }, {})
  expect(own.statements).toEqual([])
  const stored = await house.look(
    `SELECT number, names_me FROM participants WHERE deliberation_id = '${id}' ORDER BY 1`,
  )
  expect(stored.rows).toEqual([
    { number: 1, names_me: false },
    { number: 2, names_me: true },
  ])
  expect((await listed(id)).map(({ name, seat }: { name: string; seat: number }) => [name, seat])).toEqual([
    ['钱阿姨', null],
    ['孙先生', 9],
  ])
})

test('whoever leaves and scans their own card again is who they were', async () => {
  const { id } = await house.open()
  const own = await house.phone(id, { card: card(id, 11) })
  await house.must('POST', `${base}/${id}/attendance/leaving`, { ticket: own.ticket }, {})
  const back = await attend(id, { participant: own.participant, ticket: own.ticket, card: card(id, 11) })
  expect(back).toMatchObject({ status: 200, body: { participant: own.participant, number: 1, seat: 11 } })
  expect(await head(id)).toMatchObject({ present: 1 })
})

test('another name given with a card that the door signed in does not let the minutes print the first', async () => {
  const { id } = await house.open()
  await door(id, { participant: randomUUID(), name: '赵大爷', seat: 5 })
  await house.phone(id, { name: '小赵', namesMe: true, card: card(id, 5) })
  const stored = await house.look(`SELECT names_me FROM participants WHERE deliberation_id = '${id}'`)
  expect(stored.rows).toEqual([{ names_me: false }])
})

test('a room that is full says so, to phones and at the door; whoever is in stays in', async () => {
  const { id } = await house.open()
  const own = await house.phone(id)
  await house.look(`UPDATE deliberations SET participants = ${MOST_PEOPLE} WHERE id = '${id}'`)
  const full = { status: 409, body: { code: 'room_full' } }
  expect(await attend(id, { participant: randomUUID(), ticket: ticket() })).toMatchObject(full)
  expect(await door(id, { participant: randomUUID(), name: '晚来的' })).toMatchObject(full)
  expect((await attend(id, { participant: own.participant, ticket: own.ticket })).status).toBe(200)
  expect(await head(id)).toMatchObject({ present: 1 })
})

test('one id in two rooms at the same moment is one person in one of them', async () => {
  const rooms = [await house.open(), await house.open()]
  for (let i = 0; i < 5; i += 1) {
    const participant = randomUUID()
    const came = await Promise.all(rooms.map(({ id }) => attend(id, { participant, ticket: ticket() })))
    expect(came.map(({ status }) => status).sort()).toEqual([201, 409])
  }
})

test('somebody on the roster is known by their name, once, and staff elsewhere see nobody', async () => {
  const { id } = await house.open()
  const people = [{ name: '周明' }, { name: '吴 霞', compound: '和平里二区' }]
  await house.must('PUT', `${base}/${id}/roster`, { people }, house.secretary)
  const names = ['吴霞', '周明', '周明', '郑女士']
  for (const name of names) await door(id, { participant: randomUUID(), name })
  expect((await listed(id)).map(({ invited }: { invited: boolean }) => invited)).toEqual([true, true, false, false])
  const elsewhere = await house.call('GET', `${base}/${id}/attendance`, undefined, house.neighbour)
  expect(elsewhere).toMatchObject({ status: 404, body: { code: 'unknown_deliberation' } })
  const audit = await house.look(
    `SELECT after FROM audit_entries WHERE district_id = 1 AND subject = 'deliberation:${id}'`,
  )
  expect(JSON.stringify(audit.rows)).not.toMatch(/吴|周|郑/)
})

test('a hall that scans the code at once gets a number each, and holds no connections that others need', async () => {
  const { id } = await house.open()
  const all = await Promise.all(Array.from({ length: 120 }, () => house.phone(id)))
  expect(new Set(all.map(({ number }) => number)).size).toBe(120)
  expect(await head(id)).toMatchObject({ present: 120, byPhone: 120 })
})

test('after ten wrong codes a device has to wait; others and right codes do not count', async () => {
  const { id, code, plan } = await house.planned(forum({ title: '房间号' }))
  const find = (code: string, device = 'phone one') =>
    house.call('GET', `/districts/YX/rooms/${code}`, undefined, { 'user-agent': device })
  expect(await find(code)).toMatchObject({ status: 200, body: { deliberation: id, title: plan.title } })
  const wrong = Array.from({ length: 12 }, (_, i) => find(String((Number(code) + 1 + i) % 1_000_000).padStart(6, '0')))
  const statuses = (await Promise.all(wrong)).map(({ status }) => status)
  expect(statuses).toEqual([...Array(10).fill(404), 429, 429])
  expect(await find(code)).toMatchObject({ status: 429, body: { code: 'too_many_rooms' } })
  expect((await find(code, 'phone two')).status).toBe(200)
})
