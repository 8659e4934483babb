import { field, plainField } from './csv.ts'

/** A column of a table that is too long for memory and is written some rows at a time. */
export interface LongColumn {
  /** From the top: what programs call the column, and what people do. */
  headings: string[]
  /** Where the column holds words of a list: a cell then is the place of its words in it, or a whole number beside it. */
  labels?: string[]
}

export type LongCell = number | string | null

/** Writes rows as lines of CSV (RFC 4180, without the byte order mark); `plain` leaves out the apostrophe in front of formulas. */
export function csvRows(columns: LongColumn[], { plain = false } = {}): (rows: LongCell[][]) => string {
  const written = plain ? plainField : field
  const labels = columns.map((column) => column.labels?.map((label) => written(label)))
  return (rows) => {
    let text = ''
    for (const row of rows) {
      for (let at = 0; at < labels.length; at += 1) {
        const cell = row[at]!
        if (at > 0) text += ','
        if (cell === null) continue
        const known = labels[at]
        if (known) text += known[cell as number]
        else text += typeof cell === 'number' ? cell : written(cell)
      }
      text += '\r\n'
    }
    return text
  }
}
