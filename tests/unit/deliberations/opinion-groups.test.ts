import { describe, expect, it } from 'vitest'
import { groupOpinions } from '../../../shared/deliberations/opinion-groups.ts'
import { opinionOutcome } from '../../../shared/deliberations/opinions.ts'
import { standingOf } from '../../../shared/deliberations/representative.ts'
import { withGroups } from '../../../shared/deliberations/with-groups.ts'
import { adjustedRandIndex } from '../../../shared/statistics/rand-index.ts'
import { seeded } from '../../../shared/statistics/random.ts'

interface Room {
  people: number
  statements: number
  /** Of how many minds they are; 0 is everybody for themselves. */
  camps: number
  /** How many of their votes are left to chance. */
  chance?: number
}

/** People vote as their camp does, all against each other on the first statements and together on the last. */
function room({ people, statements, camps, chance = 0.2 }: Room) {
  const random = seeded(`${people}/${statements}/${camps}`)
  const campOf = (row: number) => (camps === 0 ? 0 : row % camps)
  const values = Array.from({ length: people * statements }, (_, at) => {
    const [row, column] = [Math.floor(at / statements), at % statements]
    if (random() < 0.1) return NaN
    if (camps === 0 || random() < chance) return Math.floor(random() * 3) - 1
    return column === statements - 1 || column % camps === campOf(row) ? 1 : -1
  })
  const matrix = { rows: people, columns: statements, values: Float64Array.from(values) }
  return { matrix, camps: Array.from({ length: people }, (_, row) => campOf(row)) }
}

const why = (of: Room) => (groupOpinions(room(of).matrix, 1) as { why: string }).why

describe('opinion groups', () => {
  it('find the camps of a room, with what they were found by', () => {
    const { matrix, camps } = room({ people: 60, statements: 12, camps: 2 })
    const found = groupOpinions(matrix, 7)
    if ('why' in found) throw new Error(found.why)
    expect(found).toMatchObject({ k: 2, seed: 7, engine: 'opinion-groups 2' })
    expect(adjustedRandIndex(found.of, camps)).toBe(1)
    expect(found.stability).toBeGreaterThan(0.9)
    expect(found.silhouettes[0]).toEqual({
      k: 2,
      silhouette: Math.max(...found.silhouettes.map((each) => each.silhouette)),
    })
    expect(groupOpinions(matrix, 7)).toEqual(found)
  })

  it('find three camps where there are three', () => {
    const { matrix, camps } = room({ people: 90, statements: 15, camps: 3 })
    const found = groupOpinions(matrix, 7)
    if ('why' in found) throw new Error(found.why)
    expect(found.k).toBe(3)
    expect(adjustedRandIndex(found.of, camps)).toBeGreaterThan(0.9)
  })

  it('are not shown of few people, of few votes, or of few statements', () => {
    expect(why({ people: 23, statements: 12, camps: 2 })).toBe('表态满7条的有23人，不足24人，不分意见群。')
    expect(why({ people: 60, statements: 6, camps: 2 })).toBe('表态的意见只有6条，不足7条，不分意见群。')
  })

  it('are found among exactly 24 people with exactly seven votes each, and not with one vote less', () => {
    const votes = Float64Array.from({ length: 24 * 7 }, (_, at) => {
      const [row, column] = [Math.floor(at / 7), at % 7]
      return column === row % 6 ? 0 : row % 2 === column % 2 ? 1 : -1
    })
    expect(groupOpinions({ rows: 24, columns: 7, values: votes }, 1)).toMatchObject({ k: 2 })
    votes[3] = NaN
    expect(groupOpinions({ rows: 24, columns: 7, values: votes }, 1)).toEqual({
      why: '表态满7条的有23人，不足24人，不分意见群。',
    })
  })

  it('leave out whoever cast too few votes', () => {
    const { matrix } = room({ people: 40, statements: 12, camps: 2 })
    matrix.values.fill(NaN, 6, 12)
    const found = groupOpinions(matrix, 1)
    if ('why' in found) throw new Error(found.why)
    expect(found.of[0]).toBe(-1)
    expect([...found.of].filter((group) => group >= 0)).toHaveLength(39)
  })

  it('are not shown where others would have been grouped otherwise', () => {
    expect(why({ people: 80, statements: 20, camps: 0 })).toMatch(
      /^换一批人重新分组30次，.*不到0\.80，这样分靠不住，不列意见群。$/,
    )
  })

  it('are not shown where everybody says the same, or where a group would be a handful', () => {
    const same = { rows: 30, columns: 8, values: new Float64Array(240).fill(1) }
    expect(groupOpinions(same, 1)).toEqual({ why: '大家的表态几乎一样，分不出意见群。' })
    const values = Float64Array.from({ length: 240 }, (_, at) => (at < 24 ? -1 : 1))
    expect(groupOpinions({ ...same, values }, 1)).toEqual({
      why: '分出的意见群有的不足5人，列出来会看出是谁，不列意见群。',
    })
  })
})

