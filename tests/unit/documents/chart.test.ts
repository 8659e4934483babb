import { loadImage } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { chartPng, chartSize } from '../../../server/documents/charts.ts'
import { chartConfig, chartHeight } from '../../../shared/charts/config.ts'
import { lightness, palette } from '../../../shared/charts/pen.ts'
import { split } from '../../../shared/charts/point-marks.ts'
import type { Chart } from '../../../shared/document.ts'
import { sample } from './sample.ts'

const look = { font: 'Noto Sans SC', width: 590, height: 300 }
const bar = (labels: string[], values: (number | null)[]): Chart => ({
  type: 'bar',
  unit: 'share',
  labels,
  series: [{ name: '率', values }],
})

describe('a chart', () => {
  it('stands while its labels fit side by side and lies down when they do not', () => {
    expect(chartConfig(bar(['甲', '乙'], [0.1, 0.2]), look).options.indexAxis).toBe('x')
    const long = Array.from({ length: 6 }, (_, i) => `第${i}个很长的服务名称`)
    expect(chartConfig(bar(long, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]), look).options.indexAxis).toBe('y')
  })

  it('grows with the number and the lines of its labels', () => {
    const rows = (n: number, label: string) => bar(Array(n).fill(label), Array(n).fill(0.5))
    expect(chartHeight(rows(13, '某某服务中心和活动室'), 590)).toBeGreaterThan(
      chartHeight(rows(10, '某某服务中心和活动室'), 590),
    )
    expect(chartHeight(rows(10, '很'.repeat(30)), 590)).toBeGreaterThan(
      chartHeight(rows(10, '某某服务中心和活动室'), 590),
    )
  })

  it('never grows taller than a page', () => {
    expect(chartHeight(bar(Array(80).fill('某某服务中心和活动室'), Array(80).fill(0.5)), 590)).toBeLessThanOrEqual(750)
  })

  it('never draws a share axis beyond 100 %', () => {
    const { scales } = chartConfig(bar(['甲'], [0.99]), look).options as { scales: { y: { max: number } } }
    expect(scales.y.max).toBe(1)
  })

  it('moves neither by itself nor with the window', () => {
    expect(chartConfig(bar(['甲'], [0.5]), look).options).toMatchObject({ animation: false, responsive: false })
  })

  it('keeps its first five colours apart in a grey print', () => {
    const shades = palette
      .slice(0, 5)
      .map(lightness)
      .sort((a, b) => a - b)
    for (const [i, shade] of shades.slice(1).entries()) expect(shade - shades[i]!).toBeGreaterThanOrEqual(0.09)
  })

  it('divides shares at 50 % when some lie on each side, otherwise at the median', () => {
    expect(split([0.2, 0.7], 'share')).toEqual({ at: 0.5, name: '50%' })
    expect(split([0.1, 0.2, 0.4], 'share')).toEqual({ at: 0.2, name: '中位数20%' })
    expect(split([1, 2, 3, 10], 'rating').at).toBe(2.5)
  })

  it('refuses a quadrant that has not exactly two series', () => {
    expect(() => chartConfig({ ...bar(['甲'], [0.5]), type: 'quadrant' }, look)).toThrow(RangeError)
  })
})

describe('a chart as a picture', () => {
  const charts = sample().blocks.flatMap((block) => (block.kind === 'chart' ? [block.chart] : []))

  it.each(charts)('is drawn at twice its size: $type', async (chart) => {
    const picture = await loadImage(chartPng(chart))
    const size = chartSize(chart)
    expect([picture.width, picture.height]).toEqual([size.width * 2, size.height * 2])
  })

  it('is drawn even without a single value', () => {
    expect(chartPng(bar(['甲', '乙'], [null, null])).length).toBeGreaterThan(1000)
    expect(chartPng(bar([], [])).length).toBeGreaterThan(100)
    const empty = [
      { name: 'x', values: [null] },
      { name: 'y', values: [null] },
    ]
    expect(chartPng({ type: 'quadrant', unit: 'share', labels: ['甲'], series: empty }).length).toBeGreaterThan(1000)
  })
})
