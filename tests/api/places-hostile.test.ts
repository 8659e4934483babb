import { existsSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { deflateRawSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Running, startApp } from '../setup/app.ts'
import { claiming, makeDistrict, parts, stored, upload, workbook, xmlRow } from './places-files.ts'

let running: Running
beforeAll(async () => {
  running = await startApp()
  await makeDistrict(running.app)
  // The first import starts the reading thread.
  await upload(running.app, 'blocks', '网格代码,网格名称\nB1,甲\n')
})
afterAll(() => running.stop())

const headings = xmlRow(1, ['网格代码', '网格名称'])
const sheetOf = (rows: string): string => `<sheetData>${headings}${rows}</sheetData>`

function manyRows(count: number): string {
  return Array.from({ length: count }, (_, i) => `<row><c t="str"><v>B${i}</v></c><c t="str"><v>n</v></c></row>`).join(
    '',
  )
}

/** A megabyte of spaces packs into a kilobyte. */
const blank = (megabytes: number): Uint8Array => new Uint8Array(megabytes * 1024 * 1024).fill(32)

/** An archive whose one sheet inflates to `megabytes`, built without ever holding that much: the packed piece is repeated. */
function bomb(megabytes: number): Buffer {
  const { 'xl/worksheets/sheet1.xml': _, ...rest } = parts('')
  return workbookWith(rest, 'xl/worksheets/sheet1.xml', deflateRawSync(blank(megabytes)), megabytes * 1024 * 1024)
}

/** Adds an entry that is packed already. */
function workbookWith(files: Record<string, Uint8Array>, name: string, packed: Buffer, bytes: number): Buffer {
  const zip = Buffer.from(zipSync({ ...files, [name]: [packed, { level: 0 }] }))
  const file = claiming(zip, name, bytes)
  // fflate stored it; say that it is deflated, in the directory and in front of the data.
  for (const [signature, method, nameAt, lengthAt] of [
    ['PK\x01\x02', 10, 46, 28],
    ['PK\x03\x04', 8, 30, 26],
  ] as const) {
    for (let at = file.indexOf(signature, 0, 'latin1'); at >= 0; at = file.indexOf(signature, at + 4, 'latin1')) {
      const own = file.toString('utf8', at + nameAt, at + nameAt + file.readUInt16LE(at + lengthAt))
      if (own === name) file.writeUInt16LE(8, at + method)
    }
  }
  return file
}

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(500, 7)])
const oldXls = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2_000)])
const locked = Buffer.concat([oldXls, Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(500)])
const encrypted = (zip: Buffer): Buffer => {
  const file = Buffer.from(zip)
  for (let at = file.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = file.indexOf('PK\x01\x02', at + 4, 'latin1'))
    file.writeUInt16LE(file.readUInt16LE(at + 8) | 1, at + 8)
  return file
}

const hostile: [what: string, file: () => Buffer | string, says: RegExp][] = [
  ['an empty file', () => '', /不是 XLSX 或 CSV/],
  ['a picture called .xlsx', () => png, /不是 XLSX 或 CSV/],
  ['an old .xls', () => oldXls, /旧版 .xls/],
  ['a workbook with a password', () => locked, /加了密码/],
  ['an archive with encrypted entries', () => encrypted(workbook(sheetOf(''))), /加了密码/],
  ['an SVG with a script', () => '<svg onload="alert(1)"><script>alert(1)</script></svg>', /网页或 XML/],
  ['a web page called .xls', () => '<html><table><tr><td>网格代码</td></tr></table></html>', /网页或 XML/],
  ['an archive that is not a workbook', () => Buffer.from(zipSync({ 'a.txt': strToU8('a') })), /没有工作表/],
  ['an archive cut in half', () => workbook(sheetOf(manyRows(100))).subarray(0, 600), /损坏/],
  ['a workbook with macros', () => workbook(sheetOf(''), { 'xl/vbaProject.bin': strToU8('x') }), /宏/],
  ['an entry named ../', () => workbook(sheetOf(''), { '../../etc/passwd': strToU8('x') }), /不正常的路径/],
  ['an entry with an absolute name', () => workbook(sheetOf(''), { '/etc/passwd': strToU8('x') }), /不正常的路径/],
  ['an entry named as on Windows', () => workbook(sheetOf(''), { 'xl\\..\\..\\x': strToU8('x') }), /不正常的路径/],
  ['a bomb that says what it is', () => bomb(400), /解压后太大/],
  ['a bomb whose directory lies', () => claiming(bomb(400), 'sheet1.xml', 5_000), /解压后太大/],
  [
    'ten thousand entries',
    () =>
      workbook(sheetOf(''), Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`x/${i}`, new Uint8Array()]))),
    /解压后太大/,
  ],
  ['a sheet of 100,000 rows', () => workbook(sheetOf(manyRows(100_000))), /超过 20000 行/],
  ['a CSV of 100,000 rows', () => `网格代码,网格名称\n${'B,n\n'.repeat(100_000)}`, /超过 20000 行/],
  ['a sheet of 61 columns', () => workbook(sheetOf(xmlRow(2, Array(61).fill('x')))), /超过 60 列/],
  ['a cell far to the right', () => workbook(sheetOf('<row r="2"><c r="XFD2"><v>1</v></c></row>')), /超过 60 列/],
  ['a CSV of a million columns', () => ','.repeat(1_000_000).concat('x\n'), /超过 60 列/],
  ['a cell of a million characters', () => workbook(sheetOf(xmlRow(2, ['x'.repeat(900_000)]))), /超过 2000 个字/],
  ['a tag that never ends', () => workbook(`<row ${'x'.repeat(3_000_000)}`), /内容不正常/],
  [
    'entities that multiply',
    () => workbook('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'),
    /文档类型声明/,
  ],
  ['one long text in a million cells', () => sharedText(), /文字总量太大|内容太多/],
  ['a row number that is none', () => workbook(sheetOf('<row r="0"><c><v>1</v></c></row>')), /行号不正常/],
  ['nothing but quotes', () => '"'.repeat(1_000_001), /双引号/],
]

