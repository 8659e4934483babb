/**
 * A document as data: what a brief, a set of minutes or a certificate says, before anybody decides how it looks.
 * Every number is a Figure, so that a reader can follow it back to where it came from.
 */

/**
 * Where a number came from: `of` names the facts it was read from, `path` the way to it inside them (a list is entered by place or by
 * the code of what stands there), `inputs` the records those facts rest on.
 */
export interface Source {
  of:
    | 'demand'
    | 'responses'
    | 'themes'
    | 'review'
    | 'profile'
    | 'facilities'
    | 'sites'
    | 'programme'
    | 'standards'
    | 'comparison'
    | 'catalogue'
    | 'methods'
    | 'deliberation'
    | 'wish'
  path: (string | number)[]
  inputs: string[]
  /** Where a threshold was taken from and whether that was checked, e.g. 已核对（导则）. */
  mark?: string
}

/** A number as it is printed. `value` is null where there is no data or where it is withheld; `text` is what the reader sees. Shares are 0..1. */
export interface Figure {
  value: number | null
  text: string
  source: Source
  /** How far it may be relied on: withheld = under 10 answers, grey = 10–29, flagged = 30–59. */
  standing?: 'withheld' | 'grey' | 'flagged'
}

/** A sentence: plain words and figures in the order they are read. */
export type Sentence = (string | Figure)[]

export type Cell = string | Figure | Sentence

export interface Column {
  title: string
  align?: 'left' | 'right' | 'centre'
  /** Relative width; columns share the page in proportion. */
  width?: number
}

export interface Table {
  columns: Column[]
  rows: Cell[][]
}

/** A series of one chart. `low` and `high` are the ends of the interval, drawn as whiskers; null draws nothing. */
export interface Series {
  name: string
  values: (number | null)[]
  low?: (number | null)[]
  high?: (number | null)[]
}

export interface Chart {
  type: 'bar' | 'stacked' | 'quadrant'
  unit: 'share' | 'count' | 'rating'
  labels: string[]
  /** For a quadrant: exactly two series, x first, then y. */
  series: Series[]
}

export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | { kind: 'paragraph'; text: Sentence }
  | { kind: 'list'; items: Sentence[] }
  | ({ kind: 'table'; code: string; caption: string; note?: Sentence } & Table)
  /** `table`: the numbers of the chart as figures. */
  | { kind: 'chart'; code: string; caption: string; chart: Chart; table?: Table; note?: Sentence }

export interface Document {
  title: string
  subtitle?: string
  /** Printed at the foot of the first page and in file properties, e.g. 演示数据，不作为决策依据. */
  mark?: string
  issuer: string
  /** ISO date, printed as 2026年11月21日. */
  date: string
  blocks: Block[]
}

/** The words of a sentence as the reader sees them. */
export function spoken(sentence: Sentence): string {
  return sentence.map((part) => (typeof part === 'string' ? part : part.text)).join('')
}

/** What stands in a cell, in the order it is read. */
export const partsOf = (cell: Cell): Sentence => (Array.isArray(cell) ? cell : [cell])

/** A sentence written as a template whose holes are words, figures or clauses: `told\`共${rooms}间\``. A bare number fits into none. */
export function told(words: TemplateStringsArray, ...holes: Cell[]): Sentence {
  return joined(words.flatMap((text, at) => [text, ...partsOf(holes[at] ?? '')]))
}

/** The same sentence with neighbouring words made one. */
function joined(parts: Sentence): Sentence {
  const sentence: Sentence = []
  for (const part of parts) {
    const before = sentence.at(-1)
    if (typeof part !== 'string' || typeof before !== 'string') sentence.push(part)
    else sentence[sentence.length - 1] = before + part
  }
  return sentence.filter((part) => part !== '')
}