describe('a statement that speaks for a group', () => {
  // By hand: pa = 9/10, ra = 0.9 / 0.2 = 4.5, pat = (0.9 − 0.5) / √(0.25 / 10), rat = 0.7 / √(11/20 · 9/20 · 2/10)
  it('is ranked by ra · rat · pa · pat', () => {
    const { ratio, rank } = standingOf({ yes: 8, seen: 8, otherYes: 1, otherSeen: 8 })
    expect(ratio).toBeCloseTo(4.5, 12)
    const [pat, rat] = [0.4 / Math.sqrt(0.025), 0.7 / Math.sqrt(0.55 * 0.45 * 0.2)]
    expect(rank).toBeCloseTo(4.5 * rat * 0.9 * pat, 9)
  })

  it('is one on which most of the group agree, and more than elsewhere', () => {
    expect(standingOf({ yes: 4, seen: 8, otherYes: 0, otherSeen: 8 }).rank).toBe(0)
    expect(standingOf({ yes: 8, seen: 8, otherYes: 8, otherSeen: 8 }).rank).toBe(0)
    expect(standingOf({ yes: 0, seen: 0, otherYes: 8, otherSeen: 8 }).rank).toBe(0)
  })
})

describe('an outcome with groups', () => {
  const { matrix } = room({ people: 60, statements: 12, camps: 2 })
  const options = Array.from({ length: 12 }, (_, at) => `s${at}`)
  const voted = { phone: 60, seat: 0 }
  const locked = opinionOutcome({
    ...{ options: options.map((id) => ({ id })), votes: new Map(), hands: new Map(), voted, present: 60 },
  })
  const outcome = withGroups(locked, options, matrix, 7)

  it('puts first what both groups agree on, and says what sets each apart', () => {
    // Counts were not given here, so that every statement would be even.
    expect(outcome.results.find(({ option }) => option === 's11')!.consensus).toBe(
      Math.max(...outcome.results.map(({ consensus }) => consensus)),
    )
    const { groups } = outcome.groups!
    expect(groups.map(({ size }) => size)).toEqual([30, 30])
    for (const { representative } of groups) {
      expect(representative).toHaveLength(5)
      for (const { share, of, ratio } of representative) {
        expect(share).toBeGreaterThan(0.5)
        expect(of).toBeGreaterThan(15)
        expect(ratio).toBeGreaterThan(1)
      }
    }
  })

  it('tells nothing of who stands where, and changes nothing that was counted', () => {
    const { points } = outcome.groups!
    expect(points).toHaveLength(60)
    expect(points.map(([x]) => x)).toEqual(points.map(([x]) => x).toSorted((a, b) => a - b))
    const counted = (from: typeof outcome) => from.results.map(({ option, all }) => [option, all]).sort()
    expect(counted(outcome)).toEqual(counted(locked))
    expect(outcome.withoutGroups).toBeNull()
  })
})
