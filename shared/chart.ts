/**
 * One chart code for the screen and for print: a Chart becomes a chart.js configuration. Nothing of chart.js is imported here; who draws
 * registers BarController, BarElement, ScatterController, PointElement, CategoryScale, LinearScale and Legend.
 */
import type { Chart } from './document.ts'

export interface ChartOptions {
  /** Font family that has the glyphs of the labels. */
  font: string
  /** CSS pixels. */
  width: number
  height: number
}

/** A plain chart.js configuration; hand it to `new Chart(canvas, …)`. */
export interface ChartConfig {
  type: 'bar' | 'scatter'
  data: { labels: (string | string[])[]; datasets: Record<string, unknown>[] }
  options: Record<string, unknown>
  plugins: { id: string; afterDatasetsDraw?(chart: Drawn): void; beforeDatasetsDraw?(chart: Drawn): void }[]
}

/** The part of a 2D canvas and of a drawn chart that the plugins below touch. */
interface Pen {
  save(): void
  restore(): void
  beginPath(): void
  moveTo(x: number, y: number): void
  lineTo(x: number, y: number): void
  stroke(): void
  fillText(text: string, x: number, y: number): void
  strokeText(text: string, x: number, y: number): void
  measureText(text: string): { width: number }
  setLineDash(segments: number[]): void
  lineWidth: number
  lineJoin: string
  strokeStyle: unknown
  fillStyle: unknown
  font: string
  textAlign: string
  textBaseline: string
}

interface Scale {
  getPixelForValue(value: number): number
}

interface Element {
  x: number
  y: number
  width?: number
  height?: number
}

interface Drawn {
  ctx: Pen
  chartArea: Box
  scales: { x: Scale; y: Scale }
  getDatasetMeta(index: number): { data: Element[] }
}

interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

interface Point {
  x: number
  y: number
}

/** In this order neighbours stay apart in a grey print: the lightness of the first five differs by at least an eighth. */
export const palette = ['#17406d', '#e0913a', '#a9cbe8', '#4f7d45', '#efe3bd', '#7a2e3a', '#8a8f98']

const ink = '#222222'
const faint = '#d5d9de'
const labelPx = 12
const lineEm = 14

/** Bars lie down when their labels would not stand side by side in one line. */
function liesDown(chart: Chart, width: number): boolean {
  const room = (width - 60) / Math.max(1, chart.labels.length)
  return Math.max(0, ...chart.labels.map(widthPx)) + 6 > room
}

/** A picture of this height and its caption still fit on one page. */
const tallest = 720

/** Many rows leave room for one line of a label only, so the line is longer. */
const lineChars = (chart: Chart) => (chart.labels.length > 14 ? 20 : 12)

/** Height in CSS pixels at which every bar and label of the chart has room, at most a page. */
export function chartHeight(chart: Chart, width: number): number {
  if (chart.type === 'quadrant') return Math.round(width * 0.68)
  if (!liesDown(chart, width)) return Math.round(width * 0.5)
  const bars = chart.type === 'stacked' ? 1 : chart.series.length
  const rows = chart.labels.map((label) => Math.max(wrap(label, lineChars(chart)).length * 15, bars * 15) + 10)
  return Math.min(tallest, 70 + rows.reduce((sum, row) => sum + row, 0))
}

/** The chart.js configuration of a chart. Shares are 0..1 and drawn as per cent. */
export function chartConfig(chart: Chart, options: ChartOptions): ChartConfig {
  return chart.type === 'quadrant' ? quadrant(chart, options) : bars(chart, options)
}

function bars(chart: Chart, options: ChartOptions): ChartConfig {
  const flat = liesDown(chart, options.width)
  const stacked = chart.type === 'stacked'
  const value = {
    ...scale(chart, options),
    stacked,
    beginAtZero: true,
    ...(chart.unit === 'share' ? { max: shareTop(chart) } : { grace: '12%' }),
  }
  const ticks = { font: { family: options.font, size: labelPx }, color: ink, autoSkip: false, maxRotation: 0 }
  const category = { stacked, grid: { display: false }, border: { color: '#555555' }, ticks }
  return {
    type: 'bar',
    data: {
      labels: chart.labels.map((label) => (flat ? wrap(label, lineChars(chart)) : label)),
      datasets: chart.series.map((series, i) => ({
        label: series.name,
        data: series.values,
        backgroundColor: palette[i % palette.length],
        borderColor: stacked ? '#ffffff' : ink,
        borderWidth: stacked ? 1 : 0.5,
        categoryPercentage: 0.78,
        barPercentage: 0.92,
        maxBarThickness: flat ? 30 : 46,
      })),
    },
    options: {
      ...common(chart, options),
      indexAxis: flat ? 'y' : 'x',
      scales: flat ? { x: value, y: category } : { x: category, y: value },
    },
    plugins: stacked ? [segmentValues(chart, options, flat)] : [whiskers(chart, flat), barValues(chart, options, flat)],
  }
}

