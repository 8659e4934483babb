import { createRequire } from 'node:module'

/** What the tests ask of somebody else's reader of SPSS files; the package is for `require` alone. */
interface SavReader {
  open(): Promise<void>
  readAllRows(includeNulls: boolean): Promise<Record<string, string | number | null>[]>
  meta: {
    header: { n_cases: number; fileLabel: string }
    sysvars: { name: string; label: string | null }[]
    getValueLabels(name: string): { val: number; label: string }[] | null
  }
}

const { SavBufferReader } = createRequire(import.meta.url)('sav-reader') as {
  SavBufferReader: new (file: Buffer) => SavReader
}

export async function readSav(file: Buffer): Promise<SavReader> {
  const reader = new SavBufferReader(file)
  await reader.open()
  return reader
}

/** CSV after RFC 4180. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === '\r\n') rows.push([])
  }
  return rows.filter((row) => row.length > 1)
}

/** A row as it goes into the checksum: texts in quotes, numbers bare. */
export const line = (cells: (string | number | null)[]) =>
  `${cells.map((cell) => (cell === null || cell === '' ? '' : typeof cell === 'number' ? cell : `"${cell.replaceAll('"', '""')}"`)).join(',')}\r\n`

const FAR = 0x4e00

/**
 * The reader takes texts for text eight bytes at a time, which cuts Chinese characters in two. This makes it hand out bytes, each as one
 * character that nothing takes for a blank, and `savTexts.read` puts them together.
 */
export function savTexts(reader: SavReader): void {
  const inner = (
    reader as unknown as {
      reader: { readString(length: number): Promise<string>; readBytes(length: number): Promise<Buffer> }
    }
  ).reader
  inner.readString = async (length) => {
    const bytes = [...(await inner.readBytes(length))]
    return String.fromCharCode(...bytes.map((byte) => (byte < 0x80 ? byte : FAR + byte)))
  }
}

savTexts.read = (value: string | number | null): string | number | null => {
  if (typeof value !== 'string') return value
  return Buffer.from([...value].map((one) => one.charCodeAt(0) & 0xff)).toString()
}
