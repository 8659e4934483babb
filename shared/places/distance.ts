import type { Point } from './api.ts'

/** Mean radius of the earth in metres (IUGG). */
const EARTH_M = 6_371_008.8
const RADIANS = Math.PI / 180

/** Metres that one degree of latitude spans. */
export const DEGREE_M = EARTH_M * RADIANS

/** Straight-line distance in metres between two points given in degrees. Haversine formula (Sinnott 1984). */
export function distanceM(a: Point, b: Point): number {
  const north = Math.sin(((b.lat - a.lat) * RADIANS) / 2)
  const east = Math.sin(((b.lon - a.lon) * RADIANS) / 2)
  const h = north * north + Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * east * east
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h)))
}
