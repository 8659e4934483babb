import { type Entry, zipDirectory } from './unzip.ts'
import { BadFile } from './upload-limits.ts'

export type Upload = { format: 'csv' } | { format: 'xlsx'; entries: Map<string, Entry> }

export const notATable = '这不是 XLSX 或 CSV 文件，请用导入模板填写，另存为 .xlsx 后再导入。'

/** Old .xls files, and .xlsx files with a password, are both containers that begin like this. */
const oldContainer = Buffer.from('d0cf11e0a1b11ae1', 'hex')

/** Tells the format by content, for names of files say nothing, and refuses what can be refused without reading it. @throws {BadFile} */
export function formatOf(file: Buffer): Upload {
  if (file.subarray(0, 2).toString('latin1') === 'PK') return { format: 'xlsx', entries: workbookIn(file) }
  if (file.subarray(0, 8).equals(oldContainer)) {
    const locked = file.includes(Buffer.from('EncryptedPackage', 'utf16le'))
    throw new BadFile(locked ? '文件加了密码，请去掉密码另存后再导入。' : oldFormat)
  }
  const isUtf16 = file[0] === 0xff && file[1] === 0xfe
  if (file.length === 0 || (!isUtf16 && file.includes(0))) throw new BadFile(notATable)
  return { format: 'csv' }
}

const oldFormat = '这是旧版 .xls 文件，请用 Excel 或 WPS 另存为 .xlsx 后再导入。'

function workbookIn(file: Buffer): Map<string, Entry> {
  const entries = zipDirectory(file)
  if (!entries.has('xl/workbook.xml'))
    throw new BadFile('压缩包里没有工作表，不是 XLSX 文件；请用 Excel 或 WPS 另存为 .xlsx 后再导入。')
  if (entries.has('xl/vbaProject.bin')) throw new BadFile('文件带有宏，请另存为不带宏的 .xlsx 后再导入。')
  return entries
}
