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
/** Half a side of the square that marks a point. */
export const POINT = 6
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

interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

const meet = (a: Box, b: Box): boolean =>
  a.right >= b.left && b.right >= a.left && a.bottom >= b.top && b.bottom >= a.top

function boxOf({ name, x, y, anchor }: Label, px: number): Box {
  const wide = [...name].length * px
  const left = x - (anchor === 'start' ? 0 : anchor === 'end' ? wide : wide / 2)
  return { left, right: left + wide, top: y - px * 0.6, bottom: y + px * 0.6 }
}

function placesFor({ name, ...point }: Named, plan: Plan, px: number): Label[] {
  const { x, y } = plan.at(point)
  return [
    { name, x: x + 0.7 * px, y, anchor: 'start' },
    { name, x: x - 0.7 * px, y, anchor: 'end' },
    { name, x, y: y - 1.2 * px, anchor: 'middle' },
    { name, x, y: y + 1.2 * px, anchor: 'middle' },
  ]
}

/**
 * Names beside their points, where there is room for them: none lies on another, none leaves the plan, and on a point only
 * those do that have no other place.
 */
export function labelsOn(plan: Plan, compounds: readonly Named[], px: number): Label[] {
  const points = compounds.map((compound) => {
    const { x, y } = plan.at(compound)
    return { left: x - POINT, right: x + POINT, top: y - POINT, bottom: y + POINT }
  })
  const isInside = ({ left, right, top, bottom }: Box) =>
    left >= 0 && right <= plan.width && top >= 0 && bottom <= plan.height
  const placed: Label[] = []
  const place = (compound: Named, kept: Box[]): boolean => {
    const taken = [...kept, ...placed.map((label) => boxOf(label, px))]
    const free = placesFor(compound, plan, px).find((label) => {
      const box = boxOf(label, px)
      return isInside(box) && !taken.some((one) => meet(box, one))
    })
    if (free) placed.push(free)
    return free !== undefined
  }
  for (const compound of compounds.filter((one) => !place(one, points))) place(compound, [])
  return placed
}
