import { investmentRating } from '../statistics/importance.ts'
import type { ServiceDemand, Share } from './api.ts'

export type Rating = Pick<ServiceDemand, 'unr' | 'ir' | 'pir' | 'level'>

/** The largest unmet share and the largest importance share that ratings are compared with. */
export interface Maxima {
  unmet: number
  importance: number
}

interface Shares {
  unmet: Share
  top: Share
}

export const noRating: Rating = { unr: null, ir: null, pir: null, level: null }

/**
 * Priority ratings of the services of one area (methods, Priority of a service). The maxima are the area's own unless
 * others are given, such as those of the whole district. Services without data have no rating.
 */
export function priorities(services: Shares[], maxima?: Maxima): Rating[] {
  const known = services.filter(({ unmet, top }) => unmet.p !== null && top.p !== null)
  const rated = investmentRating(
    known.map(({ unmet }) => unmet.p!),
    known.map(({ top }) => top.p!),
    maxima,
  )
  return services.map((service) => rated[known.indexOf(service)] ?? noRating)
}

/** The largest shares over many areas, for ratings that can be compared between them. */
export function maximaOf(areas: Shares[][]): Maxima {
  const all = areas.flat()
  return {
    unmet: Math.max(0, ...all.map(({ unmet }) => unmet.p ?? 0)),
    importance: Math.max(0, ...all.map(({ top }) => top.p ?? 0)),
  }
}
