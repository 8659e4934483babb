import type { Demand } from '../../shared/demand/api.ts'
import type { Community, Subdistrict } from '../../shared/places/api.ts'
import type { Changes } from './changes.ts'
import { mostUnmet } from './figures.ts'

/** One line of the district table. */
export interface Row {
  code: string
  name: string
  subdistrict: string
  subdistrictName: string
  kind: string
  pilot: boolean
  demand: Demand
  n: number
  /** How many answers are wanted; 0 where nobody has said. */
  target: number
  channels: Record<string, number>
  /** Place of the service missed most, in the demand's list. */
  unmet?: number
  unmetShare: number
}

/** What the table is narrowed to; an empty text narrows nothing. */
export interface Narrowing {
  name: string
  subdistrict: string
  kind: string
  pilot: string
  /** `yes`: only what differs from the round before. */
  changed: string
  /** The service that is looked at; empty for all. */
  service: string
}

interface Places {
  subdistricts: Subdistrict[]
  communities: Community[]
}

/** How many answers are wanted, by community. */
export type Targets = ReadonlyMap<string, number>

export function rowsOf(places: Places, demands: Demand[], targets: Targets): Row[] {
  const byCode = new Map(demands.map((demand) => [demand.area.code, demand]))
  const names = new Map(places.subdistricts.map(({ code, name }) => [code, name]))
  return places.communities.flatMap(({ code, name, subdistrict, kind, pilot }) => {
    const demand = byCode.get(code)
    if (!demand) return []
    const unmet = mostUnmet(demand)
    const unmetShare = unmet === undefined ? -1 : demand.services[unmet]!.unmet.p!
    const channels = Object.fromEntries(demand.channels.map((one) => [one.channel, one.n]))
    const subdistrictName = names.get(subdistrict) ?? ''
    const about = { code, name, subdistrict, subdistrictName, kind, pilot }
    return [{ ...about, demand, n: demand.n, target: targets.get(code) ?? 0, channels, unmet, unmetShare }]
  })
}

export function narrowed(
  rows: Row[],
  { name, subdistrict, kind, pilot, changed, service }: Narrowing,
  changes?: Changes,
): Row[] {
  const part = name.trim()
  return rows.filter(
    (row) =>
      (part === '' || row.name.includes(part) || row.code.includes(part)) &&
      (subdistrict === '' || row.subdistrict === subdistrict) &&
      (kind === '' || row.kind === kind) &&
      (pilot === '' || row.pilot === (pilot === 'yes')) &&
      (changed !== 'yes' || !changes || changes.differs(row.code, service)),
  )
}
