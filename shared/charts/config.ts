/**
 * One chart code for the screen and for print: a Chart becomes a chart.js configuration. Nothing of chart.js is imported here; who draws
 * registers BarController, BarElement, ScatterController, PointElement, CategoryScale, LinearScale and Legend.
 */
import type { Chart } from '../document.ts'
import { barValues, segmentValues, whiskers } from './bar-marks.ts'
import { type ChartConfig, type ChartOptions, ink, labelPx, palette, widthPx, wrap } from './pen.ts'
import { pointLabels, splits } from './point-marks.ts'

const faint = '#d5d9de'

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
      // Room for the number beyond a bar that reaches the end of its axis.
      ...common(chart, options, stacked ? {} : flat ? { right: 40 } : { top: 18 }),
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

function common(chart: Chart, options: ChartOptions, beyond: { right?: number; top?: number } = {}) {
  return {
    responsive: false,
    animation: false,
    maintainAspectRatio: false,
    events: [],
    font: { family: options.font, size: labelPx },
    layout: { padding: { left: 4, right: 14, top: 6, bottom: 2, ...beyond } },
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
      // Nobody is counted by halves.
      ...(chart.unit === 'count' ? { precision: 0 } : {}),
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
