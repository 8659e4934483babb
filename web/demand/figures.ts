import type { Demand, Share } from '../../shared/demand/api.ts'
import { standingOf } from '../../shared/statistics/standing.ts'
import type { Shown } from '../kit/figure.tsx'

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`
const bare = (share: number): string => (share * 100).toFixed(1)

/** Staff see every figure; how far one resting on few answers may be relied on is said beside it. */
const markOf = (n: number): Pick<Shown, 'standing'> => {
  const standing = standingOf(n)
  return standing === 'grey' || standing === 'flagged' ? { standing } : {}
}

/** A share as a figure: 40.4%（36.4–44.5）. `path` leads to it inside the demand of its area. */
export function shareFigure(demand: Pick<Demand, 'area' | 'inputs'>, share: Share, path: (string | number)[]): Shown {
  const { p, low, high, n, yes, se } = share
  const source = { of: 'demand' as const, path: [...path, 'p'], inputs: demand.inputs }
  const about = demand.area.name
  if (share.standing === 'withheld') return { value: null, text: '不公开', source, about, standing: 'withheld' }
  if (p === null) return { value: null, text: n === 0 ? '暂无' : '—', source, about }
  const text = low === null || high === null ? percent(p) : `${percent(p)}（${bare(low)}–${bare(high)}）`
  const few = n < 10 ? { standing: 'grey' as const } : markOf(n)
  const beside = [
    { name: '回答这道题的人数', text: String(n) },
    { name: '其中回答“是”的人数（未加权）', text: String(yes) },
    ...(low === null || high === null ? [] : [{ name: '95% 置信区间', text: `${percent(low)}–${percent(high)}` }]),
    ...(se === null ? [] : [{ name: '标准误', text: `${(se * 100).toFixed(2)} 个百分点` }]),
  ]
  return { value: p, text, source, about, beside, ...few }
}

/** A plain number of an area's demand. */
export function countFigure(
  demand: Pick<Demand, 'area' | 'inputs'>,
  value: number | null,
  path: (string | number)[],
  of: 'demand' | 'responses' = 'responses',
): Shown {
  const source = { of, path, inputs: demand.inputs }
  const text = value === null ? '暂无' : Math.round(value).toLocaleString('zh-CN')
  return { value, text, source, about: demand.area.name }
}

/** A rating from 0 to 200 with the interval of its draws. */
export function ratingFigure(demand: Demand, index: number): Shown {
  const { pir, pirLow, pirHigh, unr, ir } = demand.services[index]!
  const source = { of: 'demand' as const, path: ['services', index, 'pir'], inputs: demand.inputs }
  const about = demand.area.name
  if (pir === null) return { value: null, text: '暂无', source, about }
  const ends = pirLow === null || pirHigh === null ? '' : `（${pirLow.toFixed(0)}–${pirHigh.toFixed(0)}）`
  const beside = [
    ...(unr === null ? [] : [{ name: '未满足评分（0–100）', text: unr.toFixed(0) }]),
    ...(ir === null ? [] : [{ name: '重要性评分（0–100）', text: ir.toFixed(0) }]),
  ]
  return { value: pir, text: `${pir.toFixed(0)}${ends}`, source, about, beside }
}

/** People or households that need a service and are not served, with the ends of the interval. */
export function gapFigure(demand: Demand, index: number): Shown {
  const gap = demand.services[index]!.gap
  const source = { of: 'demand' as const, path: ['services', index, 'gap', 'gap'], inputs: demand.inputs }
  const about = demand.area.name
  if (!gap || gap.gap === null) return { value: null, text: '暂无', source, about }
  const unit = gap.concerned.some((group) => group.startsWith('parent_')) ? '户' : '人'
  const whole = (value: number) => Math.round(value).toString().replace('-', '−')
  const joint = gap.low !== null && gap.low < 0 ? '至' : '–'
  const ends = gap.low === null || gap.high === null ? '' : `（${whole(gap.low)}${joint}${whole(gap.high)}）`
  const beside = [
    { name: '服务对象', text: `${Math.round(gap.population)}${unit}` },
    { name: '服务对象中的需求率', text: gap.need.p === null ? '暂无' : percent(gap.need.p) },
    { name: '可用公共设施能力', text: `${Math.round(gap.capacity)}${unit}` },
    { name: '民办设施能力（不抵减）', text: `${Math.round(gap.privateCapacity)}${unit}` },
  ]
  return { value: gap.gap, text: `${whole(gap.gap)}${unit}${ends}`, source, about, beside }
}

/** Services in the order of priority, as places in the list; those without a rating are left out. */
export function byPriority({ services }: Demand): number[] {
  const rated = services.flatMap(({ pir }, i) => (pir === null ? [] : [i]))
  return rated.sort((a, b) => services[b]!.pir! - services[a]!.pir!)
}

/** The service of which the largest share says that it is needed and not to be had; undefined without answers. */
export function mostUnmet({ services }: Demand): number | undefined {
  let most: number | undefined
  for (const [i, { unmet }] of services.entries()) {
    if (unmet.p !== null && (most === undefined || unmet.p > services[most]!.unmet.p!)) most = i
  }
  return most
}
