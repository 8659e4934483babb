import { describe, expect, it } from 'vitest'
import { groupInformedConsensus, groupInformedDissent } from '../../../shared/deliberations/consensus.ts'
import type { Choice, Presence } from '../../../shared/deliberations/kinds.ts'
import { opinionOutcome, resultsOf } from '../../../shared/deliberations/opinions.ts'

const vote = (subject: string, participant: string, choice: Choice, channel: Presence = 'phone') => {
  return { subject, participant, choice, channel }
}
const opinions = {
  options: [{ id: 'canteen' }, { id: 'parking' }, { id: 'nobody' }],
  votes: [
    ...['a', 'b', 'c'].map((who) => vote('canteen', who, 'agree')),
    vote('canteen', 'd', 'pass', 'seat'),
    ...['a', 'b'].map((who) => vote('parking', who, 'agree')),
    ...['c', 'd'].map((who) => vote('parking', who, 'disagree', who === 'd' ? 'seat' : 'phone')),
  ],
  hands: new Map([['parking', { agree: 9, disagree: 1, pass: 0 }]]),
  present: 6,
}

describe('group-informed consensus', () => {
  it('is the product over groups of (agree + 1) / (seen + 2), and the same for disagreeing', () => {
    const groups = [
      { agree: 3, disagree: 0, pass: 1 },
      { agree: 0, disagree: 4, pass: 0 },
    ]
    expect(groupInformedConsensus(groups)).toBeCloseTo((4 / 6) * (1 / 6), 15)
    expect(groupInformedDissent(groups)).toBeCloseTo((1 / 6) * (5 / 6), 15)
    expect(groupInformedConsensus([{ agree: 0, disagree: 0, pass: 0 }])).toBe(0.5)
  })
})

describe('the outcome of an opinion question', () => {
  const outcome = opinionOutcome(opinions)

  it('counts by channel, and those add up', () => {
    expect(outcome).toMatchObject({ kind: 'opinion', present: 6, voted: { phone: 3, seat: 1 } })
    const parking = outcome.results.find(({ option }) => option === 'parking')!
    expect(parking.all).toEqual({ agree: 2, disagree: 2, pass: 0 })
    expect(parking.byChannel.phone).toEqual({ agree: 2, disagree: 1, pass: 0 })
    expect(parking.byChannel.seat).toEqual({ agree: 0, disagree: 1, pass: 0 })
  })

  it('puts first what most agree on, and keeps a show of hands beside it', () => {
    expect(outcome.results.map(({ option }) => option)).toEqual(['canteen', 'parking', 'nobody'])
    const [canteen, parking] = outcome.results
    expect(canteen!.consensus).toBeCloseTo(4 / 6, 15)
    expect(parking!.hands).toEqual({ agree: 9, disagree: 1, pass: 0 })
    expect(canteen!.hands).toBeNull()
  })

  it('counts consensus over groups where there are some, of their members alone', () => {
    const members = new Map([
      ['a', 0],
      ['b', 0],
      ['c', 1],
    ])
    const parking = resultsOf(opinions, members).find(({ option }) => option === 'parking')!
    expect(parking.consensus).toBeCloseTo((3 / 4) * (1 / 3), 15)
    expect(parking.all).toEqual({ agree: 2, disagree: 2, pass: 0 })
  })
})
