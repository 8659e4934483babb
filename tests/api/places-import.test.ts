import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportKind, importKinds } from '../../shared/places/api.ts'
import { type Running, startApp } from '../setup/app.ts'
import { csv } from '../unit/places/tables.ts'
import { makeDistrict, stored, upload, workbook, xmlRow } from './places-files.ts'

let running: Running
beforeAll(async () => {
  running = await startApp()
  await makeDistrict(running.app)
  for (const kind of importKinds) {
    const answer = await upload(running.app, kind, csv[kind])
    if (answer.statusCode !== 200) throw new Error(answer.body)
  }
})
afterAll(() => running.stop())

async function read(url: string) {
  return (await running.app.inject({ url: `/api/districts/YX${url}` })).json()
}

/** What a spreadsheet program would save for this CSV: numbers as numbers, dates as dates. */
async function asXlsx(text: string): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('表')
  for (const line of text.trim().split('\n')) {
    const cells = line.split(',').map((cell) => {
      if (/^\d{4}-\d{2}-\d{2}$/.test(cell)) return new Date(`${cell}T00:00:00Z`)
      return /^\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell
    })
    sheet.addRow(cells)
  }
  return Buffer.from(await book.xlsx.writeBuffer())
}

describe('an import', () => {
  test('brings subdistricts and communities with their profiles', async () => {
    const { subdistricts, communities } = await read('/communities')
    expect(subdistricts).toEqual([
      { code: 'S01', name: '柏树林街道' },
      { code: 'S02', name: '南院门街道' },
    ])
    expect(communities[0]).toEqual({
      code: 'C001',
      subdistrict: 'S01',
      name: '东厅门社区',
      kind: '老旧小区为主',
      pilot: true,
      profile: {
        asOf: '2026-09-30',
        population: { male: [520, 160, 1180, 2010, 960, 170], female: [480, 150, 1230, 2090, 1040, 260] },
        households: 4120,
        eldersLivingAlone: 210,
        parents: { parent_0_3: 260, parent_4_6: 240, parent_7_12: 470 },
        areaKm2: 0.42,
        buildingYear: 1992,
      },
    })
  })

  test('understands thousands separators, full-width digits, dates with 年月日 and empty optional cells', async () => {
    const { profile, kind, pilot } = (await read('/communities')).communities[1]
    expect([kind, pilot, profile.asOf, profile.buildingYear]).toEqual(['', false, '2026-09-30', null])
    expect(profile.population.male.slice(0, 4)).toEqual([1020, 60, 180, 110])
  })

  test('brings compounds, facilities by the name or the code of their service, and sites with their rooms', async () => {
    const { compounds, facilities, sites } = await read('/communities/C001')
    expect(compounds.map((each: { block: string }) => each.block)).toEqual(['B01', null])
    expect(facilities).toMatchObject([
      { code: 'F1', service: 'health', function: null, isPublic: true, usable: true, capacity: 1200, areaM2: null },
      { code: 'F2', service: 'elder_care', function: 'day_care_centre', isPublic: false, usable: false, areaM2: 350 },
    ])
    expect(sites).toEqual([
      {
        code: 'D1',
        community: 'C001',
        name: '原煤气站用房',
        formerUse: '闲置厂房',
        fireClass: 'II',
        highRise: false,
        outdoorM2: 80,
        lon: 108.947,
        lat: 34.259,
        rooms: [
          { code: 'R1', floor: 1, areaM2: 96.5, heightM: 3.3, exits: 2, water: true, exhaust: false, quiet: false },
          { code: 'R2', floor: 2, areaM2: 60, exits: 1, water: false, exhaust: false, quiet: true },
        ],
      },
    ])
  })

  test('takes a site that is an open space without a room', async () => {
    expect((await read('/communities/C002')).sites).toMatchObject([
      { code: 'D2', fireClass: 'III', outdoorM2: 573.78, rooms: [] },
    ])
  })

  test.each(importKinds)('of %s again changes nothing but the place version', async (kind) => {
    const places = async () => {
      const all = [await read('/communities'), await read('/communities/C001'), await read('/communities/C002')]
      return JSON.stringify(all.map(({ placeVersion, ...rest }) => rest))
    }
    const before = await places()
    expect((await upload(running.app, kind, csv[kind])).statusCode).toBe(200)
    expect(await places()).toBe(before)
  })

  test('says the same whether the file is CSV in UTF-8 with or without a mark, in GBK, or XLSX', async () => {
    const { communities } = await read('/communities')
    const gbk = Buffer.concat([
      Buffer.from('bdd6b5c0b4fac2eb2cbdd6b5c0c3fbb3c60a5330312c', 'hex'),
      Buffer.from('b0d8caf7c1d6bdd6b5c00a', 'hex'),
    ])
    for (const file of [`\ufeff${csv.subdistricts}`, gbk, await asXlsx(csv.subdistricts)]) {
      const answer = await upload(running.app, 'subdistricts', file)
      expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)])
    }
    expect((await read('/communities')).subdistricts[0]).toEqual({ code: 'S01', name: '柏树林街道' })
    const plainRow = csv.communities.split('\n').slice(0, 2).join('\n')
    expect((await upload(running.app, 'communities', await asXlsx(plainRow))).json()).toMatchObject({
      imported: 1,
      wrong: [],
    })
    expect((await read('/communities')).communities).toEqual(communities)
  })

  test('overwrites places of the same code, leaves the others, and raises the place version by one', async () => {
    const version = async () => (await running.look('select version from place_versions')).rows[0].version
    const before = await version()
    const answer = await upload(running.app, 'blocks', '网格代码,网格名称\nB02,第二街区\n')
    expect(answer.json()).toEqual({ kind: 'blocks', rows: 1, imported: 1, wrong: [] })
    expect(await version()).toBe(before + 1)
    await upload(running.app, 'blocks', '网格代码,网格名称\nB02,改名街区\n')
    const names = await running.look('select name from blocks order by code')
    expect(names.rows.map(({ name }) => name)).toEqual(['第一街区', '改名街区'])
  })

  test('skips empty rows, a title above the headings and the example of the template, and keeps the numbers of the lines', async () => {
    const sheet = [
      xmlRow(1, ['碑林区街区网格一览表']),
      xmlRow(3, ['网格代码', '网格名称']),
      xmlRow(4, ['示例B01', '第一街区']),
      '<row r="5"><c r="A5" s="1"/></row>',
      xmlRow(9, ['B03', '']),
    ]
    const answer = await upload(running.app, 'blocks', workbook(`<sheetData>${sheet.join('')}</sheetData>`))
    expect(answer.json().wrong).toEqual([{ row: 9, column: '网格名称', message: '不能为空，请填写。' }])
  })

  test('takes six uploads at the same time one by one or asks to wait, and never fails', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => upload(running.app, 'compounds', csv.compounds)))
    for (const { statusCode } of answers) expect([200, 503]).toContain(statusCode)
    expect(answers.some(({ statusCode }) => statusCode === 200)).toBe(true)
  })
})

