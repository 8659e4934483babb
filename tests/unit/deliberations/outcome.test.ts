import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seenBy } from '../../../shared/deliberations/consensus.ts'
import { presences, rules } from '../../../shared/deliberations/kinds.ts'
import { type Motion, motionOutcome, passes, pointsOutcome } from '../../../shared/deliberations/outcome.ts'
import { isReached, neededBy } from '../../../shared/deliberations/quorum.ts'

const counts = (agree: number, disagree: number, pass = 0) => ({ agree, disagree, pass })
const options = ['a', 'b', 'c', 'd'].map((id) => ({ id }))
const on = (channel: 'phone' | 'seat', ...options: string[]) => ({ channel, options })

test.each([
  // RONR (12th ed.) 44:1: a majority is more than half of the votes cast, abstentions excluded.
  ['simple', counts(31, 30, 40), 101, true],
  ['simple', counts(30, 30), 60, false],
  ['simple', counts(0, 0, 5), 5, false],
  // 44:9: of those present, whether they vote or not.
  ['present', counts(20, 0), 40, false],
  ['present', counts(21, 0), 40, true],
  ['present', counts(21, 0), 41, true],
  ['present', counts(20, 3), 41, false],
  // 44:3, with its examples: 40 of 60 cast are two thirds, 39 of 60 are not; 5 of 7 are.
  ['two-thirds', counts(40, 20), 90, true],
  ['two-thirds', counts(39, 21), 60, false],
  ['two-thirds', counts(5, 2), 9, true],
  ['two-thirds', counts(0, 0, 9), 9, false],
  ['consensus', counts(1, 0, 30), 31, true],
  ['consensus', counts(30, 1), 31, false],
  ['consensus', counts(0, 0, 3), 3, false],
] as const)('%s: %j with %i present passes: %s', (rule, all, present, expected) => {
  expect(passes(rule, all, present)).toBe(expected)
})

test.each([
  ['roster', 0.5, { roster: 31, present: 15, voted: 15 }, 16, false],
  ['roster', 0.5, { roster: 31, present: 16, voted: 0 }, 16, true],
  ['roster', 0.07, { roster: 100, present: 7, voted: 7 }, 7, true],
  ['roster', 2 / 3, { roster: 6, present: 4, voted: 1 }, 4, true],
  ['attendance', 1, { roster: 0, present: 12, voted: 11 }, 12, false],
  ['attendance', 0.5, { roster: 0, present: 9, voted: 5 }, 5, true],
  ['attendance', 0.5, { roster: 0, present: 10, voted: 5 }, 5, true],
  ['attendance', 0.5, { roster: 0, present: 0, voted: 0 }, 1, false],
  ['roster', 0.5, { roster: 3, present: 40, voted: 0 }, 2, true],
] as const)('a quorum of the %s of %d, %j: %i needed, reached: %s', (of, share, house, needed, reached) => {
  expect(neededBy({ of, share }, house)).toBe(needed)
  expect(isReached({ of, share }, house)).toBe(reached)
})

test('Borda: three people who put all four in order, worked out by hand', () => {
  const picked = [on('phone', 'a', 'b', 'c', 'd'), on('phone', 'b', 'a', 'd', 'c'), on('seat', 'b', 'c', 'a', 'd')]
  const { results, voted } = pointsOutcome({
    ...{ kind: 'ranking', options, picks: 4, picked, hands: new Map(), present: 5 },
  })
  // a: 4+3+2, b: 3+4+4, c: 2+1+3, d: 1+2+1; thirty points in all: 3 × (4+3+2+1).
  expect(results.map(({ option, points }) => [option, points])).toEqual([
    ['b', 11],
    ['a', 9],
    ['c', 6],
    ['d', 4],
  ])
  expect(results[0]!.byChannel).toEqual({ phone: 7, seat: 4 })
  expect(voted).toEqual({ phone: 2, seat: 1 })
})

test('Borda: where two of four are put in order, the first is worth two, the second one, the rest nothing', () => {
  const picked = [on('phone', 'c', 'a'), on('seat', 'c'), on('phone', 'a', 'd')]
  const { results } = pointsOutcome({
    ...{ kind: 'ranking', options, picks: 2, picked, hands: new Map(), present: 3 },
  })
  expect(results.map(({ option, points }) => [option, points])).toEqual([
    ['c', 4],
    ['a', 3],
    ['d', 1],
    ['b', 0],
  ])
})

