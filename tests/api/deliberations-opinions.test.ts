import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Choice } from '../../shared/deliberations/kinds.ts'
import type { OpinionOutcome, Room, RoomEvent } from '../../shared/deliberations/room.ts'
import { base, type Deliberations, openDeliberations } from './deliberations-district.ts'

let house: Deliberations
beforeAll(async () => {
  house = await openDeliberations()
}, 120_000)
afterAll(() => house?.stop())

/** A room that weighs so many statements; `choose` says how each person votes on each. The last person says nothing. */
async function weigh(people: number, statements: number, choose: (person: number, statement: number) => Choice) {
  const { id } = await house.open()
  const path = `${base}/${id}`
  const options: { id: string; text: string }[] = []
  for (let n = 0; n < statements; n += 1) {
    const said = await house.must(
      'POST',
      `${path}/statements/taken`,
      { id: randomUUID(), text: `第${n}条` },
      house.secretary,
    )
    options.push({ id: said.id, text: said.text })
  }
  const question = randomUUID()
  const asked = { kind: 'opinion', title: '逐条表态', item: null, options, picks: 0, secret: false, rule: null }
  await house.must(
    'POST',
    `${path}/questions`,
    { id: question, ...asked, quorum: null, requirement: null },
    house.secretary,
  )
  await house.must('PUT', `${path}/questions/${question}/state`, { state: 'open' }, house.secretary)
  for (let person = 0; person < people; person += 1) {
    const { ticket } = await house.phone(id)
    if (person === people - 1) continue
    const votes = options.map((option, n) => ({ id: randomUUID(), subject: option.id, choice: choose(person, n) }))
    await house.must('POST', `${path}/questions/${question}/votes`, { ticket, votes }, {})
  }
  const closed = await house.must('PUT', `${path}/questions/${question}/state`, { state: 'closed' }, house.secretary)
  const locked = closed.outcome as OpinionOutcome
  return { path, locked, options, ...(await grouped(path, question)) }
}

/** The room once it was told of groups, or why there are none, and the event that told it. */
async function grouped(path: string, question: string): Promise<{ outcome: OpinionOutcome; told: boolean }> {
  for (let tries = 0; tries < 200; tries += 1) {
    const room: Room = await house.must('GET', `${path}/room`, undefined, {})
    const outcome = room.questions.find(({ id }) => id === question)!.outcome as OpinionOutcome
    if (outcome.groups || outcome.withoutGroups) {
      const { events } = await house.must('GET', `${path}/events?since=${room.seq - 1}`, undefined, {})
      const last = (events as RoomEvent[]).at(-1)!.change
      return { outcome, told: last.kind === 'question' && last.question.id === question }
    }
    await sleep(50)
  }
  throw new Error('no opinion groups within ten seconds')
}

test('two camps are told to the room a moment after closing, and what both agree on comes first', async () => {
  const camps = (person: number, statement: number): Choice => {
    if (statement === 7) return person % 5 === 0 ? 'pass' : 'agree'
    return (person % 2 === 0) === (statement % 2 === 0) ? 'agree' : 'disagree'
  }
  const { locked, outcome, told, options } = await weigh(31, 8, camps)
  expect(locked).toMatchObject({ kind: 'opinion', present: 31, voted: { phone: 30, seat: 0 }, groups: null })
  expect(told).toBe(true)
  expect(outcome.results[0]!.option).toBe(options[7]!.id)
  expect(outcome.groups).toMatchObject({ k: 2, engine: expect.any(String), groups: [{ size: 15 }, { size: 15 }] })
  expect(outcome.groups!.stability).toBeGreaterThan(0.8)
  const of = (result: OpinionOutcome) =>
    new Map(result.results.map(({ option, all, byChannel }) => [option, { all, byChannel }]))
  expect(of(outcome)).toEqual(of(locked))
  expect(outcome.results.at(-1)!.consensus).toBeCloseTo((16 / 17) * (1 / 17), 10)
})

test('few people are told why there are no groups', async () => {
  const { locked, outcome, told } = await weigh(4, 8, () => 'agree')
  expect(told).toBe(true)
  expect(outcome).toEqual({ ...locked, withoutGroups: '表态满7条的有3人，不足24人，不分意见群。' })
})
