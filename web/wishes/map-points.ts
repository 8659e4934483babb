import type { Point } from '../../shared/places/api.ts'

export interface Named extends Point {
  name: string
}

/** A plain map: where a point lies on it, in its units, and which point lies there. */
export interface Plan {
  width: number
  height: number
  at(point: Point): { x: number; y: number }
  pointAt(x: number, y: number): Point
}

const MARGIN = 40
/** Degrees of latitude, some 300 m: what is shown where everything stands in one place. */
const LEAST = 0.0027
const METRES = 111_320

const middle = (values: number[]): number => (Math.min(...values) + Math.max(...values)) / 2
const span = (values: number[]): number => Math.max(...values) - Math.min(...values)

/** A plan that shows all of these, north up. Over a community the earth is flat. */
export function planOf(points: readonly Point[], width: number, height: number): Plan {
  const lon = middle(points.map((point) => point.lon))
  const lat = middle(points.map((point) => point.lat))
  const shrink = Math.cos((lat * Math.PI) / 180)
  const wide = Math.max(span(points.map((point) => point.lon)) * shrink, LEAST)
  const high = Math.max(span(points.map((point) => point.lat)), LEAST)
  const scale = Math.min((width - 2 * MARGIN) / wide, (height - 2 * MARGIN) / high)
  return {
    width,
    height,
    at: (point) => ({
      x: width / 2 + (point.lon - lon) * shrink * scale,
      y: height / 2 - (point.lat - lat) * scale,
    }),
    pointAt: (x, y) => ({
      lon: lon + (x - width / 2) / scale / shrink,
      lat: lat - (y - height / 2) / scale,
    }),
  }
}

const metresBetween = (a: Point, b: Point): number =>
  METRES * Math.hypot((a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180), a.lat - b.lat)

/** The compound that a point is nearest to, and how far it is. */
export function nearest<N extends Named>(
  point: Point,
  compounds: readonly N[],
): { one: N; metres: number } | undefined {
  const [first] = compounds
    .map((one) => ({ one, metres: metresBetween(point, one) }))
    .sort((a, b) => a.metres - b.metres)
  return first
}

export interface Label {
  name: string
  x: number
  y: number
  anchor: 'start' | 'end' | 'middle'
}

/** Names beside their points, where there is room for them: none lies on another, none leaves the plan. */
export function labelsOn(plan: Plan, compounds: readonly Named[], px: number): Label[] {
  const taken: { left: number; right: number; top: number; bottom: number }[] = []
  const placed: Label[] = []
  for (const compound of compounds) {
    const { x, y } = plan.at(compound)
    const wide = [...compound.name].length * px
    const gap = 0.7 * px
    const places: Label[] = [
      { name: compound.name, x: x + gap, y, anchor: 'start' },
      { name: compound.name, x: x - gap, y, anchor: 'end' },
      { name: compound.name, x, y: y - 1.2 * px, anchor: 'middle' },
      { name: compound.name, x, y: y + 1.2 * px, anchor: 'middle' },
    ]
    for (const label of places) {
      const left = label.x - (label.anchor === 'start' ? 0 : label.anchor === 'end' ? wide : wide / 2)
      const box = { left, right: left + wide, top: label.y - px * 0.6, bottom: label.y + px * 0.6 }
      const isInside = box.left >= 0 && box.right <= plan.width && box.top >= 0 && box.bottom <= plan.height
      const isFree = taken.every(
        (one) => box.right < one.left || one.right < box.left || box.bottom < one.top || one.bottom < box.top,
      )
      if (!isInside || !isFree) continue
      taken.push(box)
      placed.push(label)
      break
    }
  }
  return placed
}
