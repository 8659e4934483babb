export type Point = readonly [number, number]

export interface Clusters {
  centres: Point[]
  /** For each point, its cluster. */
  of: Int32Array
  /** Sum of squared distances to the centres. */
  within: number
}

export const squaredDistance = (a: Point, b: Point): number => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2

/** The nearest of some centres; the first of those equally near. */
export function nearest(centres: readonly Point[], point: Point): number {
  let best = 0
  for (let at = 1; at < centres.length; at += 1)
    if (squaredDistance(centres[at]!, point) < squaredDistance(centres[best]!, point)) best = at
  return best
}

const MOST_ROUNDS = 300

/**
 * Clusters of points in the plane from given starts: points go to the nearest centre and centres to the mean of their points,
 * until no point moves. `weights` says how much each point counts, 1 by default. A centre that loses all points stays where
 * it was. Lloyd (1982).
 * @throws {RangeError} when there is no start
 */
export function kMeans(points: readonly Point[], starts: readonly Point[], weights?: ArrayLike<number>): Clusters {
  if (starts.length === 0) throw new RangeError('clusters need a start')
  let centres = starts.slice()
  const of = new Int32Array(points.length).fill(-1)
  for (let round = 0; round < MOST_ROUNDS && assign(points, centres, of); round += 1)
    centres = means(points, centres, of, weights)
  const distance = (point: Point, at: number) => (weights?.[at] ?? 1) * squaredDistance(point, centres[of[at]!]!)
  return { centres, of, within: points.reduce((sum, point, at) => sum + distance(point, at), 0) }
}

/** Returns whether any point went elsewhere. */
function assign(points: readonly Point[], centres: readonly Point[], of: Int32Array): boolean {
  let moved = false
  for (const [at, point] of points.entries()) {
    const cluster = nearest(centres, point)
    if (of[at] === cluster) continue
    of[at] = cluster
    moved = true
  }
  return moved
}

function means(
  points: readonly Point[],
  centres: readonly Point[],
  of: Int32Array,
  weights?: ArrayLike<number>,
): Point[] {
  const sums = centres.map(() => ({ x: 0, y: 0, weight: 0 }))
  for (const [at, [x, y]] of points.entries()) {
    const weight = weights?.[at] ?? 1
    const sum = sums[of[at]!]!
    sum.x += weight * x
    sum.y += weight * y
    sum.weight += weight
  }
  return sums.map(({ x, y, weight }, at) => (weight === 0 ? centres[at]! : [x / weight, y / weight]))
}

/**
 * Starts that lie apart: the first any point, each further one drawn with chances that grow with the squared distance from
 * those before it. Arthur and Vassilvitskii (2007), k-means++. Fewer where there are fewer different points.
 */
export function spreadStarts(points: readonly Point[], k: number, random: () => number): Point[] {
  if (points.length === 0) return []
  const starts: Point[] = [points[Math.floor(random() * points.length)]!]
  const far = points.map((point) => squaredDistance(point, starts[0]!))
  while (starts.length < k) {
    const total = far.reduce((sum, each) => sum + each, 0)
    if (!(total > 0)) break
    const start = points[drawn(far, random() * total)]!
    starts.push(start)
    for (const [other, point] of points.entries()) far[other] = Math.min(far[other]!, squaredDistance(point, start))
  }
  return starts
}

/** Where a sum over the parts first exceeds this. */
function drawn(parts: readonly number[], mark: number): number {
  let sum = 0
  const at = parts.findIndex((part) => {
    sum += part
    return sum > mark
  })
  return at < 0 ? parts.findLastIndex((part) => part > 0) : at
}
