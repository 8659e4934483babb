import { describe, expect, it } from 'vitest'
import { groupInformedConsensus, groupInformedDissent } from '../../../shared/deliberations/consensus.ts'
import { opinionOutcome } from '../../../shared/deliberations/opinions.ts'

const counts = (agree: number, disagree: number, pass: number) => ({ agree, disagree, pass })

describe('group-informed consensus', () => {
  it('is the product over groups of (agree + 1) / (seen + 2), and the same for disagreeing', () => {
    const groups = [counts(3, 0, 1), counts(0, 4, 0)]
    expect(groupInformedConsensus(groups)).toBeCloseTo((4 / 6) * (1 / 6), 15)
    expect(groupInformedDissent(groups)).toBeCloseTo((1 / 6) * (5 / 6), 15)
    expect(groupInformedConsensus([counts(0, 0, 0)])).toBe(0.5)
  })
})

describe('the outcome of an opinion question', () => {
  const outcome = opinionOutcome({
    options: [{ id: 'nobody' }, { id: 'parking' }, { id: 'canteen' }],
    votes: new Map([
      ['canteen', { phone: counts(3, 0, 0), seat: counts(0, 0, 1) }],
      ['parking', { phone: counts(2, 1, 0), seat: counts(0, 1, 0) }],
    ]),
    hands: new Map([['parking', counts(9, 1, 0)]]),
    voted: { phone: 3, seat: 1 },
    present: 6,
  })

  it('counts by channel, and those add up', () => {
    expect(outcome).toMatchObject({ kind: 'opinion', present: 6, voted: { phone: 3, seat: 1 } })
    const parking = outcome.results.find(({ option }) => option === 'parking')!
    expect(parking.all).toEqual(counts(2, 2, 0))
    expect(parking.byChannel.seat).toEqual(counts(0, 1, 0))
  })

  it('puts first what most agree on and last what nobody voted on, and keeps a show of hands beside it', () => {
    expect(outcome.results.map(({ option }) => option)).toEqual(['canteen', 'parking', 'nobody'])
    const [canteen, parking] = outcome.results
    expect(canteen!.consensus).toBeCloseTo(4 / 6, 15)
    expect(parking!.hands).toEqual(counts(9, 1, 0))
    expect(canteen!.hands).toBeNull()
  })
})
