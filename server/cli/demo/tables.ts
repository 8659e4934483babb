import type { Catalogue, ImportKind } from '../../../shared/places/api.ts'
import { importColumns, populationTitles } from '../../../shared/places/columns.ts'
import { toCsv } from '../../documents/csv.ts'
import type { DemoDistrict } from './places.ts'

type Value = string | number | boolean | null | undefined
type Record_ = Record<string, Value>

const fireClasses = { I: '一级', II: '二级', III: '三级', IV: '四级' } as const

/** The demo district's places as the files that an official would upload. */
export function importFiles(district: DemoDistrict, catalogue: Catalogue): [ImportKind, string][] {
  const rows: Record<ImportKind, Record_[]> = {
    subdistricts: district.subdistricts,
    blocks: district.blocks,
    communities: district.communities.map(communityRow),
    compounds: district.compounds,
    facilities: district.facilities.map((facility) => facilityRow(facility, catalogue)),
    sites: district.sites.flatMap(siteRows),
  }
  const order: ImportKind[] = ['subdistricts', 'communities', 'blocks', 'compounds', 'facilities', 'sites']
  return order.map((kind) => [kind, csvOf(kind, rows[kind])])
}

function csvOf(kind: ImportKind, rows: Record_[]): string {
  const columns = Object.entries(importColumns[kind])
  const text = (value: Value) => (typeof value === 'boolean' ? (value ? '是' : '否') : (value ?? null))
  return toCsv(
    columns.map(([, { title }]) => title),
    rows.map((row) => columns.map(([key]) => text(row[key]))),
  )
}

function communityRow({ profile, ...community }: DemoDistrict['communities'][number]): Record_ {
  const { population, parents, ...rest } = profile
  const counts = [...population.male, ...population.female]
  const named = Object.fromEntries(populationTitles.map((title, i) => [title, counts[i]]))
  return { ...community, ...rest, ...parents, ...named }
}

function facilityRow(facility: DemoDistrict['facilities'][number], catalogue: Catalogue): Record_ {
  const service = catalogue.services.find(({ code }) => code === facility.service)
  const spec = service?.functions.find(({ code }) => code === facility.function)
  return { ...facility, service: service?.zh, function: spec?.zh }
}

function siteRows({ rooms, ...site }: DemoDistrict['sites'][number]): Record_[] {
  return rooms.map(({ code, areaM2, ...room }) => ({
    ...site,
    ...room,
    fireClass: fireClasses[site.fireClass],
    room: code,
    areaOfRoomM2: areaM2,
  }))
}
