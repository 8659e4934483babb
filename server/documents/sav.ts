import {
  documents,
  extensions,
  header,
  LABEL,
  LINE,
  padded,
  type SavVariable,
  segmentsOf,
  valueLabels,
  variableRecords,
} from './sav-parts.ts'

/** Codes for what is not a small whole number: eight bytes follow, eight blanks, nothing at all. */
const FOLLOWS = 253
const BLANK = 254
const MISSING = 255
const BIAS = 100

/**
 * An SPSS system file with bytecode compression, written from front to back: everything about the variables first, then
 * row by row. The checksum is only known at the end and is written over a finished file (`seals`).
 */
export interface SavWriter {
  /** All that comes before the rows. */
  start(): Buffer
  /** Some rows, in the order of the variables: numbers, texts of no more bytes than announced, or null. */
  rows(rows: (number | string | null)[][]): Buffer
  /** What is left over at the end. */
  end(): Buffer
  /** The checksum at its places: the label of the file, and the last of its documents, which is as long as this line. */
  seals(label: string, line: string): { at: number; bytes: Buffer }[]
}

export interface SavFile {
  variables: SavVariable[]
  rows: number
  at: Date
  /** Lines of at most 80 bytes. */
  documents: string[]
}

export function savWriter({ variables, rows, at, documents: lines }: SavFile): SavWriter {
  const shortNames = variables.map(({ width }, index) =>
    segmentsOf(width).map((_, segment) =>
      `V${index.toString(36)}${segment === 0 ? '' : `_${segment.toString(36)}`}`.toUpperCase(),
    ),
  )
  const widths = variables.map(({ width }) => (width > 0 ? segmentsOf(width) : undefined))
  const columnsOf = (width: number) =>
    segmentsOf(width).reduce((sum, each) => sum + Math.max(1, Math.ceil(each / 8)), 0)
  const cases = new Cases()
  let lastLine = 0
  return {
    start() {
      let position = 1
      const records: Buffer[] = []
      const labels: Buffer[] = []
      for (const [index, variable] of variables.entries()) {
        records.push(variableRecords(variable, shortNames[index]!))
        if (variable.labels && variable.labels.length > 0) labels.push(valueLabels(variable.labels, position))
        position += columnsOf(variable.width)
      }
      const before = Buffer.concat([header(position - 1, rows, at), ...records, ...labels, documents(lines)])
      lastLine = before.length - LINE
      return Buffer.concat([before, extensions(variables, shortNames)])
    },
    rows(some) {
      for (const row of some) {
        for (let index = 0; index < widths.length; index += 1) {
          const segments = widths[index]
          const value = row[index]
          if (segments) cases.text((value as string | null) ?? '', segments)
          else cases.number(value as number | null)
        }
      }
      return cases.take()
    },
    end: () => cases.end(),
    seals: (label, line) => [
      { at: LABEL.at, bytes: padded(label, LABEL.length) },
      { at: lastLine, bytes: padded(line, LINE) },
    ],
  }
}

/** Eight codes, then the eight bytes of each of them that says so: small whole numbers, blanks and nothing at all are told by the code alone. */
class Cases {
  private out = Buffer.alloc(1 << 20)
  private length = 0
  private codes = 0
  private codesAt = -1

  number(value: number | null): void {
    if (value === null) {
      this.code(MISSING)
      return
    }
    const small = value + BIAS
    if (Number.isInteger(value) && small >= 1 && small <= 251) {
      this.code(small)
      return
    }
    this.code(FOLLOWS)
    this.reserve(8)
    this.out.writeDoubleLE(value, this.length)
    this.length += 8
  }

  text(text: string, segments: number[]): void {
    const bytes = text === '' ? empty : Buffer.from(text)
    let from = 0
    for (const width of segments) {
      const end = Math.min(bytes.length, from + width)
      for (let at = 0; at < width; at += 8) this.eight(bytes, from + at, end)
      from += width
    }
  }

  take(): Buffer {
    // A block of codes that is not full yet stays, for what follows it.
    const until = this.codes === 0 ? this.length : this.codesAt
    const done = Buffer.from(this.out.subarray(0, until))
    this.out.copyWithin(0, until, this.length)
    this.length -= until
    this.codesAt -= until
    return done
  }

  end(): Buffer {
    this.codes = 0
    return this.take()
  }

  private eight(bytes: Buffer, at: number, end: number): void {
    if (at >= end) {
      this.code(BLANK)
      return
    }
    this.code(FOLLOWS)
    this.reserve(8)
    this.out.fill(0x20, this.length, this.length + 8)
    bytes.copy(this.out, this.length, at, Math.min(end, at + 8))
    this.length += 8
  }

  private code(code: number): void {
    if (this.codes === 0) {
      this.reserve(8)
      this.codesAt = this.length
      this.out.fill(0, this.length, this.length + 8)
      this.length += 8
    }
    this.out[this.codesAt + this.codes] = code
    this.codes = (this.codes + 1) % 8
  }

  private reserve(bytes: number): void {
    if (this.length + bytes <= this.out.length) return
    const larger = Buffer.alloc(this.out.length * 2)
    this.out.copy(larger, 0, 0, this.length)
    this.out = larger
  }
}

const empty = Buffer.alloc(0)
