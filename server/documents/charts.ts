import { createCanvas, GlobalFonts } from '@napi-rs/canvas'
import {
  BarController,
  BarElement,
  CategoryScale,
  type ChartConfiguration,
  Chart as ChartJs,
  Legend,
  LinearScale,
  PointElement,
  ScatterController,
} from 'chart.js'
import { chartConfig, chartHeight } from '../../shared/charts/config.ts'
import type { Chart } from '../../shared/document.ts'
import { sansFamily, sansFiles } from './fonts.ts'
import { encodePng } from './png.ts'

/** 15.6 cm at 96 px an inch; drawn at twice that, 192 dots an inch in print. */
const width = 590
const scale = 2

ChartJs.register(BarController, BarElement, ScatterController, PointElement, CategoryScale, LinearScale, Legend)
for (const file of sansFiles) GlobalFonts.registerFromPath(file, sansFamily)

/** A chart is a value: the same one is drawn once, however many formats show it. */
const drawn = new WeakMap<Chart, Buffer>()

/** Width and height in CSS pixels (96 an inch) at which the chart is printed. */
export function chartSize(chart: Chart): { width: number; height: number } {
  return { width, height: chartHeight(chart, width) }
}

/** One sheet for all charts: a canvas is memory that the garbage collector does not see, and a new one each time piles up. */
const sheet = createCanvas(1, 1)

/** The chart as a PNG picture for print, on white, with the Chinese font that comes with the program. */
export function chartPng(chart: Chart): Buffer {
  const known = drawn.get(chart)
  if (known) return known
  const size = chartSize(chart)
  sheet.width = size.width
  sheet.height = size.height
  const config = chartConfig(chart, { font: sansFamily, ...size }) as unknown as ChartConfiguration
  config.options = { ...config.options, devicePixelRatio: scale }
  const picture = new ChartJs(sheet as never, config)
  whiten()
  const png = encodePng(sheet.data(), sheet.width, sheet.height)
  picture.destroy()
  drawn.set(chart, png)
  return png
}

function whiten(): void {
  const pen = sheet.getContext('2d')
  pen.globalCompositeOperation = 'destination-over'
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, sheet.width, sheet.height)
}
