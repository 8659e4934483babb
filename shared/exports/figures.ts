import type { Demand, ServiceDemand, Share } from '../demand/api.ts'
import type { Compound } from '../places/api.ts'
import type { ExportEdition } from './api.ts'

type Value = string | number | null

/** A community on the map, with its figures side by side as programs for maps want them. */
export interface Feature {
  type: 'Feature'
  id: string
  geometry: { type: 'Point'; coordinates: [number, number] } | null
  properties: Record<string, Value>
}

/** The centre of a community's compounds, each as heavy as its households; none where no compound is known. */
function centreOf(compounds: Pick<Compound, 'lon' | 'lat' | 'households'>[]): [number, number] | undefined {
  const weights = compounds.map(({ households }) => households)
  const sum = weights.reduce((all, each) => all + each, 0)
  const weight = (at: number) => (sum > 0 ? weights[at]! / sum : 1 / compounds.length)
  if (compounds.length === 0) return undefined
  const mean = (of: 'lon' | 'lat') => compounds.reduce((all, each, at) => all + each[of] * weight(at), 0)
  return [rounded(mean('lon'), 6), rounded(mean('lat'), 6)]
}

const rounded = (value: number, digits: number) => Number(value.toFixed(digits))
const shown = (value: number | null, digits: number) => (value === null ? null : rounded(value, digits))

export function featureOf(
  community: { code: string; name: string; subdistrict: string },
  compounds: Compound[],
  demand: Demand | undefined,
  edition: ExportEdition,
): Feature {
  const centre = centreOf(compounds)
  const { code, name, subdistrict } = community
  const properties: Record<string, Value> = { code, name, subdistrict, population: demand?.population ?? null }
  if (demand) properties.n = demand.inside
  for (const service of demand?.services ?? []) Object.assign(properties, figuresOf(service, edition))
  return { type: 'Feature', id: code, geometry: centre ? { type: 'Point', coordinates: centre } : null, properties }
}

function figuresOf(figures: ServiceDemand, edition: ExportEdition): Record<string, Value> {
  const { service, gap } = figures
  const named = (part: Record<string, Value>) =>
    Object.fromEntries(Object.entries(part).map(([name, value]) => [`${service}_${name}`, value]))
  return named({
    ...shareOf('need', figures.need, edition),
    ...shareOf('unmet', figures.unmet, edition),
    ...shareOf('top', figures.top, edition),
    pir: shown(figures.pir, 1),
    level: figures.level,
    // Of a part of the people the open figures say nothing.
    ...(gap && (edition === 'staff' || gap.concerned.includes('all'))
      ? { gap: shown(gap.gap, 1), gap_low: shown(gap.low, 1), gap_high: shown(gap.high, 1) }
      : {}),
  })
}

function shareOf(name: string, { p, low, high, n, standing }: Share, edition: ExportEdition): Record<string, Value> {
  return {
    [name]: shown(p, 4),
    [`${name}_low`]: shown(low, 4),
    [`${name}_high`]: shown(high, 4),
    ...(edition === 'staff' ? { [`${name}_n`]: n } : standing ? { [`${name}_standing`]: standing } : {}),
  }
}

export const editionWords: Record<ExportEdition, string> = {
  staff: '工作版：带每个数字的答卷份数，仅供内部使用，不得公开。',
  public: '公开版：依据不足10份答卷的数字不公布（withheld），只能给出范围的标为 range，可以公开。',
}
