import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countRange, type Sum, withhold } from '../../../shared/statistics/suppression.ts'

const cells = (n: Record<string, number>) => Object.entries(n).map(([code, count]) => ({ code, n: count }))

test('a small cell and the smallest that can hide it are withheld', () => {
  const table = cells({ a: 5, b: 20, c: 40, all: 65 })
  expect(withhold(table, [{ total: 'all', parts: ['a', 'b', 'c'] }])).toEqual(new Set(['a', 'b']))
})

test('cells left out for other reasons stay out, hide one another and need no third', () => {
  const table = cells({ a: 0, b: 25, c: 40, all: 65 })
  const sums = [{ total: 'all', parts: ['a', 'b', 'c'] }]
  expect(withhold(table, sums, 10, new Set(['a', 'b']))).toEqual(new Set(['a', 'b']))
  expect(withhold(table, sums, 10, new Set(['b']))).toEqual(new Set(['b', 'c']))
})

test('a table without small cells is shown whole, empty cells included', () => {
  const table = cells({ a: 0, b: 10, all: 10 })
  expect(withhold(table, [{ total: 'all', parts: ['a', 'b'] }])).toEqual(new Set())
})

test('two small cells whose sum is still small take a third with them', () => {
  const table = cells({ a: 2, b: 3, c: 30, d: 50, all: 85 })
  expect(withhold(table, [{ total: 'all', parts: ['a', 'b', 'c', 'd'] }])).toEqual(new Set(['a', 'b', 'c']))
})

test('where all the other parts are empty the total goes too', () => {
  const table = cells({ a: 12, b: 3, c: 0, ab: 3, all: 15 })
  const sums = [
    { total: 'ab', parts: ['b', 'c'] },
    { total: 'all', parts: ['a', 'ab'] },
  ]
  expect(withhold(table, sums)).toEqual(new Set(['b', 'ab', 'a']))
})

test('a known total that is no cell counts as shown', () => {
  const table = cells({ a: 4, b: 30, c: 40 })
  expect(withhold(table, [{ total: null, parts: ['a', 'b', 'c'] }])).toEqual(new Set(['a', 'b']))
})

test('a known total over a single small cell does not black out the rest of the table', () => {
  const table = cells({ a: 4, b: 30, c: 40, all: 70 })
  const sums = [
    { total: null, parts: ['a'] },
    { total: 'all', parts: ['b', 'c'] },
  ]
  expect(withhold(table, sums)).toEqual(new Set(['a']))
})

test('two pairs that only one cell connects do not give that cell away', () => {
  // Rows and columns each miss two or more cells, and yet row 1 + row 2 − column 1 − column 2 would leave r2c3 alone
  const n: Record<string, number> = {
    r1c1: 6,
    r1c2: 7,
    r1c3: 90,
    r1c4: 91,
    r2c1: 8,
    r2c2: 9,
    r2c3: 5,
    r2c4: 92,
    r3c1: 80,
    r3c2: 81,
    r3c3: 6,
    r3c4: 7,
    r4c1: 82,
    r4c2: 83,
    r4c3: 8,
    r4c4: 9,
  }
  const lines = [1, 2, 3, 4].flatMap((line) => [
    { total: `r${line}`, parts: [1, 2, 3, 4].map((column) => `r${line}c${column}`) },
    { total: `c${line}`, parts: [1, 2, 3, 4].map((row) => `r${row}c${line}`) },
  ])
  for (const { total, parts } of lines) n[total] = parts.reduce((sum, part) => sum + n[part]!, 0)
  const hidden = withhold(cells(n), lines)
  expect(hidden.has('r2c3')).toBe(true)
  expect(determined(lines, hidden)).toEqual([])
})

/** Rank by fraction-free elimination on integers. */
function rank(matrix: number[][]): number {
  const rows = matrix.map((row) => row.map(BigInt))
  let found = 0
  for (let column = 0; column < (rows[0]?.length ?? 0); column += 1) {
    const pivot = rows.findIndex((row, at) => at >= found && row[column] !== 0n)
    if (pivot < 0) continue
    ;[rows[found], rows[pivot]] = [rows[pivot]!, rows[found]!]
    for (let at = found + 1; at < rows.length; at += 1) {
      const [top, here] = [rows[found]![column]!, rows[at]![column]!]
      rows[at] = rows[at]!.map((value, c) => value * top - rows[found]![c]! * here)
    }
    found += 1
  }
  return found
}

/** Withheld cells that the sums determine: those whose unit vector adds nothing to the rank of the system. */
function determined(sums: Sum[], hidden: Set<string>): string[] {
  const codes = [...hidden]
  const system = sums.map(({ total, parts }) =>
    codes.map((code) => (parts.includes(code) ? 1 : 0) - (code === total ? 1 : 0)),
  )
  const full = rank(system)
  return codes.filter((_, at) => rank([...system, codes.map((_, other) => (other === at ? 1 : 0))]) === full)
}

