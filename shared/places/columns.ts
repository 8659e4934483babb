import type { ImportKind } from './api.ts'
import * as cell from './cells.ts'

/** One column of an import: its heading, what it may hold, and what the template says about it. */
export interface Column<T> {
  title: string
  read: cell.Reader<T>
  /** What an empty cell means; without it the cell must be filled. */
  ifEmpty?: { value: T }
  example: string
  help: string
}

export type Columns = Record<string, Column<unknown>>

function column<T>(title: string, read: cell.Reader<T>, example: string, help = ''): Column<T> {
  return { title, read, example, help }
}

function optional<T, E>(of: Column<T>, value: E): Column<T | E> {
  return { ...of, read: of.read as cell.Reader<T | E>, ifEmpty: { value } }
}

const COUNT = 100_000_000
const count = cell.whole(0, COUNT)
const name = cell.words(80)
const lon = column('经度', cell.number(-180, 180), '108.9470', '十进制度数，例如 108.9470')
const lat = column('纬度', cell.number(-90, 90), '34.2590', '十进制度数，例如 34.2590')

// In the order of ageBands, which is not imported: its schemas would cost the thread that reads imports most of a second.
const bandsZh = ['0-13', '14-17', '18-34', '35-59', '60-79', '80以上']

/** 男0-13 … 女80以上, men first, by age band. */
export const populationTitles = ['男', '女'].flatMap((sex) => bandsZh.map((band) => `${sex}${band}`))
const populationExample = [520, 160, 1180, 2010, 960, 170, 480, 150, 1230, 2090, 1040, 260]

const population: Record<string, Column<number>> = Object.fromEntries(
  populationTitles.map((title, i) => [title, column(title, count, `${populationExample[i]}`, '常住人口数，没有填 0')]),
)

const community = column('社区代码', cell.codeOf('communities', '社区'), 'C001', '须是已导入的社区')

/** The columns of each kind of import, in the order of the template. */
export const importColumns = {
  subdistricts: {
    code: column('街道代码', cell.code, 'S01', '全区不重复，导入后不要改'),
    name: column('街道名称', name, '柏树林街道'),
  },
  communities: {
    code: column('社区代码', cell.code, 'C001', '全区不重复，导入后不要改'),
    name: column('社区名称', name, '东厅门社区'),
    subdistrict: column('街道代码', cell.codeOf('subdistricts', '街道'), 'S01', '须是已导入的街道'),
    kind: optional(column('社区类型', cell.words(40), '老旧小区为主', '可留空'), ''),
    pilot: optional(column('是否试点', cell.yesNo, '是', '是或否，留空按否'), false),
    asOf: column('统计日期', cell.date, '2026-09-30', '人口数据截至哪一天'),
    ...population,
    households: column('总户数', count, '4120'),
    eldersLivingAlone: column('独居老人数', count, '210', '60 岁及以上独自居住的人数'),
    parent_0_3: column('0-3岁儿童家庭数', count, '260', '有这一年龄段孩子的户数'),
    parent_4_6: column('4-6岁儿童家庭数', count, '240', '有这一年龄段孩子的户数'),
    parent_7_12: column('7-12岁儿童家庭数', count, '470', '有这一年龄段孩子的户数'),
    areaKm2: column('面积（平方公里）', cell.area(10_000, ' 平方公里'), '0.42'),
    buildingYear: optional(column('建成年份', cell.whole(1800, 2100), '1992', '多数住宅的建成年份，可留空'), null),
  },
  blocks: {
    code: column('网格代码', cell.code, 'B01', '全区不重复，导入后不要改'),
    name: column('网格名称', name, '第一街区'),
  },
  compounds: {
    code: column('小区代码', cell.code, 'X0001', '全区不重复，导入后不要改'),
    name: column('小区名称', name, '建国巷 12 号院'),
    community,
    block: optional(column('网格代码', cell.codeOf('blocks', '街区网格'), '', '没有划分街区网格的可留空'), null),
    lon,
    lat,
    households: column('户数', count, '186'),
  },
  facilities: {
    code: column('设施代码', cell.code, 'F001', '全区不重复，导入后不要改'),
    name: column('设施名称', name, '东厅门社区卫生服务站'),
    community,
    service: column('服务', cell.service, '健康服务', '填服务名称，见本区的服务功能目录'),
    function: optional(column('功能', cell.serviceFunction, '', '填功能名称，须属于左边的服务，可留空'), null),
    isPublic: column('是否公办', cell.yesNo, '是', '社会办的填否'),
    usable: column('是否可用', cell.yesNo, '是', '停用或尚未开放的填否'),
    capacity: optional(column('服务人数', count, '1200', '正常情况下能服务的居民数；与面积至少填一项'), null),
    areaM2: optional(column('面积（平方米）', cell.area(10_000_000, ' 平方米'), '120', '与服务人数至少填一项'), null),
    lon,
    lat,
  },
  sites: {
    code: column('点位代码', cell.code, 'D001', '一个点位有几间房就填几行，各行写同一个点位代码'),
    name: column('点位名称', name, '原煤气站用房'),
    community,
    formerUse: optional(column('原用途', cell.words(200), '闲置厂房', '可留空'), ''),
    fireClass: column('耐火等级', cell.fireClass, '二级', '一级、二级、三级或四级'),
    highRise: optional(column('是否高层', cell.yesNo, '否', '是否在高层建筑内，留空按否'), false),
    outdoorM2: optional(column('室外面积（平方米）', cell.number(0, 1_000_000), '80', '留空按 0'), 0),
    lon: optional(lon, null),
    lat: optional(lat, null),
    room: optional(column('房间代码', cell.code, 'R1', '同一点位内不重复；只有室外场地的点位可留空'), null),
    floor: optional(column('楼层', cell.whole(-5, 100), '1', '地下一层填 -1'), null),
    areaOfRoomM2: optional(column('房间面积（平方米）', cell.area(100_000, ' 平方米'), '96.5'), null),
    heightM: optional(column('层高（米）', cell.number(1.5, 50, ' 米'), '3.3', '可留空'), null),
    exits: optional(column('安全出口数', cell.whole(0, 50), '2', '通向室外或楼梯间的门，至少 1 个'), null),
    water: optional(column('有无上下水', cell.yesNo, '有', '有或无'), null),
    exhaust: optional(column('有无排烟', cell.yesNo, '无', '有或无'), null),
    quiet: optional(column('是否安静', cell.yesNo, '是', '是否远离噪声，可留空'), null),
  },
} as const satisfies Record<ImportKind, Columns>

/** Columns that describe the site itself: a site's second and later rows may leave them empty. */
export const siteItself = [
  'name',
  'community',
  'formerUse',
  'fireClass',
  'highRise',
  'outdoorM2',
  'lon',
  'lat',
] as const

/** What one row of an import says, once each cell has been read. */
export type Row<K extends ImportKind> = {
  [C in keyof (typeof importColumns)[K]]: (typeof importColumns)[K][C] extends Column<infer T> ? T : never
}

/** What the kind is called on screens. */
export const importZh: Record<ImportKind, string> = {
  subdistricts: '街道',
  communities: '社区',
  blocks: '街区网格',
  compounds: '小区',
  facilities: '设施',
  sites: '点位',
}