function sharedText(): Buffer {
  const strings = strToU8(`<sst><si><t>${'长'.repeat(1_900)}</t></si></sst>`)
  const row = `<row>${'<c t="s"><v>0</v></c>'.repeat(60)}</row>`
  return workbook(sheetOf(row.repeat(18_000)), { 'xl/sharedStrings.xml': strings })
}

describe('an upload is refused within two seconds, by name, and nothing is stored, when it is', () => {
  test.each(hostile)('%s', async (_what, file, says) => {
    const content = file()
    const before = await stored(running.app)
    const answer = await upload(running.app, 'blocks', content)
    expect(answer.statusCode).toBe(422)
    expect(answer.json()).toEqual({ code: 'bad_import_file', message: expect.stringMatching(says) })
    expect(await stored(running.app)).toBe(before)
    expect(answer.took).toBeLessThan(2_000)
  })
})

test('an upload of 50 MB is refused as too large', async () => {
  const before = await stored(running.app)
  const answer = await upload(running.app, 'blocks', Buffer.alloc(50 * 1024 * 1024, 65))
  expect([answer.statusCode, answer.json().code]).toEqual([413, 'too_large'])
  expect(answer.took).toBeLessThan(2_000)
  expect(await stored(running.app)).toBe(before)
})

test('the memory of the server stays within 150 MB while bombs are refused', async () => {
  const files = [bomb(400), claiming(bomb(400), 'sheet1.xml', 90_000_000), workbook(sheetOf(manyRows(100_000)))]
  const before = process.memoryUsage.rss()
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 20)
  for (const file of files) expect((await upload(running.app, 'blocks', file)).statusCode).toBe(422)
  clearInterval(watch)
  expect((most - before) / 1e6).toBeLessThan(150)
})

test('the name of an uploaded file reaches no folder', async () => {
  const name = '../../../../tmp/yixu-planted.csv'
  const list = () => readdirSync(tmpdir()).filter((each) => each.includes('planted'))
  await upload(running.app, 'blocks', '网格代码,网格名称\nB1,甲\n', name)
  expect([list(), existsSync('/tmp/yixu-planted.csv')]).toEqual([[], false])
})

const dangerous = [
  '=1+1',
  '+1',
  '-1+1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '＝1+1',
  '＋1',
  '－1',
  '＠A1',
  ' =1',
  '"=1"',
  '=cmd|x!A0',
  '\u0000=1',
  '\u000b=1',
  '=HYPERLINK("//x")',
]

test.each(dangerous)('a name that a spreadsheet might run never becomes a name: %j', async (name) => {
  const answer = await upload(running.app, 'blocks', `网格代码,网格名称\nB9,"${name.replaceAll('"', '""')}"\n`)
  const { rows } = await running.look(`select name from blocks where code = 'B9'`)
  if (name === '"=1"') expect(rows).toEqual([{ name }])
  else {
    expect(answer.statusCode).toBe(422)
    expect(rows).toEqual([])
  }
  await running.look(`delete from blocks where code = 'B9'`)
})

test('a formula of a workbook is refused whatever it shows', async () => {
  const rows =
    '<row r="2"><c r="A2" t="str"><v>B9</v></c><c r="B2" t="str"><f>HYPERLINK("//x","甲")</f><v>甲</v></c></row>'
  const answer = await upload(running.app, 'blocks', workbook(sheetOf(rows)))
  expect(answer.json().wrong).toEqual([
    { row: 2, column: '网格名称', message: expect.stringContaining('单元格 B2 是公式') },
  ])
})

test('an upload that breaks off leaves the server ready for the next', async () => {
  const headers = {
    authorization: 'Bearer a-key-for-tests-only-0001',
    'content-type': 'multipart/form-data; boundary=x',
  }
  const payload = '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n网格代码'
  const url = '/api/districts/YX/imports/blocks'
  const broken = await running.app.inject({ method: 'POST', url, headers, payload })
  expect(broken.statusCode).toBeGreaterThanOrEqual(400)
  expect(broken.statusCode).toBeLessThan(500)
  expect((await upload(running.app, 'blocks', '网格代码,网格名称\nB1,甲\n')).statusCode).toBe(200)
})

test('the archives of these tests would be good workbooks without what makes them hostile', async () => {
  expect((await upload(running.app, 'blocks', workbook(sheetOf(xmlRow(2, ['B1', '甲']))))).json().imported).toBe(1)
})
