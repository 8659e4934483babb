import { type Clusters, kMeans, nearest, type Point, spreadStarts } from '../statistics/k-means.ts'
import { type Matrix, principalComponents, scaledScores } from '../statistics/pca.ts'
import { adjustedRandIndex } from '../statistics/rand-index.ts'
import { seeded } from '../statistics/random.ts'
import { silhouettes } from '../statistics/silhouette.ts'

/** Anew with every change of the arithmetic, since it is kept with the result. */
export const ENGINE = 'opinion-groups 2'

const LEAST_PEOPLE = 24
const LEAST_VOTES = 7
/** A group of fewer could be told who they are by what they are said to think. */
const LEAST_GROUP = 5
const SIZES = [2, 3, 4, 5]
const STARTS = 10
const RESAMPLES = 30
/** Drawing fewer than there are is harder on a grouping, and 2,000 people are still done within a second or two. */
const MOST_DRAWN = 300
/** From here on groupings count as well recovered. Steinley (2004), Properties of the Hubert–Arabie adjusted Rand index. */
const LEAST_STABILITY = 0.8

/** People in groups, or why there are none. */
export type Grouping = Grouped | { why: string }

export interface Grouped {
  /** For each row of the matrix its group, the largest group first; −1 for whoever cast too few votes. */
  of: Int32Array
  positions: (Point | undefined)[]
  k: number
  silhouettes: { k: number; silhouette: number }[]
  stability: number
  seed: number
  engine: string
}

/**
 * Opinion groups of people (rows) by their votes on statements (columns: agree 1, disagree −1, pass 0, not seen NaN): the
 * first two principal components, positions scaled up for statements not seen, k-means with the k of the greatest
 * silhouette. Only among at least 24 people who each cast at least 7 votes, and only where the grouping survives: of 30
 * samples of people with replacement, each grouped anew from its own components into as many groups, half or more have to
 * put everybody where they were up to an adjusted Rand index of 0.8.
 */
export function groupOpinions(matrix: Matrix, seed: number): Grouping {
  if (matrix.columns < LEAST_VOTES)
    return { why: `表态的意见只有${matrix.columns}条，不足${LEAST_VOTES}条，不分意见群。` }
  const rows = Array.from({ length: matrix.rows }, (_, row) => row).filter((row) => votesOf(matrix, row) >= LEAST_VOTES)
  if (rows.length < LEAST_PEOPLE)
    return { why: `表态满${LEAST_VOTES}条的有${rows.length}人，不足${LEAST_PEOPLE}人，不分意见群。` }
  const members = pick(matrix, rows)
  const random = seeded(seed)
  const points = scaledScores(members, principalComponents(members))
  const tried = SIZES.map((k) => ({ k, clusters: clustersOf(points, k, random) })).filter(
    ({ k, clusters }) => sizesOf(clusters).filter((size) => size > 0).length === k,
  )
  if (tried.length === 0) return { why: '大家的表态几乎一样，分不出意见群。' }
  const widths = silhouettes(
    points,
    tried.map(({ clusters }) => clusters.of),
  )
  const measured = tried.map((each, at) => ({ ...each, silhouette: widths[at]! }))
  const large = measured.filter(({ clusters }) => Math.min(...sizesOf(clusters)) >= LEAST_GROUP)
  if (large.length === 0) return { why: `分出的意见群有的不足${LEAST_GROUP}人，列出来会看出是谁，不列意见群。` }
  const best = large.reduce((most, each) => (each.silhouette > most.silhouette ? each : most))
  const stability = survival(members, best.clusters, random)
  if (stability < LEAST_STABILITY) return { why: unstable(stability) }
  return {
    ...placed(matrix.rows, rows, points, best.clusters),
    ...{ k: best.k, silhouettes: measured.map(({ k, silhouette }) => ({ k, silhouette })) },
    ...{ stability, seed, engine: ENGINE },
  }
}

const unstable = (stability: number): string =>
  `换一批人重新分组${RESAMPLES}次，与原来的一致程度（调整兰德指数的中位数）是${stability.toFixed(2)}，不到${LEAST_STABILITY.toFixed(2)}，这样分靠不住，不列意见群。`

function votesOf({ columns, values }: Matrix, row: number): number {
  return values.subarray(row * columns, (row + 1) * columns).reduce((n, value) => n + Number(!Number.isNaN(value)), 0)
}

function pick({ columns, values }: Matrix, rows: readonly number[]): Matrix {
  const kept = new Float64Array(rows.length * columns)
  for (const [at, row] of rows.entries()) kept.set(values.subarray(row * columns, (row + 1) * columns), at * columns)
  return { rows: rows.length, columns, values: kept }
}

/** The closest among those from several starts. */
function clustersOf(points: readonly Point[], k: number, random: () => number, weights?: ArrayLike<number>): Clusters {
  const found = Array.from({ length: STARTS }, () => kMeans(points, spreadStarts(points, k, random), weights))
  return found.reduce((best, each) => (each.within < best.within ? each : best))
}

function sizesOf({ centres, of }: Clusters): number[] {
  const sizes = centres.map(() => 0)
  for (const cluster of of) sizes[cluster]! += 1
  return sizes
}

/** Median agreement with the groupings of people drawn with replacement. */
function survival(members: Matrix, { centres, of }: Clusters, random: () => number): number {
  const agreements = Array.from({ length: RESAMPLES }, () => {
    const times = drawn(members.rows, Math.min(members.rows, MOST_DRAWN), random)
    const points = scaledScores(members, principalComponents(members, times))
    const own = times.flatMap((count, row) => (count > 0 ? [row] : []))
    const again = clustersOf(
      own.map((row) => points[row]!),
      centres.length,
      random,
      own.map((row) => times[row]!),
    )
    return adjustedRandIndex(
      of,
      points.map((point) => nearest(again.centres, point)),
    )
  })
  return median(agreements)
}

function drawn(rows: number, draws: number, random: () => number): number[] {
  const times = new Array<number>(rows).fill(0)
  for (let draw = 0; draw < draws; draw += 1) times[Math.floor(random() * rows)]! += 1
  return times
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** By row of the whole matrix, groups numbered from the largest on. */
function placed(all: number, rows: readonly number[], points: readonly Point[], clusters: Clusters) {
  const sizes = sizesOf(clusters)
  const order = sizes.map((_, at) => at).sort((a, b) => sizes[b]! - sizes[a]! || a - b)
  const of = new Int32Array(all).fill(-1)
  const positions = new Array<Point | undefined>(all).fill(undefined)
  for (const [at, row] of rows.entries()) {
    of[row] = order.indexOf(clusters.of[at]!)
    positions[row] = points[at]
  }
  return { of, positions }
}
