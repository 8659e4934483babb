import type { Sum } from '../statistics/suppression.ts'
import { withhold } from '../statistics/suppression.ts'
import type { Demand, ServiceDemand, Share } from './api.ts'
import { forPublic, hiddenCounts, noRating, silenced } from './publish.ts'
import { withheld } from './standing.ts'

export interface Table {
  district: Demand
  subdistricts: Demand[]
  communities: Demand[]
}

const kinds = ['need', 'unmet', 'top'] as const

/**
 * The table of a district as it may be published: each area on its own (forPublic), and then enough communities and
 * subdistricts more that neither numbers of answers nor shares can be worked out from the areas around them.
 * @param subdistrictOf subdistrict of each community, by code
 */
export function tableForPublic(table: Table, subdistrictOf: Map<string, string>): Table {
  const areas = [table.district, ...table.subdistricts, ...table.communities]
  const sums = sumsOf(table, subdistrictOf)
  const hidden = withhold(
    areas.map((area) => ({ code: keyOf(area), n: area.inside })),
    sums,
  )
  const shown = new Map(areas.map((area) => [keyOf(area), hidden.has(keyOf(area)) ? silenced(area) : forPublic(area)]))
  for (const at of table.district.services.keys()) {
    for (const kind of kinds) {
      const rows = areas.map((area) => ({ code: keyOf(area), share: area.services[at]![kind] }))
      for (const code of hiddenCounts(rows, sums, hidden)) hide(shown, code, at, kind)
    }
  }
  const of = (area: Demand) => shown.get(keyOf(area))!
  return {
    district: of(table.district),
    subdistricts: table.subdistricts.map(of),
    communities: table.communities.map(of),
  }
}

function sumsOf(table: Table, subdistrictOf: Map<string, string>): Sum[] {
  // Whose profile counts nobody takes no part in the sums.
  const peopled = table.communities.filter(({ population }) => population > 0)
  const inside = (code: string) => peopled.filter((each) => subdistrictOf.get(each.area.code) === code)
  return [
    { total: keyOf(table.district), parts: table.subdistricts.map(keyOf) },
    ...table.subdistricts.map((area) => ({ total: keyOf(area), parts: inside(area.area.code).map(keyOf) })),
  ]
}

function keyOf({ area }: Demand): string {
  return `${area.level} ${area.code}`
}

/** Withholds a share that is still shown, and everything that would tell it. */
function hide(shown: Map<string, Demand>, code: string, at: number, kind: (typeof kinds)[number]) {
  const demand = shown.get(code)!
  const service = demand.services[at]!
  if (service[kind].p === null) return
  const share: Share = withheld(service[kind])
  const gap =
    service.gap && kind === 'need' ? { ...service.gap, need: share, gap: null, low: null, high: null } : service.gap
  const replaced: ServiceDemand = { ...service, ...noRating, [kind]: share, gap }
  const services = demand.services.map((each, index) => (index === at ? replaced : { ...each, ...noRating }))
  shown.set(code, { ...demand, services })
}