function quadrant(chart: Chart, options: ChartOptions): ChartConfig {
  const [across, up] = chart.series
  if (!across || !up || chart.series.length !== 2)
    throw new RangeError('A quadrant has exactly two series, x and then y.')
  const points = chart.labels.flatMap((label, i) => {
    const [x, y] = [across.values[i], up.values[i]]
    return typeof x === 'number' && typeof y === 'number' ? [{ label, x, y }] : []
  })
  const axis = (name: string) => ({
    ...scale(chart, options),
    grace: '12%',
    title: { display: true, text: name, font: { family: options.font, size: labelPx }, color: ink },
  })
  return {
    type: 'scatter',
    data: {
      labels: [],
      datasets: [{ data: points, backgroundColor: palette[0], borderColor: ink, borderWidth: 0.5, pointRadius: 4.5 }],
    },
    options: {
      ...common(chart, options),
      plugins: { legend: { display: false }, tooltip: { enabled: false } },
      scales: { x: axis(across.name), y: axis(up.name) },
    },
    plugins: [splits(chart, points, options), pointLabels(points, options)],
  }
}

function common(chart: Chart, options: ChartOptions) {
  return {
    responsive: false,
    animation: false,
    maintainAspectRatio: false,
    events: [],
    font: { family: options.font, size: labelPx },
    layout: { padding: { left: 4, right: 14, top: 6, bottom: 2 } },
    plugins: {
      tooltip: { enabled: false },
      legend: {
        display: chart.series.length > 1,
        position: 'top',
        labels: { font: { family: options.font, size: labelPx }, color: ink, boxWidth: 18, boxHeight: 10 },
      },
    },
  }
}

function scale(chart: Chart, options: ChartOptions) {
  return {
    grid: { color: faint, lineWidth: 0.75 },
    border: { color: '#555555' },
    ticks: {
      font: { family: options.font, size: labelPx },
      color: ink,
      maxRotation: 0,
      callback: (value: number | string) => shown(Number(value), chart.unit),
    },
  }
}

/** The end of a share axis: the next tenth above everything drawn with room for its number, at most 100 %. */
function shareTop(chart: Chart): number {
  const drawn =
    chart.type === 'stacked'
      ? chart.labels.map((_, i) => chart.series.reduce((sum, series) => sum + (series.values[i] ?? 0), 0))
      : chart.series.flatMap((series) => [...series.values, ...(series.high ?? [])].map((value) => value ?? 0))
  const room = chart.type === 'stacked' ? 0 : 0.06
  return Math.min(1, Math.ceil((Math.max(0.1, ...drawn) + room) * 10 - 1e-9) / 10)
}

function shown(value: number, unit: Chart['unit']): string {
  if (unit === 'share') return `${Math.round(value * 1000) / 10}%`
  return (Math.round(value * 10) / 10).toLocaleString('en-US')
}

