import { describe, expect, test } from 'vitest'
import { csvTable } from '../../../server/places/csv-table.ts'
import { ageBands, type ImportKind, importKinds } from '../../../shared/places/api.ts'
import { extraServices, shippedCatalogue } from '../../../shared/places/catalogue.ts'
import { populationTitles } from '../../../shared/places/columns.ts'
import { readPlaces } from '../../../shared/places/import.ts'
import { csv } from './tables.ts'

const known = {
  subdistricts: new Set(['S01', 'S02']),
  communities: new Set(['C001', 'C002']),
  blocks: new Set(['B01']),
  services: shippedCatalogue(extraServices).services,
}

function read(kind: ImportKind, text: string) {
  return readPlaces(kind, csvTable(Buffer.from(text)), known)
}

/** The file of one kind with one of its data rows changed. */
function changed(kind: ImportKind, from: string, to: string): string {
  const text = csv[kind].replace(from, to)
  if (text === csv[kind]) throw new Error(`${from} is not there`)
  return text
}

test.each(importKinds)('a good table of %s has nothing wrong', (kind) => {
  const { places, wrong } = read(kind, csv[kind])
  expect([wrong, places.length > 0]).toEqual([[], true])
})

test('the population columns are the age bands of a profile, men first', () => {
  const titles = ageBands.map((band) => (band === '80+' ? '80以上' : band))
  expect(populationTitles).toEqual([...titles.map((band) => `男${band}`), ...titles.map((band) => `女${band}`)])
})

const wrongRows: [
  what: string,
  kind: ImportKind,
  from: string,
  to: string,
  row: number,
  column: string,
  says: RegExp,
][] = [
  ['a community of an unknown subdistrict', 'communities', ',S02,', ',S99,', 3, '街道代码', /没有代码为“S99”的街道/],
  [
    'a compound of an unknown community',
    'compounds',
    'X2,东厅门小区,C001',
    'X2,东厅门小区,C999',
    3,
    '社区代码',
    /没有代码为“C999”的社区/,
  ],
  ['a compound of an unknown block', 'compounds', ',B01,', ',B99,', 2, '网格代码', /没有代码为“B99”的街区网格/],
  ['an unknown service', 'facilities', '健康服务', '健康', 2, '服务', /没有“健康”这项服务，可填：养老服务.*停车/],
  ['a function of another service', 'facilities', 'elder_care,日间', 'health,日间', 3, '功能', /属于“养老服务”/],
  ['a facility without capacity and area', 'facilities', '1200', '', 2, '服务人数', /至少填一项/],
  ['a code that stands twice', 'compounds', 'X2', 'X1', 3, '小区代码', /与第 2 行重复/],
  ['a code with Chinese characters', 'compounds', 'X2', '小区二', 3, '小区代码', /只能用字母/],
  ['words in the place of a number', 'compounds', '186', '约一百八', 2, '户数', /不是数字/],
  ['a hexadecimal number', 'compounds', '186', '0x1F', 2, '户数', /不是数字/],
  ['a fraction where a whole number is due', 'compounds', '186', '18.6', 2, '户数', /应为整数/],
  ['a negative number', 'compounds', '186', '-186', 2, '户数', /不能是负数/],
  ['a number out of all proportion', 'compounds', '186', '1e300', 2, '户数', /应在/],
  ['longitude and latitude the wrong way round', 'compounds', '108.947,34.259', '34.259,108.947', 2, '经度', /写反/],
  ['a longitude beyond the globe', 'compounds', '108.947', '1089.47', 2, '经度', /应在 -180 到 180/],
  ['neither 是 nor 否', 'communities', ',是,', ',可能,', 2, '是否试点', /请填“是”或“否”/],
  ['a day that does not exist', 'communities', '2026-09-30', '2026-02-30', 2, '统计日期', /没有“2026-02-30”这一天/],
  ['more elders alone than elders', 'communities', ',210,', ',2431,', 2, '独居老人数', /2430 人/],
  ['more families with children than households', 'communities', ',470,', ',4121,', 2, '7-12岁儿童家庭数', /4120 户/],
  ['a community of no area', 'communities', ',0.42,', ',0,', 2, '面积（平方公里）', /大于 0/],
  ['a name that a spreadsheet would run', 'blocks', '第一街区', '=cmd|x', 2, '网格名称', /不能以/],
  ['a name with an invisible character', 'blocks', '第一街区', '第一\u0007街区', 2, '网格名称', /看不见的字符/],
  ['a name of 81 characters', 'blocks', '第一街区', '街'.repeat(81), 2, '网格名称', /最多 80 个字/],
  ['an unknown fire class', 'sites', '二级', '五级', 2, '耐火等级', /一级、二级/],
  ['a room without its area', 'sites', ',96.5,', ',,', 2, '房间面积（平方米）', /不能为空/],
  ['a room without an exit', 'sites', ',3.3,2,', ',3.3,0,', 2, '安全出口数', /至少要有 1 个出口/],
  ['a room with less than no exit', 'sites', ',3.3,2,', ',3.3,-1,', 2, '安全出口数', /不能是负数/],
  ['a room of no area', 'sites', ',96.5,', ',0,', 2, '房间面积（平方米）', /大于 0/],
  ['a room of less than no area', 'sites', ',96.5,', ',-96.5,', 2, '房间面积（平方米）', /不能是负数/],
  ['a room too low to stand in', 'sites', ',3.3,', ',0.33,', 2, '层高（米）', /应在 1.5 到 50 米/],
  ['less than no outdoor space', 'sites', ',80,', ',-80,', 2, '室外面积（平方米）', /不能是负数/],
  ['a facility of no area', 'facilities', ',350,', ',0,', 3, '面积（平方米）', /大于 0/],
  ['a point in the Gulf of Guinea', 'compounds', '108.947,34.259', '0,0', 2, '经度', /不能都是 0/],
  ['residents without a household', 'communities', ',4120,210,260,240,470,', ',0,210,0,0,0,', 2, '总户数', /\d+ 人/],
  ['a day of the far future', 'communities', '2026-09-30', '9999-12-31', 2, '统计日期', /没有“9999-12-31”这一天/],
  ['a floor 0', 'sites', 'R1,1,', 'R1,0,', 2, '楼层', /没有 0 层/],
  ['a room code that stands twice in a site', 'sites', 'R2', 'R1', 3, '房间代码', /重复/],
  ['rows of one site that contradict each other', 'sites', 'D1,,,,,', 'D1,,,,三级,', 3, '耐火等级', /第 2 行/],
  ['a site with neither room nor outdoor space', 'sites', '573.78', '0', 4, '房间代码', /既没有房间/],
]

