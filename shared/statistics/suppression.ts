/** A figure that may be printed, with the number of answers it rests on. */
export interface Cell {
  code: string
  n: number
}

/** The parts add up to the total; null where the total is known to readers but is not itself a cell. */
export interface Sum {
  total: string | null
  parts: string[]
}

/**
 * Codes of the cells that a public table must leave out: every cell with 0 < n < threshold, and the smallest further
 * cells that are needed so that no combination of the sums gives one of them back. In every sum whose total is shown at
 * least two parts are left out, and those together rest on at least `threshold` answers. Empty cells are always shown.
 * Where a known total (null) leaves too few parts to hide among, all of them are left out and the caller must withhold
 * the total too. Hundepool et al., Statistical Disclosure Control (2012).
 * @param gone codes that are left out for other reasons, whatever their n
 * @throws {RangeError} when a sum names an unknown cell, a code comes twice, or an n is negative
 */
export function withhold(cells: Cell[], sums: Sum[], threshold = 10, gone = new Set<string>()): Set<string> {
  const n = new Map(cells.map((cell) => [cell.code, cell.n]))
  requireTable(cells, sums, n)
  const among = (is: (cell: Cell) => boolean) =>
    new Set(cells.filter((cell) => gone.has(cell.code) || is(cell)).map(({ code }) => code))
  const hidden = among((cell) => cell.n > 0 && cell.n < threshold)
  const hopeless = new Set(
    revealed(
      sums,
      among((cell) => cell.n > 0),
    ),
  )
  for (;;) {
    hideAmongNeighbours(sums, n, hidden, threshold)
    const code = revealed(sums, hidden).find((found) => !hopeless.has(found))
    const next = code === undefined ? undefined : nextToHide(code, sums, n, hidden)
    if (next === undefined) return hidden
    hidden.add(next)
  }
}

/**
 * What to print for a share whose count of yes or of no is small: the range in which the count of yes lies, or null where
 * the count may be shown. A count of 1–9 either way is given as a range. All counts that a range could stand for are
 * given as that same range, so that its ends tell nothing more.
 * @throws {RangeError} when not 0 ≤ yes ≤ of, in whole numbers
 */
export function countRange(yes: number, of: number): { low: number; high: number } | null {
  if (!(Number.isInteger(yes) && Number.isInteger(of) && yes >= 0 && yes <= of)) {
    throw new RangeError(`not a count: ${yes} of ${of}`)
  }
  if (of < 10) return of === 0 ? null : { low: 0, high: of }
  if (yes === 0 || yes === of) return null
  if (of < 19) return { low: 1, high: of - 1 }
  if (yes < 10) return { low: 1, high: 9 }
  return of - yes < 10 ? { low: of - 9, high: of - 1 } : null
}

function requireTable(cells: Cell[], sums: Sum[], n: Map<string, number>) {
  if (n.size !== cells.length) throw new RangeError('a cell comes twice')
  for (const cell of cells) if (!(cell.n >= 0)) throw new RangeError(`not a count: ${cell.n} of ${cell.code}`)
  for (const code of sums.flatMap(membersOf)) if (!n.has(code)) throw new RangeError(`no such cell: ${code}`)
}

function membersOf({ total, parts }: Sum): string[] {
  return total === null ? parts : [...parts, total]
}

function hideAmongNeighbours(sums: Sum[], n: Map<string, number>, hidden: Set<string>, threshold: number) {
  for (let grown = true; grown; ) {
    grown = false
    for (const sum of sums) {
      while (givesAway(sum, n, hidden, threshold)) {
        const next = smallestShown(membersOf(sum), n, hidden)
        if (next === undefined) break
        hidden.add(next)
        grown = true
      }
    }
  }
}

function givesAway({ total, parts }: Sum, n: Map<string, number>, hidden: Set<string>, threshold: number): boolean {
  const missing = parts.filter((part) => hidden.has(part))
  if (total !== null && hidden.has(total)) return missing.length === 0
  const together = missing.reduce((sum, part) => sum + n.get(part)!, 0)
  return missing.length === 1 || (missing.length > 0 && together < threshold)
}

function smallestShown(codes: string[], n: Map<string, number>, hidden: Set<string>): string | undefined {
  const shown = codes.filter((code) => n.get(code)! > 0 && !hidden.has(code))
  return shown.reduce<string | undefined>(
    (least, code) => (least === undefined || n.get(code)! < n.get(least)! ? code : least),
    undefined,
  )
}

/** The smallest cell still shown in a sum with the one given away; failing that, in any sum with a hidden cell. */
function nextToHide(code: string, sums: Sum[], n: Map<string, number>, hidden: Set<string>): string | undefined {
  const all = sums.map(membersOf)
  const near = all.filter((members) => members.includes(code)).flat()
  const linked = all.filter((members) => members.some((member) => hidden.has(member))).flat()
  return smallestShown(near, n, hidden) ?? smallestShown(linked, n, hidden)
}

/** Hidden cells that follow from the sums once the shown ones are known: rows of one entry after elimination. */
function revealed(sums: Sum[], hidden: Set<string>): string[] {
  const codes = [...hidden]
  const column = new Map(codes.map((code, at) => [code, at]))
  const rows = sums.map(({ total, parts }) => {
    const row = new Array<number>(codes.length).fill(0)
    for (const part of parts) if (hidden.has(part)) row[column.get(part)!]! += 1
    if (total !== null && hidden.has(total)) row[column.get(total)!]! -= 1
    return row
  })
  const entries = reduced(rows, codes.length).map((row) => row.flatMap((value, at) => (value === 0 ? [] : [at])))
  return entries.filter((found) => found.length === 1).map(([at]) => codes[at!]!)
}

/** Reduced row echelon form (Gauss–Jordan with the largest pivot); what is zero but for rounding becomes 0. */
function reduced(rows: number[][], columns: number): number[][] {
  const left = rows.map((row) => row.slice())
  const done: number[][] = []
  for (let column = 0; column < columns && left.length > 0; column += 1) {
    const size = (row: number[]) => Math.abs(row[column]!)
    const at = left.reduce((best, row, index) => (size(row) > size(left[best]!) ? index : best), 0)
    if (size(left[at]!) < 1e-9) continue
    const [pivot] = left.splice(at, 1) as [number[]]
    const scaled = pivot.map((value) => value / pivot[column]!)
    for (const row of [...left, ...done]) subtract(row, scaled, row[column]!)
    done.push(scaled)
  }
  return done
}

function subtract(row: number[], other: number[], times: number) {
  if (times === 0) return
  for (let at = 0; at < row.length; at += 1) {
    const value = row[at]! - times * other[at]!
    row[at] = Math.abs(value) < 1e-9 ? 0 : value
  }
}
