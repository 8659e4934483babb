import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StatementState } from '../../shared/deliberations/kinds.ts'
import { follow, type Room, type RoomEvent } from '../../shared/deliberations/room.ts'
import type { Statement } from '../../shared/deliberations/statements-api.ts'
import { base, type Deliberations, openDeliberations } from './deliberations-district.ts'

let house: Deliberations
beforeAll(async () => {
  house = await openDeliberations()
})
afterAll(() => house?.stop())

type Act =
  | { does: 'show' | 'put back' | 'reject' | 'split' | 'answer'; one: number }
  | { does: 'merge'; one: number; into: number }

const MOST = 6
const one = fc.nat(MOST - 1)
/** Taken down in the room, and so shown from the beginning. */
const TAKEN = 4
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('show', 'put back', 'reject', 'split', 'answer'), one }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('show', 'split'), one }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('merge' as const), one, into: one }) },
)
const acts = fc.array(act, { minLength: 10, maxLength: 30 })

interface Kept {
  state: StatementState
  into: number | null
}

/** What should become of statements, written down without the code under test. Undefined where it should be refused. */
function expected(all: Kept[], done: Act): Kept[] | undefined {
  const { state, into } = all[done.one]!
  const set = (kept: Kept) => all.map((each, at) => (at === done.one ? kept : each))
  const isParent = all.some((each) => each.into === done.one)
  const onWall = state === 'shown' || state === 'discussed'
  if (done.does === 'split') return into === null ? all : set({ state: 'shown', into: null })
  if (done.does === 'merge') {
    if (into === done.into) return all
    const target = all[done.into]!.state
    if (done.one === done.into || !['received', 'shown'].includes(state)) return undefined
    if (target !== 'shown' && target !== 'discussed') return undefined
    const moved = all.map((each) => (each.into === done.one ? { ...each, into: done.into } : each))
    return moved.map((each, at) => (at === done.one ? { state: 'merged', into: done.into } : each))
  }
  if (state === 'merged') return undefined
  if (done.does === 'show') return set({ state: 'shown', into: null })
  if (done.does === 'answer') return onWall ? set({ state: 'discussed', into: null }) : undefined
  const to = done.does === 'reject' ? 'rejected' : 'received'
  if (state === to) return all
  return state === 'discussed' || isParent ? undefined : set({ state: to, into: null })
}

/** A room with six statements, of which those from phones wait. */
async function begun() {
  const { id } = await house.open()
  const phone = await house.phone(id)
  const at = `${base}/${id}/statements`
  const written: { id: string; text: string }[] = []
  for (let number = 1; number <= MOST; number += 1) {
    const body = { id: randomUUID(), text: `第${number}个人说的话` }
    if (number <= TAKEN) await house.must('POST', `${at}/taken`, body, house.secretary)
    else await house.must('POST', at, { ...body, ticket: phone.ticket }, {})
    written.push(body)
  }
  const desk = (which: string, what: string, body: object) =>
    house.call('PUT', `${at}/${which}/${what}`, body, house.secretary)
  const carryOut = async (done: Act): Promise<number> => {
    const { id: which } = written[done.one]!
    const state = (to: string, reason?: string) => desk(which, 'state', { state: to, reason })
    const ways: Record<Act['does'], () => Promise<{ status: number }>> = {
      show: () => state('shown'),
      'put back': () => state('received'),
      reject: () => state('rejected', '重复'),
      split: () => desk(which, 'merged', { into: null }),
      answer: () => desk(which, 'answer', { answer: null, result: '会办' }),
      merge: () => desk(which, 'merged', { into: written['into' in done ? done.into : 0]!.id }),
    }
    return (await ways[done.does]()).status
  }
  const room = (): Promise<Room> => house.must('GET', `${base}/${id}/room`, undefined, {})
  const list = (): Promise<Statement[]> => house.must('GET', at, undefined, house.secretary)
  const since = async (seq: number): Promise<RoomEvent[]> =>
    (await house.must('GET', `${base}/${id}/events?since=${seq}`, undefined, {})).events
  return { written, carryOut, room, list, since }
}

type Begun = Awaited<ReturnType<typeof begun>>

/** Whatever was done: words and numbers stay, nothing is merged into something merged, and everybody sees the same. */
async function isSound({ written, room, list, since }: Begun, first: Room): Promise<Statement[]> {
  const all = await list()
  expect(all.map(({ id, text }) => ({ id, text }))).toEqual(written)
  expect(all.map(({ number }) => number)).toEqual(written.map((_, at) => at + 1))
  for (const { state, mergedInto, reason, result } of all) {
    expect(state === 'merged').toBe(mergedInto !== null)
    expect(state === 'rejected').toBe(reason !== null)
    expect(state === 'discussed').toBe(result !== null)
    const target = all.find(({ id }) => id === mergedInto)
    if (mergedInto !== null) expect(['shown', 'discussed']).toContain(target?.state)
  }
  const now = await room()
  const words = ({ number, text }: { number: number; text: string }) => ({ number, text })
  expect(now.statements.map((each) => ({ ...words(each), merged: each.merged }))).toEqual(
    all
      .filter(({ state }) => state === 'shown' || state === 'discussed')
      .map((each) => ({
        ...words(each),
        merged: all.filter(({ mergedInto }) => mergedInto === each.id).map(words),
      })),
  )
  const followed = (await since(first.seq)).reduce(follow, first)
  const inOrder = ({ statements }: Room) => [...statements].sort((a, b) => a.number - b.number)
  expect(inOrder(followed)).toEqual(inOrder(now))
  return all
}

test('whatever staff do with statements, one after the other or at once, the rules hold', async () => {
  await fc.assert(
    fc.asyncProperty(acts, acts, async (inTurn, atOnce) => {
      const begins = await begun()
      const first = await begins.room()
      let kept: Kept[] = begins.written.map((_, at) => ({ state: at < TAKEN ? 'shown' : 'received', into: null }))
      for (const done of inTurn) {
        const after = expected(kept, done)
        expect(await begins.carryOut(done), JSON.stringify({ done, kept })).toBe(after ? 200 : 409)
        kept = after ?? kept
      }
      const all = await isSound(begins, first)
      const places = new Map(begins.written.map(({ id }, at) => [id, at]))
      expect(all.map(({ state, mergedInto }) => ({ state, into: mergedInto && places.get(mergedInto) }))).toEqual(kept)

      const statuses = await Promise.all(atOnce.slice(0, 12).map((done) => begins.carryOut(done)))
      expect(statuses.every((status) => status === 200 || status === 409)).toBe(true)
      await isSound(begins, first)
    }),
    { numRuns: 8, endOnFailure: true },
  )
}, 60_000)
