import {
  BarController,
  BarElement,
  CategoryScale,
  Chart as ChartJs,
  Legend,
  LinearScale,
  PointElement,
  ScatterController,
} from 'chart.js'
import { chartConfig } from '../../shared/charts/config.ts'
import type { ChartOptions } from '../../shared/charts/pen.ts'
import type { Chart } from '../../shared/document.ts'

ChartJs.register(BarController, BarElement, ScatterController, PointElement, CategoryScale, LinearScale, Legend)

/** Draws a chart on a canvas as it would be printed, at so many pixels for each CSS pixel; the function it returns clears it away. */
export function drawChart(canvas: HTMLCanvasElement, chart: Chart, options: ChartOptions, ratio: number): () => void {
  canvas.style.width = `${options.width}px`
  canvas.style.height = `${options.height}px`
  canvas.width = options.width
  canvas.height = options.height
  const { type, data, options: config, plugins } = chartConfig(chart, options)
  const settings = { type, data, options: { ...config, devicePixelRatio: ratio }, plugins: [paper, ...plugins] }
  // The shared code describes the parts of chart.js that it uses in words of its own.
  const drawn = new ChartJs(canvas, settings as unknown as ConstructorParameters<typeof ChartJs>[1])
  return () => drawn.destroy()
}

/** A white ground, so that a saved picture can be read on any page. */
const paper = {
  id: 'paper',
  beforeDraw({ ctx, width, height }: { ctx: CanvasRenderingContext2D; width: number; height: number }) {
    ctx.save()
    ctx.fillStyle = '#ffffff'
    ctx.fillRect(0, 0, width, height)
    ctx.restore()
  },
}

const families = ['PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'SimHei']
let found: string | undefined

/** The first Chinese font that this machine has; a picture's font is one name and not a list. */
export function chineseFont(): string {
  found ??= families.find(isInstalled) ?? 'sans-serif'
  return found
}

function isInstalled(family: string): boolean {
  const pen = document.createElement('canvas').getContext('2d')
  if (!pen) return false
  const width = (font: string) => {
    pen.font = font
    return pen.measureText('mmmmilli以需定建').width
  }
  // An absent font falls back to the one named after it, so both widths follow that one.
  return ['monospace', 'serif'].every(
    (fallback) => width(`40px "${family}", ${fallback}`) === width(`40px "${family}"`),
  )
}

/** The same chart as a PNG at twice the size of the screen, for a file or a slide. */
export async function chartPng(chart: Chart, options: ChartOptions): Promise<Blob | undefined> {
  const canvas = document.createElement('canvas')
  const clear = drawChart(canvas, chart, options, 2)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  clear()
  return blob ?? undefined
}
