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

function field(value: unknown): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  const text = cellText(value).replaceAll('\0', '')
  if (text === '') return ''
  return `"${looksLikeFormula(cellText(value)) ? "'" : ''}${text.replaceAll('"', '""')}"`
}
