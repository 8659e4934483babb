import type { Table, TableRow } from '../../shared/places/table.ts'

/** A file that cannot be taken; the message is Chinese and says what to do. It reaches the person as bad_import_file. */
export class BadFile extends Error {
  override name = 'BadFile'
}

/** What an upload may hold. A district's largest table has some two thousand rows of thirty columns. */
export const limits = {
  fileBytes: 10 * 1024 * 1024,
  unzippedBytes: 100 * 1024 * 1024,
  zipEntries: 2_000,
  /** With the headings. */
  rows: 20_001,
  columns: 60,
  cellCharacters: 2_000,
  /** Of all cells together: one long text can be referred to from a million cells. */
  characters: 16_000_000,
  readMs: 10_000,
}

/** Gathers the rows of a sheet that hold anything. @throws {BadFile} when there is more than an upload may hold */
export function tableWithin(): { table: Table; add(row: TableRow): void } {
  const table: Table = { rows: [], formulas: [], merged: [] }
  let characters = 0
  return {
    table,
    add(row) {
      const filled = row.cells.findLastIndex((text) => text !== '') + 1
      if (filled === 0) return
      if (filled > limits.columns) throw new BadFile(`表格超过 ${limits.columns} 列，请对照模板删除多余的列。`)
      if (table.rows.length === limits.rows)
        throw new BadFile(`表格超过 ${limits.rows - 1} 行，请拆成几个文件分别导入。`)
      for (const text of row.cells) {
        if (text.length > limits.cellCharacters)
          throw new BadFile(`第 ${row.line} 行有一格超过 ${limits.cellCharacters} 个字，请缩短后再导入。`)
        characters += text.length
      }
      if (characters > limits.characters) throw new BadFile('表格文字总量太大，请拆成几个文件分别导入。')
      table.rows.push({ line: row.line, cells: row.cells.slice(0, filled) })
    },
  }
}
