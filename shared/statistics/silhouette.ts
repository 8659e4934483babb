import type { Point } from './k-means.ts'

/**
 * Mean silhouette of each of several clusterings of the same points, −1..1: for each point (b − a) / max(a, b), where a is
 * its mean distance to the others of its cluster and b the least mean distance to those of another; 0 for a point that is a
 * cluster of its own. Rousseeuw (1987).
 * @throws {RangeError} when a clustering has fewer than two clusters with points
 */
export function silhouettes(points: readonly Point[], clusterings: readonly ArrayLike<number>[]): number[] {
  const sizes = clusterings.map(sizesOf)
  for (const size of sizes)
    if (size.filter((n) => n > 0).length < 2) throw new RangeError('a silhouette needs two clusters with points')
  const totals = clusterings.map(() => 0)
  const sums = sizes.map((size) => new Float64Array(size.length))
  for (const [at, point] of points.entries()) {
    addDistances(points, point, clusterings, sums)
    for (const [which, of] of clusterings.entries()) totals[which]! += width(sums[which]!, sizes[which]!, of[at]!)
  }
  return totals.map((total) => total / points.length)
}

function sizesOf(of: ArrayLike<number>): number[] {
  const sizes: number[] = []
  for (let at = 0; at < of.length; at += 1) sizes[of[at]!] = (sizes[of[at]!] ?? 0) + 1
  return Array.from(sizes, (size) => size ?? 0)
}

/** Distances from one point to all, by cluster: each is worked out once for all clusterings. */
function addDistances(
  points: readonly Point[],
  [x, y]: Point,
  clusterings: readonly ArrayLike<number>[],
  sums: readonly Float64Array[],
): void {
  for (const sum of sums) sum.fill(0)
  for (let other = 0; other < points.length; other += 1) {
    const dx = points[other]![0] - x
    const dy = points[other]![1] - y
    const distance = Math.sqrt(dx * dx + dy * dy)
    for (let which = 0; which < sums.length; which += 1) {
      const sum = sums[which]!
      const cluster = clusterings[which]![other]!
      sum[cluster] = sum[cluster]! + distance
    }
  }
}

function width(sums: Float64Array, sizes: readonly number[], own: number): number {
  if (sizes[own] === 1) return 0
  const inside = sums[own]! / (sizes[own]! - 1)
  let outside = Infinity
  for (const [cluster, size] of sizes.entries())
    if (cluster !== own && size > 0) outside = Math.min(outside, sums[cluster]! / size)
  return inside === outside ? 0 : (outside - inside) / Math.max(inside, outside)
}
