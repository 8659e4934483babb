const pairs = (n: number): number => (n * (n - 1)) / 2

/**
 * Adjusted Rand index: how far two groupings of the same things agree on which pairs belong together, 1 where they are the
 * same, 0 on average by chance; the names of the groups do not matter. Two groupings that both leave all together, or both
 * all apart, are the same. Hubert and Arabie (1985).
 * @throws {RangeError} when the groupings are not of equally many things
 */
export function adjustedRandIndex(one: ArrayLike<number>, other: ArrayLike<number>): number {
  if (one.length !== other.length) throw new RangeError(`${one.length} and ${other.length} things are not the same`)
  const both = new Map<string, number>()
  const rows = new Map<number, number>()
  const columns = new Map<number, number>()
  const add = <K>(counts: Map<K, number>, key: K) => counts.set(key, (counts.get(key) ?? 0) + 1)
  for (let at = 0; at < one.length; at += 1) {
    add(both, `${one[at]}/${other[at]}`)
    add(rows, one[at]!)
    add(columns, other[at]!)
  }
  const together = (counts: Map<unknown, number>) => [...counts.values()].reduce((sum, n) => sum + pairs(n), 0)
  const [a, b] = [together(rows), together(columns)]
  const expected = one.length < 2 ? 0 : (a * b) / pairs(one.length)
  const most = (a + b) / 2
  return most === expected ? 1 : (together(both) - expected) / (most - expected)
}
