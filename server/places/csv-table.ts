import type { Table } from '../../shared/places/table.ts'
import { notATable } from './upload-format.ts'
import { BadFile, tableWithin } from './upload-limits.ts'

/** Reads CSV in UTF-8, GB 18030 (what Excel and WPS save in China) or UTF-16, separated by commas, tabs or semicolons. @throws {BadFile} */
export function csvTable(file: Buffer): Table {
  const text = decoded(file)
  if (text.includes('\0')) throw new BadFile(notATable)
  if (/^\s*<(!doctype|html|\?xml|svg|table)/i.test(text))
    throw new BadFile('这是网页或 XML 文件，不是 XLSX 或 CSV；请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。')
  const { table, add } = tableWithin()
  for (const row of records(text, separatorOf(text))) add(row)
  return table
}

function decoded(file: Buffer): string {
  for (const encoding of file[0] === 0xff && file[1] === 0xfe ? ['utf-16le'] : ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(file)
    } catch {}
  }
  throw new BadFile(notATable)
}

/** The mark that stands most often in the first line. */
function separatorOf(text: string): string {
  const first = text.slice(0, 5_000).split(/[\r\n]/, 1)[0]!
  const times = (mark: string) => first.split(mark).length
  return [',', '\t', ';'].reduce((best, mark) => (times(mark) > times(best) ? mark : best))
}

/** Records of a CSV text. They are numbered as a spreadsheet shows them: a line break inside quotes does not count. */
function* records(text: string, separator: string): Generator<{ line: number; cells: string[] }> {
  let cells: string[] = []
  let at = 0
  let line = 1
  while (at < text.length) {
    const cell = text[at] === '"' ? quoted(text, at, line) : bare(text, at, separator)
    cells.push(cell.text)
    at = cell.end
    if (text[at] === separator) {
      at += 1
      if (at < text.length) continue
    }
    yield { line, cells }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1
    at += 1
    line += 1
    cells = []
  }
}

function bare(text: string, at: number, separator: string): { text: string; end: number } {
  let end = at
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1
  return { text: text.slice(at, end), end }
}

function quoted(text: string, at: number, line: number): { text: string; end: number } {
  let end = text.indexOf('"', at + 1)
  while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2)
  if (end < 0 || !/^[,\t;\r\n]?$/.test(text.slice(end + 1, end + 2)))
    throw new BadFile(`第 ${line} 行的双引号没有成对，请改正后再导入。`)
  return { text: text.slice(at + 1, end).replaceAll('""', '"'), end: end + 1 }
}
