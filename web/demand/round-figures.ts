import type { Share } from '../../shared/demand/api.ts'
import { type AreaRounds, type Change, changeWords } from '../../shared/demand/rounds-api.ts'
import type { Chart } from '../../shared/document.ts'
import type { Shown } from '../kit/figure.tsx'
import { shareFigure } from './figures.ts'
import { type Kind, kindNames, tierName } from './words.ts'

type Names = ReadonlyMap<string, string>
type Service = AreaRounds['services'][number]

/** A service's share in one of the rounds. */
export function roundFigure(seen: AreaRounds, service: Service, kind: Kind, at: number): Shown | undefined {
  const share = service.rounds[at]?.[kind]
  const { inputs = [] } = seen.rounds[at] ?? {}
  return (
    share && shareFigure({ area: seen.area, inputs }, share, ['services', service.codes[at] ?? service.service, kind])
  )
}

const signed = (share: number) => `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)}`
const percent = (share: Share | undefined) => (share?.p == null ? '暂无' : `${(share.p * 100).toFixed(1)}%`)

/** The change from a round to the next: 上升 12.3 个百分点（+4.5–+20.1）. */
export function changeFigure(seen: AreaRounds, service: Service, kind: Kind, at: number): Shown | undefined {
  const change: Change | null | undefined = service.changes[at]?.[kind]
  if (!change) return undefined
  const { difference, low, high, says } = change
  const [before, now] = [at, at + 1].map((round) => service.rounds[round]?.[kind])
  const inputs = [...new Set([...(seen.rounds[at]?.inputs ?? []), ...(seen.rounds[at + 1]?.inputs ?? [])])]
  return {
    value: difference,
    text: `${changeWords[says]} ${signed(difference)}（${signed(low)}至${signed(high)}）`,
    source: { of: 'demand', path: ['services', service.service, kind, 'p'], inputs },
    about: seen.area.name,
    beside: [
      { name: roundName(seen, at), text: percent(before) },
      { name: roundName(seen, at + 1), text: percent(now) },
      { name: '单位', text: '百分点' },
      {
        name: '算法',
        text: '两轮互相独立的加权比例之差；标准误是两轮标准误平方和的平方根，95%区间按 t 分布（Welch 自由度）',
      },
    ],
  }
}

/** A service's priority in one of the rounds, with the interval of its draws and its tier. */
export function ratingFigure(seen: AreaRounds, service: Service, at: number): Shown | undefined {
  const { pir = null, pirLow = null, pirHigh = null, tier = null } = service.rounds[at] ?? {}
  if (pir === null) return undefined
  const ends = pirLow === null || pirHigh === null ? '' : `（${pirLow.toFixed(0)}–${pirHigh.toFixed(0)}）`
  return {
    value: pir,
    text: `${pir.toFixed(0)}${ends}`,
    source: {
      of: 'demand',
      path: ['services', service.codes[at] ?? service.service, 'pir'],
      inputs: seen.rounds[at]?.inputs ?? [],
    },
    about: seen.area.name,
    ...(tier !== null && { beside: [{ name: '档次', text: tierName(tier) }] }),
  }
}

export function roundName({ rounds }: Pick<AreaRounds, 'rounds'>, at: number): string {
  return `第${rounds[at]?.round ?? at + 1}轮`
}

/** One share of every service, round by round. */
export function roundsChart(seen: AreaRounds, kind: Kind, names: Names): Chart {
  return {
    type: 'bar',
    unit: 'share',
    labels: seen.services.map(({ service }) => names.get(service) ?? service),
    series: seen.rounds.map((_, at) => ({
      name: `${roundName(seen, at)}${kindNames[kind]}`,
      values: seen.services.map(({ rounds }) => rounds[at]?.[kind].p ?? null),
      low: seen.services.map(({ rounds }) => rounds[at]?.[kind].low ?? null),
      high: seen.services.map(({ rounds }) => rounds[at]?.[kind].high ?? null),
    })),
  }
}