test.each([
  [
    'one row is wrong',
    '小区代码,小区名称,社区代码,网格代码,经度,纬度,户数\nX8,甲,C001,,108.9,34.2,5\nX9,乙,C999,,108.9,34.2,5\n',
    3,
  ],
  ['a heading is missing', '小区代码,小区名称\nX8,甲\n', 1],
])('where %s the answer is 422 with the row, and nothing at all is stored', async (_what, text, row) => {
  const before = await stored(running.app)
  const answer = await upload(running.app, 'compounds', text)
  expect(answer.statusCode).toBe(422)
  expect(answer.json()).toMatchObject({ kind: 'compounds', imported: 0 })
  expect(answer.json().wrong[0].row).toBe(row)
  expect(await stored(running.app)).toBe(before)
})

test('formulas and merged cells are refused by the name of the cell', async () => {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('表')
  sheet.addRows([
    ['小区代码', '小区名称', '社区代码', '网格代码', '经度', '纬度', '户数'],
    ['X8', '甲', 'C001', '', 108.9, 34.2, { formula: '100+86', result: 186 }],
    ['X9', '乙', 'C001', '', 108.9, 34.2, 5],
  ])
  sheet.mergeCells('C2:C3')
  const before = await stored(running.app)
  const answer = await upload(running.app, 'compounds', Buffer.from(await book.xlsx.writeBuffer()))
  const messages = answer.json().wrong.map((each: { message: string }) => each.message)
  expect(messages).toContainEqual(expect.stringContaining('单元格 G2 是公式'))
  expect(messages).toContainEqual(expect.stringContaining('单元格 C2:C3 是合并的'))
  expect(await stored(running.app)).toBe(before)
})

test.each(importKinds)('the template of %s can be filled in, and is itself an empty import', async (kind) => {
  const answer = await running.app.inject({ url: `/api/districts/YX/imports/${kind}/template` })
  expect(answer.headers['content-disposition']).toMatch(/^attachment/)
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(answer.rawPayload as never)
  expect(book.worksheets[1]?.name).toBe('填写说明')
  const { wrong } = (await upload(running.app, kind, answer.rawPayload)).json()
  expect(wrong).toEqual([{ row: 2, column: '', message: '表里没有数据，请从表头下一行开始填写。' }])
  const sheet = book.worksheets[0]!
  const codes: Record<ImportKind, string> = {
    subdistricts: 'S77',
    communities: 'C77',
    blocks: 'B77',
    compounds: 'X77',
    facilities: 'F77',
    sites: 'D77',
  }
  const example = (sheet.getRow(2).values as string[]).slice(1)
  sheet.addRow([codes[kind], ...example.slice(1)])
  const filled = await upload(running.app, kind, Buffer.from(await book.xlsx.writeBuffer()))
  expect(filled.json()).toMatchObject({ rows: 1, imported: 1, wrong: [] })
})
