import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = resolve(root, process.env.ORACLE_DATA ?? '../shared/data')

/** Whether the reference data are on this machine; they are never copied into the repository. */
export const oracle = existsSync(folder)
if (!oracle) console.info(`Skipped: no reference data in ${folder} (set ORACLE_DATA)`)

export function readJson(file: string) {
  return JSON.parse(readFileSync(resolve(folder, file), 'utf8'))
}

/** Rows of a CSV file by column name; quoted fields may hold commas and doubled quotes, but no line breaks. */
export function readCsv(file: string): Record<string, string>[] {
  const lines = readFileSync(resolve(folder, file), 'utf8').trim().split(/\r?\n/).map(fields)
  const [header, ...rows] = lines
  return rows.map((row) => Object.fromEntries(header!.map((name, column) => [name, row[column] ?? ''])))
}

function fields(line: string): string[] {
  const found = line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)
  const values = [...found].map(([, value]) => value!.replace(/^"|"$/g, '').replaceAll('""', '"'))
  return line.endsWith(',') ? values : values.slice(0, -1)
}
