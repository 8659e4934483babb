/** People whom no edition tells apart, and how many they are. */
export interface Atom {
  people: number
}

const PRIME = 32_749

/**
 * The fewest people that can be had by adding and subtracting what is known (each a set of atoms), as far as that is under `least`:
 * undefined where every combination of the known sums leaves nobody or at least so many.
 */
export function isolated(atoms: Atom[], known: boolean[][], least: number): number | undefined {
  const rows = known.map((each) => each.map(Number))
  const full = rank(rows)
  const small = atoms.map(({ people }, at) => ({ people, at })).filter(({ people }) => people > 0 && people < least)
  let fewest: number | undefined
  const search = (from: number, chosen: Set<number>, people: number) => {
    const outside = rows.map((row) => row.filter((_, at) => !chosen.has(at) && atoms[at]!.people > 0))
    // A combination that vanishes outside the chosen atoms is one that only they are left in.
    if (chosen.size > 0 && rank(outside) < full) fewest = Math.min(fewest ?? people, people)
    for (let next = from; next < small.length; next += 1) {
      const one = small[next]!
      if (people + one.people < (fewest ?? least)) search(next + 1, new Set([...chosen, one.at]), people + one.people)
    }
  }
  search(0, new Set(), 0)
  return fewest
}

function rank(rows: number[][]): number {
  const left = rows.map((row) => [...row])
  let found = 0
  for (let column = 0; column < (left[0]?.length ?? 0) && found < left.length; column += 1) {
    const at = left.findIndex((row, index) => index >= found && row[column] !== 0)
    if (at < 0) continue
    ;[left[found], left[at]] = [left[at]!, left[found]!]
    const pivot = left[found]!
    for (let index = found + 1; index < left.length; index += 1) clear(left[index]!, pivot, column)
    found += 1
  }
  return found
}

function clear(row: number[], pivot: number[], column: number) {
  if (row[column] === 0) return
  const times = [row[column]!, pivot[column]!]
  for (let at = column; at < row.length; at += 1) {
    row[at] = (((row[at]! * times[1]! - pivot[at]! * times[0]!) % PRIME) + PRIME) % PRIME
  }
}
