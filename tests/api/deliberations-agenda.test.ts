import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Room } from '../../shared/deliberations/room.ts'
import { base, type Deliberations, openDeliberations } from './deliberations-district.ts'

let house: Deliberations
beforeAll(async () => {
  house = await openDeliberations()
})
afterAll(() => house?.stop())

const room = async (id: string): Promise<Room> => house.must('GET', `${base}/${id}/room`, undefined, {})
const goTo = (id: string, item: string | null) => house.call('PUT', `${base}/${id}/item`, { item }, house.secretary)
const raise = (id: string, ticket: string, speaker: string = randomUUID()) =>
  house.call('POST', `${base}/${id}/speakers`, { id: speaker, ticket }, {})
const move = (id: string, speaker: string, state: string) =>
  house.call('PUT', `${base}/${id}/speakers/${speaker}`, { state }, house.secretary)

test('the room is at one item of its agenda, whose time begins when it is reached', async () => {
  const planned = await house.planned()
  const [first, second] = planned.plan.agenda.map(({ id }) => id)
  expect(await goTo(planned.id, first!)).toMatchObject({ status: 409, body: { code: 'room_not_yet_open' } })
  const { id } = planned
  await house.must('PUT', `${base}/${id}/status`, { status: 'open' }, house.secretary)
  const states = async () => (await room(id)).items.map(({ state }) => state)
  await goTo(id, first!)
  const { body } = await goTo(id, second!)
  expect(await states()).toEqual(['done', 'current', 'waiting'])
  const begun = (await room(id)).items[1]!.startedAt
  // Said twice, the time goes on.
  expect((await goTo(id, second!)).body).toEqual(body)
  expect((await room(id)).items[1]!.startedAt).toBe(begun)
  expect(await goTo(id, randomUUID())).toMatchObject({ status: 404, body: { code: 'unknown_item' } })
  expect(await states()).toEqual(['done', 'current', 'waiting'])
  await goTo(id, first!)
  expect(await states()).toEqual(['current', 'done', 'waiting'])
  await goTo(id, null)
  expect(await states()).toEqual(['done', 'done', 'waiting'])
})

test('people speak in the order of asking, one at a time, and who speaks for the first time is marked', async () => {
  const { id } = await house.open()
  const phone = await house.phone(id)
  const seated = { participant: randomUUID(), seat: 12 }
  await house.must('POST', `${base}/${id}/attendance/door`, seated, house.secretary)
  const [one, two] = [randomUUID(), randomUUID()]
  expect((await raise(id, phone.ticket, one)).status).toBe(201)
  expect(await raise(id, phone.ticket)).toMatchObject({ status: 200, body: { id: one } })
  const bySeat = (seat: number, speaker: string) =>
    house.call('POST', `${base}/${id}/speakers/seat`, { id: speaker, seat }, house.secretary)
  expect((await bySeat(12, two)).status).toBe(201)
  expect(await bySeat(13, randomUUID())).toMatchObject({ status: 409, body: { code: 'seat_not_present' } })
  const speakers = async () => (await room(id)).speakers.map(({ label, state, first }) => [label, state, first])
  expect(await speakers()).toEqual([
    [`第${phone.number}位签到`, 'waiting', true],
    ['12号座', 'waiting', true],
  ])
  await move(id, one, 'speaking')
  expect((await room(id)).speakers[0]!.startedAt).not.toBeNull()
  await move(id, two, 'speaking')
  expect(await speakers()).toEqual([['12号座', 'speaking', true]])
  expect((await raise(id, phone.ticket)).status).toBe(201)
  expect((await speakers())[1]).toEqual([`第${phone.number}位签到`, 'waiting', false])
  expect(await move(id, one, 'speaking')).toMatchObject({ status: 409, body: { code: 'speaker_done' } })
  expect(await move(id, randomUUID(), 'done')).toMatchObject({ status: 404, body: { code: 'unknown_speaker' } })
  await move(id, two, 'withdrawn')
  await house.must('PUT', `${base}/${id}/status`, { status: 'closed' }, house.secretary)
  expect(await raise(id, phone.ticket)).toMatchObject({ status: 409, body: { code: 'room_closed' } })
})
