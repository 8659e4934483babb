import { once } from 'node:events'
import { get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import ExcelJS from 'exceljs'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BriefEntry } from '../../shared/briefs/api.ts'
import { type Cell, type Document, partsOf } from '../../shared/document.ts'
import { figuresOf } from '../unit/briefs/figures.ts'
import { readPdf } from '../unit/documents/pdf-reader.ts'
import { type OpenBriefs, openBriefs, read, sites } from './briefs-district.ts'

let district: OpenBriefs
let entry: BriefEntry
let brief: Document
beforeAll(async () => {
  district = await openBriefs()
  await district.send('C001', 120)
  entry = await district.edition('S1')
  brief = read(await district.file(entry))
})
afterAll(() => district?.stop())

const tables = (document: Document) => document.blocks.flatMap((block) => (block.kind === 'table' ? [block] : []))

describe('a brief as a file', () => {
  test('is offered under its Chinese name, as a download that no browser guesses about', async () => {
    for (const format of ['docx', 'pdf', 'xlsx', 'json'] as const) {
      const { status, headers } = await district.file(entry, format)
      const [, name] = /filename\*=UTF-8''(\S+)$/.exec(String(headers['content-disposition']))!
      expect(status).toBe(200)
      expect(decodeURIComponent(name!)).toBe(`一社一案-C001社区-原办公用房-第${entry.edition}稿.${format}`)
      expect(headers['content-disposition']).toMatch(/^attachment; filename="[\x20-\x7e]+"/)
      expect(headers['x-content-type-options']).toBe('nosniff')
    }
  })

  test('as DOCX prints every figure of the stored text, in that order', async () => {
    const { bytes } = await district.file(entry, 'docx')
    const xml = strFromU8(unzipSync(bytes)['word/document.xml']!)
    const words = [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text]) => text).join('')
    // A chart is a picture there.
    const printed = { ...brief, blocks: brief.blocks.filter(({ kind }) => kind !== 'chart') }
    let from = 0
    for (const { text } of figuresOf(printed)) {
      const at = words.indexOf(text, from)
      expect([text, at >= from]).toEqual([text, true])
      from = at + text.length
    }
  })

  test('as PDF prints every figure of its sentences', async () => {
    const { bytes } = await district.file(entry, 'pdf')
    const words = readPdf(bytes)
      .pages.map(({ text }) => text)
      .join('')
      .replace(/\s/g, '')
    const said = brief.blocks.flatMap((block) => (block.kind === 'paragraph' ? block.text : []))
    const figures = said.flatMap((part) => (typeof part === 'string' ? [] : [part.text.replace(/\s/g, '')]))
    expect(figures.length).toBeGreaterThan(20)
    for (const text of figures) expect(words).toContain(text)
  })

  test('as XLSX holds the same numbers as numbers, table by table', async () => {
    const book = new ExcelJS.Workbook()
    await book.xlsx.load((await district.file(entry, 'xlsx')).bytes as never)
    for (const table of tables(brief)) {
      const sheet = book.worksheets.find(({ name, rowCount }) => {
        return rowCount > 1 && String(book.getWorksheet(name)!.getCell('A1').value).includes(table.caption)
      })!
      const rows = sheet.getSheetValues().slice(3, 3 + table.rows.length) as unknown[][]
      table.rows.forEach((cells, r) => {
        cells.forEach((cell, c) => {
          const number = shownAlone(cell)
          if (number != null) expect(rows[r]![c + 1]).toBeCloseTo(number, 9)
        })
      })
    }
  })
})

/** The number of a cell that holds one figure, or one with its interval in brackets. */
function shownAlone(cell: Cell): number | null | undefined {
  const [first, next = '（'] = partsOf(cell)
  return typeof first === 'object' && String(next).startsWith('（') ? first.value : undefined
}

describe('the ZIP of a district', () => {
  test('holds three files for each site and a list of them, and composes what had no edition yet', async () => {
    const { status, bytes, headers } = await district.download('/briefs.zip')
    expect(status).toBe(200)
    expect(decodeURIComponent(String(headers['content-disposition']))).toContain('一社一案-以需区.zip')
    const files = unzipSync(bytes)
    const names = Object.keys(files)
    expect(names).toHaveLength(3 * sites.length + 1)
    const list = strFromU8(files['清单.csv']!)
    const latest: BriefEntry[] = (await district.list()).filter((one: BriefEntry) => one.audience === 'staff')
    expect(latest.map(({ site }) => site)).toEqual(sites.map(({ code }) => code))
    for (const { hash, site, siteName } of latest) {
      expect(list).toContain(hash)
      const title = list
        .split('\r\n')
        .find((line) => line.startsWith(`"${site}"`))!
        .split('"')
        .at(-2)!
      expect(title).toContain(siteName.replace('/', '_'))
      for (const format of ['docx', 'pdf', 'xlsx'])
        expect(names.filter((name) => name.endsWith(`/${title}.${format}`))).toHaveLength(1)
    }
    expect(names.every((name) => !name.includes('..') && !name.startsWith('/'))).toBe(true)
  })

  test('hands the same editions out again while nobody composes new ones', async () => {
    await district.send('C001', 1)
    const before = await district.list()
    await district.download('/briefs.zip')
    expect(await district.list()).toEqual(before)
  })

  test('stops its work when the client hangs up', async () => {
    const { app } = district.running
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as AddressInfo
    const outgoing = get({ port, path: '/api/districts/YX/briefs.zip?audience=public', host: '127.0.0.1' })
    const [answer] = await once(outgoing, 'response')
    await once(answer, 'data')
    answer.destroy()
    await sleep(6_000)
    const composed = await district.count("briefs WHERE audience = 'public'")
    expect(composed).toBeGreaterThan(0)
    expect(composed).toBeLessThan(sites.length)
    expect((await district.file(entry)).status).toBe(200)
  })
})
