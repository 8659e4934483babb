import type { Point } from '../statistics/k-means.ts'
import type { Matrix } from '../statistics/pca.ts'
import { groupInformedConsensus, groupInformedDissent } from './consensus.ts'
import { type Grouped, groupOpinions } from './opinion-groups.ts'
import { inOrder } from './opinions.ts'
import { representativeOf } from './representative.ts'
import type { Counts, OpinionGroups, OpinionOutcome } from './room.ts'

/** The outcome with opinion groups and consensus over them, or with the reason why there are none; nothing counted changes. */
export function withGroups(
  outcome: OpinionOutcome,
  options: readonly string[],
  matrix: Matrix,
  seed: number,
): OpinionOutcome {
  const grouped = groupOpinions(matrix, seed)
  if ('why' in grouped) return { ...outcome, groups: null, withoutGroups: grouped.why }
  const counts = Array.from({ length: grouped.k }, (_, group) => countsOf(matrix, grouped.of, group))
  const results = outcome.results.map((result) => {
    const column = options.indexOf(result.option)
    const groups = counts.map((each) => each[column]!)
    return { ...result, consensus: groupInformedConsensus(groups), dissent: groupInformedDissent(groups) }
  })
  return { ...outcome, results: inOrder(results), groups: shown(grouped, options, counts), withoutGroups: null }
}

/** How a group voted, by column. */
function countsOf({ rows, columns, values }: Matrix, of: Int32Array, group: number): Counts[] {
  const counts = Array.from({ length: columns }, () => ({ agree: 0, disagree: 0, pass: 0 }))
  for (let row = 0; row < rows; row += 1) {
    if (of[row] !== group) continue
    for (const [column, each] of counts.entries()) {
      const value = values[row * columns + column]!
      if (!Number.isNaN(value)) each[value > 0 ? 'agree' : value < 0 ? 'disagree' : 'pass'] += 1
    }
  }
  return counts
}

function shown(grouped: Grouped, options: readonly string[], counts: readonly Counts[][]): OpinionGroups {
  const { k, silhouettes, stability, seed, engine } = grouped
  const groups = counts.map((_, group) => {
    const own = grouped.positions.filter((point, row): point is Point => !!point && grouped.of[row] === group)
    const representative = representativeOf(group, options, counts)
    return { size: own.length, centre: [mean(own, 0), mean(own, 1)] as [number, number], representative }
  })
  return { k, silhouettes, stability, seed, engine, groups, points: pointsOf(grouped) }
}

const mean = (points: readonly Point[], axis: 0 | 1): number =>
  rounded(points.reduce((sum, point) => sum + point[axis], 0) / points.length)

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000

/** From left to right, so that their order does not say who came first. */
function pointsOf({ of, positions }: Grouped): OpinionGroups['points'] {
  const points = positions.flatMap((point, row): OpinionGroups['points'] => {
    return point ? [[rounded(point[0]), rounded(point[1]), of[row]!]] : []
  })
  return points.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
}
