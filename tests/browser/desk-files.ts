import ExcelJs from 'exceljs'
import { unzipSync } from 'fflate'
import { readPdf } from '../unit/documents/pdf-reader.ts'

/** All words of a DOCX in the order of reading. */
export function docxWords(file: Buffer): string {
  const xml = Buffer.from(unzipSync(file)['word/document.xml']!).toString('utf8')
  return unescaped([...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map((match) => match[1]).join(''))
}

const unescaped = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** All words of a PDF. */
export function pdfWords(file: Buffer): string {
  return readPdf(file)
    .pages.map(({ text }) => text)
    .join('')
}

/** Everything that stands in the cells of a workbook: numbers as numbers, words as words. */
export async function xlsxCells(file: Buffer): Promise<(number | string)[]> {
  const book = new ExcelJs.Workbook()
  await book.xlsx.load(file as unknown as ArrayBuffer)
  const cells: (number | string)[] = []
  for (const sheet of book.worksheets) {
    sheet.eachRow((row) => {
      row.eachCell(({ value, text }) => {
        cells.push(typeof value === 'number' ? value : text)
      })
    })
  }
  return cells
}