test('dots: those that are even stay in the order of the options, and hands stand beside them', () => {
  const picked = [on('phone', 'd', 'b'), on('seat', 'b', 'd'), on('seat', 'c')]
  const { results } = pointsOutcome({
    ...{ kind: 'dots', options, picks: 2, picked, hands: new Map([['c', 9]]), present: 3 },
  })
  expect(results.map(({ option, points, hands }) => [option, points, hands])).toEqual([
    ['b', 2, null],
    ['d', 2, null],
    ['c', 1, 9],
    ['a', 0, null],
  ])
})

const few = fc.nat({ max: 60 })
const anyCounts = fc.record({ agree: few, disagree: few, pass: few })
const motion: fc.Arbitrary<Motion> = fc
  .record({
    ...{ rule: fc.constantFrom(...rules), phone: anyCounts, seat: anyCounts, quiet: few, roster: few },
    quorum: fc.option(
      fc.record({
        of: fc.constantFrom('roster' as const, 'attendance' as const),
        share: fc.double({ min: 0.01, max: 1, noNaN: true }),
      }),
    ),
  })
  .map(({ phone, seat, quiet, ...rest }) => {
    const all = {
      ...{ agree: phone.agree + seat.agree, disagree: phone.disagree + seat.disagree, pass: phone.pass + seat.pass },
    }
    const voted = { phone: seenBy(phone), seat: seenBy(seat) }
    return { ...rest, all, byChannel: { phone, seat }, voted, present: seenBy(all) + quiet, hands: null }
  })

test('one more in favour never undoes a motion, and one more against never carries it', () => {
  fc.assert(
    fc.property(motion, ({ rule, all, present }) => {
      const more = { ...all, agree: all.agree + 1 }
      const against = { ...all, disagree: all.disagree + 1 }
      if (passes(rule, all, present)) expect(passes(rule, more, present)).toBe(true)
      else expect(passes(rule, against, present)).toBe(false)
    }),
  )
})

test('nothing passes with more against than in favour, and consensus is the hardest to please of the votes cast', () => {
  fc.assert(
    fc.property(motion, ({ rule, all, present }) => {
      if (passes(rule, all, present)) expect(all.agree).toBeGreaterThan(all.disagree)
      if (passes('consensus', all, present)) expect(passes('two-thirds', all, present)).toBe(true)
      if (passes('two-thirds', all, present)) expect(passes('simple', all, present)).toBe(true)
    }),
  )
})

test('nothing is decided below the quorum, and with it the rule alone decides', () => {
  fc.assert(
    fc.property(motion, (given) => {
      const { verdict, needed } = motionOutcome(given)
      const voted = given.voted.phone + given.voted.seat
      const there = given.quorum?.of === 'roster' ? given.present : voted
      if (given.quorum && there < needed) expect(verdict).toBe('no-quorum')
      else expect(verdict).toBe(passes(given.rule, given.all, given.present) ? 'passed' : 'failed')
    }),
  )
})

test('points by channel add up, whoever picks what; a ranking gives away no more than all its places', () => {
  const ballot = fc.record({
    channel: fc.constantFrom(...presences),
    options: fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 1, maxLength: 3 }),
  })
  fc.assert(
    fc.property(fc.constantFrom('dots' as const, 'ranking' as const), fc.array(ballot), (kind, picked) => {
      const outcome = pointsOutcome({ kind, options, picks: 3, picked, hands: new Map(), present: picked.length })
      const sum = outcome.results.reduce((sum, { points }) => sum + points, 0)
      for (const { points, byChannel } of outcome.results) expect(byChannel.phone + byChannel.seat).toBe(points)
      expect(outcome.voted.phone + outcome.voted.seat).toBe(picked.length)
      expect(sum).toBeLessThanOrEqual(picked.length * (kind === 'dots' ? 3 : 6))
      const order = outcome.results.map(({ points }) => points)
      expect(order).toEqual([...order].sort((a, b) => b - a))
    }),
  )
})
