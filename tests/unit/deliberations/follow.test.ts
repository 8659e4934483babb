import fc from 'fast-check'
import { expect, test } from 'vitest'
import { follow, type Room, type RoomChange, type RoomEvent } from '../../../shared/deliberations/room.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

const empty: Room = {
  seq: 0,
  head: {
    ...{
      deliberation: id(0),
      code: '123456',
      kind: 'forum',
      title: '座谈会',
      communityName: '和平里',
      place: '活动室',
    },
    ...{ startsAt: '2026-11-28T11:00:00.000Z', endsAt: null, host: '李书记', status: 'open', moderated: true },
    ...{ speakerSeconds: 180, present: 0, byPhone: 0, bySeat: 0 },
  },
  ...{ items: [], speakers: [], statements: [], proposals: [], questions: [] },
}

const few = fc.integer({ min: 1, max: 4 })
const change: fc.Arbitrary<RoomChange> = fc.oneof(
  fc.nat(50).map((present) => ({ kind: 'head' as const, head: { ...empty.head, present } })),
  fc.array(few, { maxLength: 3 }).map((ids) => ({
    kind: 'speakers' as const,
    speakers: ids.map((n) => ({
      id: id(n),
      label: `${n}号座`,
      state: 'waiting' as const,
      first: true,
      startedAt: null,
    })),
  })),
  fc.record({ n: few, text: fc.string() }).map(({ n, text }) => ({
    kind: 'statement' as const,
    statement: {
      ...{ id: id(n), number: n, text, item: null, proposal: null, service: null, state: 'shown' as const },
      ...{ result: null, answer: null, merged: [] },
    },
  })),
  few.map((n) => ({ kind: 'statement-gone' as const, statement: id(n) })),
  fc.record({ n: few, voted: fc.nat(50) }).map(({ n, voted }) => ({
    kind: 'question' as const,
    question: {
      ...{ id: id(n), item: null, kind: 'motion' as const, title: '建食堂', options: [], picks: 0, secret: false },
      ...{ rule: 'simple' as const, quorum: null, state: 'open' as const, reason: null, rerunOf: null },
      ...{ openedAt: '2026-11-28T11:30:00.000Z', voted, present: 50, outcome: null },
    },
  })),
  fc.constant({ kind: 'desk' as const, about: 'attendance' as const }),
)

const history = fc
  .array(change, { maxLength: 40 })
  .map((changes): RoomEvent[] => changes.map((change, at) => ({ seq: at + 1, change })))

const shown = (from: Room, events: readonly RoomEvent[]) => events.reduce(follow, from)

test('a screen that heard some events again, from wherever it had read the room, shows what everybody else shows', () => {
  const spans = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 6 })
  fc.assert(
    fc.property(history, fc.nat(), spans, (events, start, spans) => {
      const at = events.length === 0 ? 0 : start % (events.length + 1)
      let room = shown(empty, events.slice(0, at))
      for (const [from, length] of spans) {
        // Whoever catches up hears all from where they believe to be, perhaps from earlier; never with a gap.
        const begin = Math.min(room.seq, from % (events.length + 1))
        room = shown(room, events.slice(begin, begin + (length % (events.length + 1))))
      }
      expect(shown(room, events.slice(room.seq))).toEqual(shown(empty, events))
    }),
  )
})

test('what is for the desk alone may be left out', () => {
  fc.assert(
    fc.property(history, (events) => {
      const open = events.filter(({ change }) => change.kind !== 'desk')
      const seq = (room: Room, of: readonly RoomEvent[]) => ({ ...room, seq: of.at(-1)?.seq ?? 0 })
      expect(seq(shown(empty, open), events)).toEqual(seq(shown(empty, events), events))
    }),
  )
})
