import type { Chart } from '../document.ts'
import {
  type ChartOptions,
  type ChartPlugin,
  type Drawn,
  type Element,
  ink,
  lightness,
  palette,
  rounded,
  widthPx,
  write,
} from './pen.ts'

/** Interval ends as whiskers with caps, dark on a white edge so that they are seen on light and dark bars alike. */
export function whiskers(chart: Chart, flat: boolean): ChartPlugin {
  return {
    id: 'whiskers',
    afterDatasetsDraw(drawn) {
      const pen = drawn.ctx
      eachBar(chart, drawn, (bar, series, i) => {
        const [low, high] = [series.low?.[i], series.high?.[i]]
        if (typeof low !== 'number' || typeof high !== 'number') return
        const along = flat ? drawn.scales.x : drawn.scales.y
        const [from, to] = [along.getPixelForValue(low), along.getPixelForValue(high)]
        const cap = Math.max(2.5, Math.min(5, ((flat ? bar.height : bar.width) ?? 10) / 4))
        for (const [style, width] of [
          ['#ffffff', 3.2],
          [ink, 1.3],
        ] as const) {
          pen.save()
          pen.strokeStyle = style
          pen.lineWidth = width
          pen.beginPath()
          const go = (a: number, b: number) => (flat ? [a, bar.y + b] : [bar.x + b, a]) as [number, number]
          pen.moveTo(...go(from, 0))
          pen.lineTo(...go(to, 0))
          for (const end of [from, to]) {
            pen.moveTo(...go(end, -cap))
            pen.lineTo(...go(end, cap))
          }
          pen.stroke()
          pen.restore()
        }
      })
    },
  }
}

/** The value beside the end of each bar (beyond its whisker); a bar without a value says 无数据. */
export function barValues(chart: Chart, options: ChartOptions, flat: boolean): ChartPlugin {
  return {
    id: 'bar-values',
    afterDatasetsDraw(drawn) {
      const along = flat ? drawn.scales.x : drawn.scales.y
      const crowded =
        !flat && (drawn.chartArea.right - drawn.chartArea.left) / (chart.labels.length * chart.series.length) < 30
      eachBar(chart, drawn, (bar, series, i) => {
        const value = series.values[i]
        const missing = typeof value !== 'number'
        if (crowded && !missing) return
        const end = along.getPixelForValue(missing ? 0 : Math.max(value, series.high?.[i] ?? value))
        const text = missing ? (flat ? '无数据' : '—') : rounded(value, chart.unit)
        write(drawn.ctx, options, text, flat ? end + 4 : bar.x, flat ? bar.y : end - 3, {
          align: flat ? 'left' : 'center',
          baseline: flat ? 'middle' : 'bottom',
          color: missing ? '#777777' : ink,
        })
      })
    },
  }
}

/** The value inside each segment of a stacked bar, where it fits. */
export function segmentValues(chart: Chart, options: ChartOptions, flat: boolean): ChartPlugin {
  return {
    id: 'segment-values',
    afterDatasetsDraw(drawn) {
      const scale = flat ? drawn.scales.x : drawn.scales.y
      eachBar(chart, drawn, (bar, series, i, s) => {
        const value = series.values[i]
        if (typeof value !== 'number') return
        const length = Math.abs(scale.getPixelForValue(value) - scale.getPixelForValue(0))
        const text = rounded(value, chart.unit)
        if (length < (flat ? widthPx(text) + 2 : 14)) return
        const [x, y] = flat ? [bar.x - length / 2, bar.y] : [bar.x, bar.y + length / 2]
        const color = lightness(palette[s % palette.length]!) < 0.55 ? '#ffffff' : ink
        write(drawn.ctx, options, text, x, y, { align: 'center', baseline: 'middle', color, bare: true })
      })
    },
  }
}

function eachBar(
  chart: Chart,
  drawn: Drawn,
  visit: (bar: Element, series: Chart['series'][number], index: number, seriesIndex: number) => void,
): void {
  for (const [s, series] of chart.series.entries()) {
    for (const [i, bar] of drawn.getDatasetMeta(s).data.entries()) visit(bar, series, i, s)
  }
}
