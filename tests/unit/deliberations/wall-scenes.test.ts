import { expect, test } from 'vitest'
import type { RoomQuestion, RoomStatement } from '../../../shared/deliberations/room.ts'
import { endedIn, type Scene, scenesOf, statementScenes } from '../../../web/deliberations/wall-scenes.ts'

const statement = (number: number, length: number): RoomStatement => ({
  ...{ id: `s${number}`, number, text: '字'.repeat(length), item: null, proposal: null, service: null },
  ...{ state: 'shown', result: null, answer: null, merged: [] },
})
const counts = { agree: 3, disagree: 1, pass: 0 }
const question = (id: string, more: Partial<RoomQuestion> = {}): RoomQuestion => ({
  ...{ id, item: null, kind: 'motion', title: '建食堂', options: [], picks: 0, secret: false, rule: 'simple' },
  ...{ quorum: null, state: 'closed', reason: null, rerunOf: null, openedAt: '', voted: 4, present: 5 },
  outcome: {
    ...{ kind: 'motion', present: 5, roster: 0, needed: 0, verdict: 'passed', voted: { phone: 4, seat: 0 } },
    ...{ all: counts, byChannel: null, hands: null },
  },
  ...more,
})
const room = (questions: RoomQuestion[], statements: RoomStatement[] = [], status = 'open') =>
  scenesOf({ head: { status }, items: [], questions, statements } as unknown as Parameters<typeof scenesOf>[0])
const shown = (scene: Scene) => (scene.kind === 'statements' ? scene.statements.map(({ number }) => number) : [])

test('the newest statement comes first, and every one stands on a page that has room for it', () => {
  expect(statementScenes([])).toEqual([])
  const pages = statementScenes([statement(1, 20), statement(2, 500), statement(3, 500), statement(4, 30)])
  expect(pages.map(shown)).toEqual([[4], [3], [2], [1]])
  expect(statementScenes([1, 2, 3, 4, 5].map((n) => statement(n, 20))).map(shown)).toEqual([[5, 4, 3, 2, 1]])
})

test('an open vote has the stage for itself; its end is shown until the agenda moves on', () => {
  const open = question('q2', { state: 'open', outcome: null })
  expect(room([question('q1'), open], [statement(1, 20)]).map(({ kind }) => kind)).toEqual(['vote'])
  expect(room([question('q1')], [statement(1, 20)]).map(({ kind }) => kind)).toEqual(['result', 'statements'])
  const items = [
    { id: 'i2', title: '', kind: 'inform' as const, minutes: 1, state: 'current' as const, startedAt: null },
  ]
  expect(endedIn({ items, questions: [question('q1', { item: 'i1' })] })).toBeUndefined()
  expect(room([])).toEqual([{ key: 'empty', kind: 'empty' }])
  const over = room([question('q1')], [statement(1, 20)], 'closed')
  expect(over.map(({ kind }) => kind)).toEqual(['empty', 'result', 'statements'])
})

test('all options have their place once, however long they are', () => {
  const options = Array.from({ length: 25 }, (_, at) => ({ id: `o${at}`, text: '长'.repeat(1 + at * 20) }))
  const results = options.map(({ id }) => {
    return {
      option: id,
      all: counts,
      byChannel: { phone: counts, seat: counts },
      hands: null,
      consensus: 0.5,
      dissent: 0,
    }
  })
  const outcome = {
    kind: 'opinion' as const,
    present: 5,
    voted: { phone: 4, seat: 0 },
    results,
    groups: null,
    withoutGroups: null,
  }
  const scenes = room([question('q1', { kind: 'opinion', options, outcome })])
  const places = scenes.flatMap((scene) => (scene.kind === 'result' ? [[scene.from, scene.to]] : []))
  expect(places[0]![0]).toBe(0)
  for (const [at, [from]] of places.entries()) if (at > 0) expect(from).toBe(places[at - 1]![1])
  expect(places.at(-1)![1]).toBe(25)
  expect(new Set(scenes.map(({ key }) => key)).size).toBe(scenes.length)
  const asked = room([question('q1', { kind: 'dots', state: 'open', options, outcome: null })])
  expect(asked.flatMap((scene) => (scene.kind === 'vote' ? scene.options : []))).toEqual(options)
})
