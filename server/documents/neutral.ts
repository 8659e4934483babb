/**
 * Words from strangers that a spreadsheet program would take for a formula when a file is opened: those that begin with = + - @ or their
 * full-width forms, a tab, a line end or NUL, also behind quotes, spaces and invisible characters that programs skip (OWASP ASVS 1.2.10).
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const risky = /^[\t\r\n\0]|^[\s\x00-\x20"'\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠|%]/

/** True where the text must not reach a spreadsheet as it stands. */
export function looksLikeFormula(text: string): boolean {
  return risky.test(text)
}

/** An answer may be text, a number, a list or an object; lists and objects are written as JSON, nothing as an empty cell. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
