import { describe, expect, it } from 'vitest'
import { kMeans, type Point, spreadStarts } from '../../../shared/statistics/k-means.ts'
import { adjustedRandIndex } from '../../../shared/statistics/rand-index.ts'
import { seeded } from '../../../shared/statistics/random.ts'
import { silhouettes } from '../../../shared/statistics/silhouette.ts'

// Ruspini (1970), R: cluster::ruspini, in four groups of 20, 23, 17 and 15
const ruspini = (
  '4 53 5 63 10 59 9 77 13 49 13 69 12 88 15 75 18 61 19 65 22 74 27 72 28 76 24 58 27 55 28 60 30 52 31 60 32 61 36 72 ' +
  '28 147 32 149 35 153 33 154 38 151 41 150 38 145 38 143 32 143 34 141 44 156 44 149 44 143 46 142 47 149 49 152 ' +
  '50 142 53 144 52 152 55 155 54 124 60 136 63 139 86 132 85 115 85 96 78 94 74 96 97 122 98 116 98 124 99 119 99 128 ' +
  '101 115 108 111 110 111 108 116 111 126 115 117 117 115 70 4 77 12 83 21 61 15 69 15 78 16 66 18 58 13 64 20 69 21 ' +
  '66 23 61 25 76 27 72 31 64 30'
)
  .split(' ')
  .map(Number)
const points = Array.from({ length: 75 }, (_, at): Point => [ruspini[2 * at]!, ruspini[2 * at + 1]!])
const known = points.map((_, at) => (at < 20 ? 0 : at < 43 ? 1 : at < 60 ? 2 : 3))

describe('k-means', () => {
  // R: kmeans(ruspini, 4, nstart = 25)$tot.withinss -> 12881.05
  it('finds the groups of Ruspini, with the sum of squares that R finds', () => {
    const { of, within } = kMeans(points, [points[0]!, points[20]!, points[43]!, points[60]!])
    expect([...of]).toEqual(known)
    expect(within).toBeCloseTo(12881.05, 2)
  })

  it('finds them from starts that lie apart, the same ones for the same seed', () => {
    const starts = spreadStarts(points, 4, seeded(1))
    expect(spreadStarts(points, 4, seeded(1))).toEqual(starts)
    expect(adjustedRandIndex(kMeans(points, starts).of, known)).toBe(1)
  })

  it('lets points count as often as their weight says', () => {
    const { centres } = kMeans(
      [
        [0, 0],
        [3, 0],
        [100, 0],
      ],
      [
        [0, 0],
        [100, 0],
      ],
      [1, 2, 1],
    )
    expect(centres).toEqual([
      [2, 0],
      [100, 0],
    ])
  })

  it('has no more starts than there are different points, and needs one', () => {
    expect(
      spreadStarts(
        [
          [1, 1],
          [1, 1],
          [2, 1],
        ],
        5,
        seeded(1),
      ),
    ).toHaveLength(2)
    expect(() => kMeans(points, [])).toThrow(RangeError)
  })
})

describe('the silhouette', () => {
  // R: summary(silhouette(pam(ruspini, 4)))$avg.width -> 0.7376574
  it('is that of R, for several groupings at once', () => {
    const halves = known.map((group) => Number(group > 1))
    const [four, two] = silhouettes(points, [known, halves])
    expect(four).toBeCloseTo(0.7376574, 6)
    expect(two).toBe(silhouettes(points, [halves])[0])
  })

  it('counts a point that is alone as 0, and needs two groups', () => {
    expect(
      silhouettes(
        [
          [0, 0],
          [9, 0],
        ],
        [[0, 1]],
      ),
    ).toEqual([0])
    expect(() => silhouettes(points, [points.map(() => 0)])).toThrow(RangeError)
  })
})

describe('the adjusted Rand index', () => {
  // Yeung and Ruzzo (2001), Details of the adjusted Rand index: the example of ten objects -> 0.313
  it('is that of a published example', () => {
    expect(adjustedRandIndex([1, 1, 2, 2, 2, 2, 3, 3, 3, 3], [1, 2, 1, 2, 2, 3, 3, 3, 3, 3])).toBeCloseTo(0.313, 3)
  })

  // sklearn.metrics.adjusted_rand_score([0, 0, 1, 1], [0, 0, 1, 2]) -> 0.5714285714285715
  it('does not mind what groups are called', () => {
    expect(adjustedRandIndex([0, 0, 1, 1], [0, 0, 1, 2])).toBeCloseTo(0.5714285714285715, 15)
    expect(adjustedRandIndex([0, 0, 1, 1], [5, 5, 2, 2])).toBe(1)
    expect(adjustedRandIndex([0, 0, 0, 0], [0, 1, 2, 3])).toBe(0)
    expect(adjustedRandIndex([0, 0, 0], [7, 7, 7])).toBe(1)
    expect(() => adjustedRandIndex([0], [0, 1])).toThrow(RangeError)
  })
})
