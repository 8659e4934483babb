import type { Chart } from '../document.ts'

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
  plugins: ChartPlugin[]
}

/** Draws what chart.js does not. */
export interface ChartPlugin {
  id: string
  afterDatasetsDraw?(chart: Drawn): void
  beforeDatasetsDraw?(chart: Drawn): void
}

/** The part of a 2D canvas and of a drawn chart that the plugins below touch. */
export interface Pen {
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

export interface Element {
  x: number
  y: number
  width?: number
  height?: number
}

export interface Drawn {
  ctx: Pen
  chartArea: Box
  scales: { x: Scale; y: Scale }
  getDatasetMeta(index: number): { data: Element[] }
}

export interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

export interface Point {
  x: number
  y: number
}

/** In this order neighbours stay apart in a grey print: the lightness of the first five differs by at least an eighth. */
export const palette = ['#17406d', '#e0913a', '#a9cbe8', '#4f7d45', '#efe3bd', '#7a2e3a', '#8a8f98']

export const ink = '#222222'
export const labelPx = 12
export const lineEm = 14

interface Ink {
  align: string
  baseline: string
  color: string
  bare?: boolean
}

/** Writes a word with a white edge, so that grid lines do not run through it. */
export function write(pen: Pen, options: ChartOptions, text: string, x: number, y: number, look: Ink): void {
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

export function rounded(value: number, unit: Chart['unit']): string {
  if (unit === 'share') return `${Math.round(value * 100)}%`
  if (unit === 'count') return Math.round(value).toLocaleString('en-US')
  return value.toFixed(1)
}

/** Lightness of a colour in a grey print, 0 black to 1 white (ITU-R BT.601 luma). */
export function lightness(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
  return 0.299 * red! + 0.587 * green! + 0.114 * blue!
}

export function widthPx(text: string): number {
  let width = 0
  for (const char of text) width += char.codePointAt(0)! >= 0x1100 ? labelPx : labelPx * 0.58
  return width
}

/** Lines of at most so many characters. */
export function wrap(label: string, chars: number): string[] {
  const lines = ['']
  for (const char of label) {
    if (widthPx(lines.at(-1)! + char) > chars * labelPx) lines.push('')
    lines[lines.length - 1] += char
  }
  return lines
}
