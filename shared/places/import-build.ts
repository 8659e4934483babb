import type { Block, Community, Compound, Facility, ImportKind, Room, Site, Subdistrict } from './api.ts'
import type { Known } from './cells.ts'
import { importColumns, populationTitles, type Row } from './columns.ts'

/** What each kind of import consists of. */
export interface Places {
  subdistricts: Subdistrict
  communities: Community
  blocks: Block
  compounds: Compound
  facilities: Facility
  sites: Site
}

/** A row whose cells could each be read, and its line in the file. */
export interface Line<K extends ImportKind> {
  line: number
  row: Row<K>
}

/** Reports what is wrong in a line, under the heading `title`. */
export type Say = (line: number, title: string, message: string) => void

/** Makes places out of rows, and says where cells of one row, or rows of one site, contradict each other. */
export const build: { [K in ImportKind]: (lines: Line<K>[], say: Say, known: Known) => Places[K][] } = {
  subdistricts: (lines) => lines.map(({ row }) => row),
  communities: (lines, say) => lines.map((line) => community(line, say)),
  blocks: (lines) => lines.map(({ row }) => row),
  compounds: (lines) => lines.map(({ row }) => row),
  facilities: (lines, say, known) => lines.map((line) => facility(line, say, known)),
  sites: (lines, say) => [...bySite(lines).values()].map((rows) => site(rows, say)),
}

function bySite(lines: Line<'sites'>[]): Map<string, Line<'sites'>[]> {
  const sites = new Map<string, Line<'sites'>[]>()
  for (const line of lines) {
    const rows = sites.get(line.row.code)
    if (rows) rows.push(line)
    else sites.set(line.row.code, [line])
  }
  return sites
}

function community({ line, row }: Line<'communities'>, say: Say): Community {
  const counts = populationTitles.map((title) => (row as Record<string, unknown>)[title] as number)
  const [male, female] = [counts.slice(0, 6), counts.slice(6)]
  const elders = male[4]! + male[5]! + female[4]! + female[5]!
  if (row.eldersLivingAlone > elders) say(line, '独居老人数', `多于 60 岁及以上人口（${elders} 人），请核对。`)
  const residents = counts.reduce((sum, count) => sum + count, 0)
  if (row.households === 0 && residents > 0)
    say(line, importColumns.communities.households.title, `有常住人口 ${residents} 人，总户数不能为 0，请核对。`)
  const { parent_0_3, parent_4_6, parent_7_12 } = row
  for (const [key, families] of Object.entries({ parent_0_3, parent_4_6, parent_7_12 })) {
    if (families <= row.households) continue
    say(line, importColumns.communities[key as 'parent_0_3'].title, `多于总户数（${row.households} 户），请核对。`)
  }
  const { asOf, households, eldersLivingAlone, areaKm2, buildingYear } = row
  const parents = { parent_0_3, parent_4_6, parent_7_12 }
  const profile = { asOf, population: { male, female }, households, eldersLivingAlone, parents, areaKm2, buildingYear }
  const { code, name, subdistrict, kind, pilot } = row
  return { code, name, subdistrict, kind, pilot, profile }
}

function facility({ line, row }: Line<'facilities'>, say: Say, known: Known): Facility {
  if (row.capacity === null && row.areaM2 === null) say(line, '服务人数', '服务人数和面积至少填一项。')
  const of = known.services.find(({ functions }) => functions.some(({ code }) => code === row.function))
  if (of && of.code !== row.service) say(line, '功能', `这项功能属于“${of.zh}”，与服务一栏不一致，请核对。`)
  return row
}

function site(lines: Line<'sites'>[], say: Say): Site {
  const { code, name, community, formerUse, fireClass, highRise, outdoorM2, lon, lat } = lines[0]!.row
  const rooms = lines.flatMap((line) => room(line, lines.length === 1, say) ?? [])
  roomsOnce(lines, say)
  if ((lon === null) !== (lat === null)) say(lines[0]!.line, '经度', '经度和纬度要么都填，要么都留空。')
  if (rooms.length > 200) say(lines[200]!.line, '点位代码', '一个点位最多 200 间房，请拆成几个点位。')
  if (!rooms.length && outdoorM2 === 0) say(lines[0]!.line, '房间代码', '既没有房间，也没有室外面积，请补充其中一项。')
  return { code, community, name, formerUse, fireClass, highRise, outdoorM2, lon, lat, rooms }
}

function roomsOnce(lines: Line<'sites'>[], say: Say): void {
  const seen = new Set<string>()
  for (const { line, row } of lines) {
    if (row.room === null) continue
    if (seen.has(row.room)) say(line, importColumns.sites.room.title, `同一点位内房间代码“${row.room}”重复。`)
    seen.add(row.room)
  }
}

const roomNeeds = ['floor', 'areaOfRoomM2', 'exits', 'water', 'exhaust'] as const

/** The room of one row; a site with outdoor space only has one row without a room. */
function room({ line, row }: Line<'sites'>, only: boolean, say: Say): Room | undefined {
  const titles = importColumns.sites
  if (row.room === null) {
    const filled = [...roomNeeds, 'heightM' as const, 'quiet' as const].some((key) => row[key] !== null)
    if (filled || !only) say(line, titles.room.title, '不能为空，请填写，例如 R1。')
    return undefined
  }
  for (const key of roomNeeds) if (row[key] === null) say(line, titles[key].title, '有房间的行不能为空，请填写。')
  if (row.exits === 0) say(line, titles.exits.title, '一间房至少要有 1 个出口，请到现场核对后填写。')
  if (row.floor === 0) say(line, titles.floor.title, '没有 0 层：一层填 1，地下一层填 -1。')
  const { room: code, floor, areaOfRoomM2, heightM, exits, water, exhaust, quiet } = row
  return {
    code,
    floor: floor ?? 0,
    areaM2: areaOfRoomM2 ?? 0,
    ...(heightM === null ? {} : { heightM }),
    exits: exits ?? 0,
    water: water ?? false,
    exhaust: exhaust ?? false,
    ...(quiet === null ? {} : { quiet }),
  }
}
