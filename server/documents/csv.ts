import { cellText, looksLikeFormula } from './neutral.ts'

/**
 * A table as CSV after RFC 4180, with a byte order mark so that spreadsheet programs read the Chinese. Numbers stand bare; text is always
 * quoted, and text that a spreadsheet would run as a formula gets an apostrophe in front inside the quotes (OWASP ASVS 1.2.10).
 */
export function toCsv(columns: string[], rows: (string | number | null)[][]): string {
  return `\ufeff${csvLines([columns, ...rows])}`
}

/** Further rows of a table that is too long to be written at once. */
export function csvLines(rows: (string | number | null)[][]): string {
  return rows.map((row) => `${row.map(field).join(',')}\r\n`).join('')
}

/** One field of a row as it is written. */
export function field(value: unknown): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  const words = cellText(value)
  return quoted(words, looksLikeFormula(words) ? "'" : '')
}

/** A field for those who count bytes rather than open spreadsheets: the words as they are. */
export function plainField(value: number | string | null): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  return quoted(value ?? '')
}

function quoted(words: string, before = ''): string {
  const text = words.replaceAll('\0', '')
  return text === '' ? '' : `"${before}${text.replaceAll('"', '""')}"`
}