/** Interval ends as whiskers with caps, dark on a white edge so that they are seen on light and dark bars alike. */
function whiskers(chart: Chart, flat: boolean): ChartConfig['plugins'][number] {
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
function barValues(chart: Chart, options: ChartOptions, flat: boolean): ChartConfig['plugins'][number] {
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
function segmentValues(chart: Chart, options: ChartOptions, flat: boolean): ChartConfig['plugins'][number] {
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

/** Dashed lines that divide the points: at 50 % where shares lie on both sides of it, otherwise at the median. */
function splits(chart: Chart, points: Point[], options: ChartOptions): ChartConfig['plugins'][number] {
  return {
    id: 'splits',
    beforeDatasetsDraw(drawn) {
      if (points.length === 0) return
      const { ctx: pen, chartArea: area, scales } = drawn
      const x = split(
        points.map((point) => point.x),
        chart.unit,
      )
      const y = split(
        points.map((point) => point.y),
        chart.unit,
      )
      const [px, py] = [scales.x.getPixelForValue(x.at), scales.y.getPixelForValue(y.at)]
      pen.save()
      pen.strokeStyle = '#666666'
      pen.lineWidth = 1
      pen.setLineDash([5, 4])
      pen.beginPath()
      pen.moveTo(px, area.top)
      pen.lineTo(px, area.bottom)
      pen.moveTo(area.left, py)
      pen.lineTo(area.right, py)
      pen.stroke()
      pen.restore()
      const color = '#555555'
      write(pen, options, x.name, px + 3, area.top + 2, { align: 'left', baseline: 'top', color })
      write(pen, options, y.name, area.right - 2, py - 2, { align: 'right', baseline: 'bottom', color })
    },
  }
}

/** Where an axis is divided, and what the line is called. */
export function split(values: number[], unit: Chart['unit']): { at: number; name: string } {
  if (unit === 'share' && values.some((value) => value < 0.5) && values.some((value) => value > 0.5))
    return { at: 0.5, name: '50%' }
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
  return { at, name: `中位数${rounded(at, unit)}` }
}

/** Names beside the points, each where it covers least; one that had to move away is tied to its point by a line. */
function pointLabels(points: (Point & { label: string })[], options: ChartOptions): ChartConfig['plugins'][number] {
  return {
    id: 'point-labels',
    afterDatasetsDraw(drawn) {
      const dots = drawn.getDatasetMeta(0).data
      const taken: Box[] = dots.map((dot) => ({ left: dot.x - 5, right: dot.x + 5, top: dot.y - 5, bottom: dot.y + 5 }))
      for (const [i, point] of points.entries()) {
        const dot = dots[i]!
        const { box, away } = freest(dot, widthPx(point.label), taken, drawn.chartArea)
        taken.push(box)
        const middle = (box.top + box.bottom) / 2
        if (away) leader(drawn.ctx, dot, Math.min(box.right, Math.max(box.left, dot.x)), middle)
        write(drawn.ctx, options, point.label, box.left, middle, { align: 'left', baseline: 'middle', color: ink })
      }
    },
  }
}

function leader(pen: Pen, dot: Element, x: number, y: number): void {
  pen.save()
  pen.strokeStyle = '#8a8f98'
  pen.lineWidth = 0.75
  pen.beginPath()
  pen.moveTo(dot.x, dot.y)
  pen.lineTo(x, y)
  pen.stroke()
  pen.restore()
}

/** The place around a point, near or further off, where a name covers least of what is there already. */
function freest(dot: Element, width: number, taken: Box[], area: Box): { box: Box; away: boolean } {
  const cost = (box: Box, gap: number) =>
    taken.reduce((sum, other) => sum + overlap(box, other), 0) + 10 * (width * lineEm - overlap(box, area)) + gap / 2
  const places = [7, 22, 38, 54, 72].flatMap((gap) =>
    around(dot, width, gap).map((box) => ({ box, gap, cost: cost(box, gap) })),
  )
  const best = places.reduce((best, place) => (place.cost < best.cost ? place : best))
  return { box: best.box, away: best.gap > 7 }
}

function around(dot: Element, width: number, gap: number): Box[] {
  const half = lineEm / 2
  const slant = gap * 0.7
  return [
    [dot.x + gap, dot.y - half],
    [dot.x - gap - width, dot.y - half],
    [dot.x - width / 2, dot.y - gap - lineEm],
    [dot.x - width / 2, dot.y + gap],
    [dot.x + slant, dot.y - slant - lineEm],
    [dot.x + slant, dot.y + slant],
    [dot.x - slant - width, dot.y - slant - lineEm],
    [dot.x - slant - width, dot.y + slant],
  ].map(([left, top]) => ({ left: left!, right: left! + width, top: top!, bottom: top! + lineEm }))
}

function overlap(a: Box, b: Box): number {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left)
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  return across > 0 && down > 0 ? across * down : 0
}

interface Ink {
  align: string
  baseline: string
  color: string
  bare?: boolean
}

/** Writes a word with a white edge, so that grid lines do not run through it. */
function write(pen: Pen, options: ChartOptions, text: string, x: number, y: number, look: Ink): void {
  pen.save()
  pen.font = `11px "${options.font}"`
  pen.textAlign = look.align
  pen.textBaseline = look.baseline
  if (!look.bare) {
    pen.lineWidth = 3
    pen.lineJoin = 'round'
    pen.strokeStyle = '#ffffff'
    pen.strokeText(text, x, y)
  }
  pen.fillStyle = look.color
  pen.fillText(text, x, y)
  pen.restore()
}

function rounded(value: number, unit: Chart['unit']): string {
  if (unit === 'share') return `${Math.round(value * 100)}%`
  if (unit === 'count') return Math.round(value).toLocaleString('en-US')
  return value.toFixed(1)
}

/** Lightness of a colour in a grey print, 0 black to 1 white (ITU-R BT.601 luma). */
export function lightness(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
  return 0.299 * red! + 0.587 * green! + 0.114 * blue!
}

function widthPx(text: string): number {
  let width = 0
  for (const char of text) width += char.codePointAt(0)! >= 0x1100 ? labelPx : labelPx * 0.58
  return width
}

/** Lines of at most so many characters. */
function wrap(label: string, chars: number): string[] {
  const lines = ['']
  for (const char of label) {
    if (widthPx(lines.at(-1)! + char) > chars * labelPx) lines.push('')
    lines[lines.length - 1] += char
  }
  return lines
}
