/** Whether PostgreSQL can store the text and everybody can read it: no NUL or other control characters, no half of a surrogate pair. */
export function isPlainText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return !/[\u0000-\u001f\u007f\p{Surrogate}]/u.test(text)
}
