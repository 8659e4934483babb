import ExcelJs from 'exceljs'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { documentSheets } from '../../../server/documents/sheets.ts'
import { type Sheet, toXlsx } from '../../../server/documents/xlsx.ts'
import { sample } from './sample.ts'

async function opened(file: Buffer): Promise<ExcelJs.Workbook> {
  const book = new ExcelJs.Workbook()
  await book.xlsx.load(file as unknown as ArrayBuffer)
  return book
}

function sheetXml(file: Buffer): string {
  return Object.entries(unzipSync(file))
    .filter(([name]) => name.startsWith('xl/worksheets/'))
    .map(([, bytes]) => Buffer.from(bytes).toString('utf8'))
    .join('')
}

const one = (rows: Sheet['rows'], columns: Sheet['columns'] = [{ title: '答' }]): Sheet[] => [
  { name: '表', columns, rows },
]

describe('a workbook', () => {
  it('holds numbers as numbers and words as words', async () => {
    const columns: Sheet['columns'] = [
      { title: '率', format: 'share' },
      { title: '数', format: 'count' },
      { title: '日', format: 'date' },
      { title: '电话', format: 'text' },
      { title: '空' },
    ]
    const book = await opened(await toXlsx(one([[0.4567, -5, '2026-11-21', '029-87654321', null]], columns)))
    const row = book.worksheets[0]!.getRow(2)
    expect(row.getCell(1).value).toBe(0.4567)
    expect(row.getCell(1).numFmt).toBe('0.0%')
    expect(row.getCell(2).value).toBe(-5)
    expect((row.getCell(3).value as Date).toISOString()).toBe('2026-11-21T00:00:00.000Z')
    expect(row.getCell(4).value).toBe('029-87654321')
    expect(row.getCell(5).value).toBeNull()
  })

  it.each([
    '=1+1',
    '+1',
    '-1+1',
    '@SUM(A1)',
    '\t=1',
    '＝1+1',
    '＋1',
    '－1',
    '＠A1',
    '"=1"',
    "'=1",
    ' =1',
    '=HYPERLINK("x")',
  ])('keeps %j as words and never as a formula', async (text) => {
    const file = await toXlsx(one([[text]]))
    expect(sheetXml(file)).not.toMatch(/<f[ >]/)
    const cell = (await opened(file)).worksheets[0]!.getRow(2).getCell(1)
    expect(cell.type).toBe(ExcelJs.ValueType.String)
    expect(cell.value).toBe(text)
  })

  it('marks words so that editing a cell does not bring a formula to life', async () => {
    const file = await toXlsx(one([['=1+1']]))
    const styles = Buffer.from(unzipSync(file)['xl/styles.xml']!).toString('utf8')
    const index = Number(/<c r="A2" s="(\d+)"/.exec(sheetXml(file))![1])
    const formats = styles.split('<cellXfs')[1]!.match(/<xf [^>]*>/g)!
    expect(formats[index]).toContain('quotePrefix="1"')
  })

  it('survives what XML forbids', async () => {
    const file = await toXlsx(one([['甲\u0000乙\ud800<&>']]))
    expect((await opened(file)).worksheets[0]!.getRow(2).getCell(1).text).toBe('甲乙\ufffd<&>')
  })

  it('escapes what spreadsheets read as an escape (ECMA-376 22.9.2.19)', async () => {
    expect(sheetXml(await toXlsx(one([['_x0041_']])))).toContain('>_x005F_x0041_<')
  })

  it('writes object answers as JSON', async () => {
    const file = await toXlsx(one([[{ other: '=1' } as unknown as string]]))
    expect((await opened(file)).worksheets[0]!.getRow(2).getCell(1).value).toBe('{"other":"=1"}')
  })

  it('names sheets as spreadsheets allow, none twice', async () => {
    const name = `表1 [甲/乙]: ${'很长的名字'.repeat(10)}`
    const book = await opened(
      await toXlsx([...one([]), { name, columns: [], rows: [] }, { name, columns: [], rows: [] }]),
    )
    const names = book.worksheets.map((sheet) => sheet.name)
    expect(new Set(names).size).toBe(3)
    for (const sheet of names) expect(sheet).toMatch(/^[^[\]:*?/\\]{1,31}$/)
  })

  it('is the same bytes for the same content', async () => {
    expect((await toXlsx(one([[1]]))).equals(await toXlsx(one([[1]])))).toBe(true)
  })
})

describe('a document as sheets', () => {
  it('has every table and chart, with figures as numbers and withheld ones as words', async () => {
    const document = sample()
    const book = await opened(await toXlsx(documentSheets(document), document))
    const kinds = document.blocks.map((block) => block.kind)
    const shown = kinds.filter((kind) => kind === 'table' || kind === 'chart').length
    expect(book.worksheets.length).toBe(shown + 2)
    const table = book.worksheets.find((sheet) => sheet.name.startsWith('表1'))!
    expect(table.getRow(3).getCell(3).value).toBe(0.623)
    expect(table.getRow(3).getCell(3).numFmt).toBe('0.0%')
    expect(table.getRow(3).getCell(2).value).toBe(1979)
    expect(table.getRow(11).getCell(3).value).toBe('不公布')
    expect(table.getRow(10).getCell(3).font.color?.argb).toBe('FF7F7F7F')
    expect(table.getRow(8).getCell(5).numFmt).toBe('0.0%"*"')
  })

  it('says where every figure of the document came from', async () => {
    const document = sample()
    const book = await opened(await toXlsx(documentSheets(document), document))
    const sheet = book.getWorksheet('数据来源')!
    const figures = JSON.stringify(document).split('"source"').length - 1
    expect(sheet.rowCount).toBe(figures + 2)
    const row = sheet.getRow(3)
    expect([1, 2, 3, 5, 6, 7].map((i) => row.getCell(i).value)).toEqual([
      '社区概况',
      '7,208人',
      7208,
      '社区概况',
      'profile / population',
      'tallies/17',
    ])
  })
})