describe('a table with one wrong row has no places and names the row:', () => {
  test.each(wrongRows)('%s', (_what, kind, from, to, row, column, says) => {
    const { places, wrong } = read(kind, changed(kind, from, to))
    expect(wrong).toEqual([{ row, column, message: expect.stringMatching(says) }])
    expect(places).toEqual([])
  })
})

test('every fault of every row is listed, in the order of the rows', () => {
  const text = '小区代码,小区名称,社区代码,网格代码,经度,纬度,户数\nX1,,C999,,108.9,34.2,多\nX1,乙,C001,,a,34.2,1\n'
  expect(read('compounds', text).wrong.map(({ row, column }) => [row, column])).toEqual([
    [2, '小区名称'],
    [2, '社区代码'],
    [2, '户数'],
    [3, '小区代码'],
    [3, '经度'],
  ])
})

test('a list of faults ends after 500 with the number of those left out', () => {
  const rows = Array.from({ length: 600 }, (_, i) => `B${i},\n`)
  const { wrong } = read('blocks', `网格代码,网格名称\n${rows.join('')}`)
  expect(wrong).toHaveLength(501)
  expect(wrong[500]!.message).toContain('还有 100 处')
})

const headings: [what: string, text: string, column: string, says: RegExp][] = [
  ['a heading is missing', '网格代码\nB09\n', '网格名称', /缺少这一列/],
  ['a heading is unknown', '网格代码,网格名称,备注\nB09,九,无\n', '备注', /不认识这个表头/],
  ['a heading stands twice', '网格代码,网格名称,网格名称\nB09,九,九\n', '网格名称', /重复/],
  ['there is no heading', 'B09,九\nB10,十\n', '', /没有找到表头.*网格代码、网格名称/],
  ['there is no row', '网格代码,网格名称\n', '', /没有数据/],
]

test.each(headings)('a table is refused where %s', (_what, text, column, says) => {
  const { places, wrong } = read('blocks', text)
  expect(wrong).toContainEqual({ row: expect.any(Number), column, message: expect.stringMatching(says) })
  expect(places).toEqual([])
})

test.each(['男0～13岁', '男 0-13', '男０—１３', '男0至13岁'])('a heading may be written %s', (title) => {
  expect(read('communities', csv.communities.replace('男0-13', title)).wrong).toEqual([])
})

test.each([
  [
    'quotes with separators and line breaks inside',
    '网格代码,网格名称\nB1,"第一, 东\n区"\nB2,"名""字"\n',
    ['第一, 东\n区', '名"字'],
    3,
  ],
  ['lines that end as on Windows', '网格代码,网格名称\r\nB1,甲\r\nB2,乙', ['甲', '乙'], 3],
  ['lines that end as on old Macs', '网格代码,网格名称\rB1,甲\rB2,乙\r', ['甲', '乙'], 3],
  ['tabs between cells', '网格代码\t网格名称\nB1\t甲\nB2\t乙\n', ['甲', '乙'], 3],
  ['empty lines', '网格代码,网格名称\n\nB1,甲\n,,\nB2,乙\n', ['甲', '乙'], 5],
])('CSV may have %s', (_what, text, names, lastLine) => {
  const { rows } = csvTable(Buffer.from(text))
  expect(rows.slice(1).map(({ cells }) => cells[1])).toEqual(names)
  expect(rows.at(-1)!.line).toBe(lastLine)
})

test.each(['网格代码,网格名称\nB1,"甲\n', '网格代码,网格名称\nB1,"甲"乙\n'])(
  'CSV with a lonely quote is refused',
  (text) => {
    expect(() => csvTable(Buffer.from(text))).toThrow('第 2 行的双引号')
  },
)