/** A table of communities in subdistricts by age band, with every margin. */
const table = fc
  .record({
    subdistricts: fc.integer({ min: 1, max: 3 }),
    communities: fc.integer({ min: 1, max: 3 }),
    bands: fc.integer({ min: 1, max: 3 }),
  })
  .chain(({ subdistricts, communities, bands }) => {
    const size = subdistricts * communities * bands
    const count = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 200 }))
    return fc
      .array(count, { minLength: size, maxLength: size })
      .map((counts) => withMargins(counts, subdistricts, communities, bands))
  })

function withMargins(counts: number[], subdistricts: number, communities: number, bands: number) {
  const n: Record<string, number> = {}
  const sums: Sum[] = []
  const add = (total: string, parts: string[]) => {
    n[total] = parts.reduce((sum, part) => sum + n[part]!, 0)
    sums.push({ total, parts })
  }
  const range = (length: number) => Array.from({ length }, (_, at) => at)
  counts.forEach((count, at) => {
    const community = Math.floor(at / bands)
    n[`s${Math.floor(community / communities)}c${community % communities}b${at % bands}`] = count
  })
  for (const s of range(subdistricts)) {
    for (const c of range(communities))
      add(
        `s${s}c${c}`,
        range(bands).map((b) => `s${s}c${c}b${b}`),
      )
    for (const b of range(bands))
      add(
        `s${s}b${b}`,
        range(communities).map((c) => `s${s}c${c}b${b}`),
      )
    add(
      `s${s}`,
      range(communities).map((c) => `s${s}c${c}`),
    )
    sums.push({ total: `s${s}`, parts: range(bands).map((b) => `s${s}b${b}`) })
  }
  add(
    'all',
    range(subdistricts).map((s) => `s${s}`),
  )
  return { n, sums }
}

test('no withheld cell follows from the sums, in any table with margins', () => {
  fc.assert(
    fc.property(table, ({ n, sums }) => {
      const hidden = withhold(cells(n), sums)
      expect(determined(sums, hidden)).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('every small cell is withheld, no empty one, and shown totals hide at least two parts of ten answers', () => {
  fc.assert(
    fc.property(table, ({ n, sums }) => {
      const hidden = withhold(cells(n), sums)
      for (const [code, count] of Object.entries(n)) {
        if (count === 0) expect(hidden.has(code)).toBe(false)
        else if (count < 10) expect(hidden.has(code)).toBe(true)
      }
      for (const { total, parts } of sums.filter((sum) => !hidden.has(sum.total!))) {
        const missing = parts.filter((part) => hidden.has(part))
        expect(missing).not.toHaveLength(1)
        if (missing.length > 0) expect(missing.reduce((sum, part) => sum + n[part]!, 0)).toBeGreaterThanOrEqual(10)
        expect(n[total!]).not.toBeUndefined()
      }
    }),
  )
})

test('tables that contradict themselves are refused', () => {
  expect(() => withhold([{ code: 'a', n: 1 }], [{ total: 'b', parts: ['a'] }])).toThrow(RangeError)
  expect(() =>
    withhold(
      [
        { code: 'a', n: 1 },
        { code: 'a', n: 2 },
      ],
      [],
    ),
  ).toThrow(RangeError)
  expect(() => withhold([{ code: 'a', n: -1 }], [])).toThrow(RangeError)
})

test('a count of one to nine either way is given as a range', () => {
  expect(countRange(3, 100)).toEqual({ low: 1, high: 9 })
  expect(countRange(97, 100)).toEqual({ low: 91, high: 99 })
  expect(countRange(10, 100)).toBeNull()
  expect(countRange(90, 100)).toBeNull()
  expect(countRange(0, 100)).toBeNull()
  expect(countRange(100, 100)).toBeNull()
  expect(countRange(0, 0)).toBeNull()
})

test('a range holds the count and leaves at least nine possibilities, or all of them', () => {
  const count = fc
    .integer({ min: 1, max: 200 })
    .chain((of) => fc.tuple(fc.integer({ min: 0, max: of }), fc.constant(of)))
  fc.assert(
    fc.property(count, ([yes, of]) => {
      const range = countRange(yes, of)
      const small = (answers: number) => answers > 0 && answers < 10
      expect(range !== null).toBe(small(yes) || small(of - yes))
      if (range === null) return
      const alike = Array.from({ length: of + 1 }, (_, other) => countRange(other, of)).filter(
        (other) => other?.low === range.low && other.high === range.high,
      )
      expect(range.low).toBeLessThanOrEqual(yes)
      expect(range.high).toBeGreaterThanOrEqual(yes)
      expect(alike).toHaveLength(range.high - range.low + 1)
      expect(alike.length).toBeGreaterThanOrEqual(Math.min(9, of + 1))
    }),
  )
  expect(() => countRange(1.5, 3)).toThrow(RangeError)
  expect(() => countRange(4, 3)).toThrow(RangeError)
})
