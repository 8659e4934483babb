import type { Demand, PartDemand } from '../../shared/demand/api.ts'
import type { Chart } from '../../shared/document.ts'

type Names = ReadonlyMap<string, string>

/** Need and unmet shares of every service with their intervals, most needed first. */
export function needsChart(demand: Demand, names: Names): Chart {
  const services = [...demand.services].sort((a, b) => (b.need.p ?? -1) - (a.need.p ?? -1))
  const series = (name: string, key: 'need' | 'unmet') => ({
    name,
    values: services.map((one) => one[key].p),
    low: services.map((one) => one[key].low),
    high: services.map((one) => one[key].high),
  })
  return {
    type: 'bar',
    unit: 'share',
    labels: services.map(({ service }) => names.get(service) ?? service),
    series: [series('需求率', 'need'), series('未满足率', 'unmet')],
  }
}

/** Need against unmet: what is needed by many and missed by many stands at the upper right. */
export function quadrantChart({ services }: Demand, names: Names): Chart {
  return {
    type: 'quadrant',
    unit: 'share',
    labels: services.map(({ service }) => names.get(service) ?? service),
    series: [
      { name: '需求率', values: services.map(({ need }) => need.p) },
      { name: '未满足率', values: services.map(({ unmet }) => unmet.p) },
    ],
  }
}

/** One service in each part of the people. */
export function partsChart(parts: { name: string; part: PartDemand }[], service: string): Chart {
  const shares = (key: 'need' | 'unmet') => {
    const found = parts.map(({ part }) => part.services.find((one) => one.service === service)?.[key])
    return {
      values: found.map((share) => share?.p ?? null),
      low: found.map((share) => share?.low ?? null),
      high: found.map((share) => share?.high ?? null),
    }
  }
  return {
    type: 'bar',
    unit: 'share',
    labels: parts.map(({ name }) => name),
    series: [
      { name: '需求率', ...shares('need') },
      { name: '未满足率', ...shares('unmet') },
    ],
  }
}
