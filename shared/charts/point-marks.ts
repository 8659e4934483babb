import type { Chart } from '../document.ts'
import {
  type Box,
  type ChartOptions,
  type ChartPlugin,
  type Element,
  ink,
  lineEm,
  type Pen,
  type Point,
  rounded,
  widthPx,
  write,
} from './pen.ts'

/** Dashed lines that divide the points: at 50 % where shares lie on both sides of it, otherwise at the median. */
export function splits(chart: Chart, points: Point[], options: ChartOptions): ChartPlugin {
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
export function pointLabels(points: (Point & { label: string })[], options: ChartOptions): ChartPlugin {
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
