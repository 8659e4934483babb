import type { Figure, Source } from '../document.ts'
import type { FunctionSpec, Room, ServiceSpec, Site } from '../places/api.ts'
import { limitsOf, type PlanningRule } from './limits.ts'
import type { Candidate } from './problem.ts'

/** A number of a programme's sentence and the way to it. The records behind it are added by the brief, which knows them. */
function figure(value: number, text: string, of: Source['of'], path: Source['path']): Figure {
  return { value, text, source: { of, path, inputs: [] } }
}

/** Without needless decimals, at most two. */
export const exact = (value: number, of: Source['of'], ...path: Source['path']) =>
  figure(value, String(Math.round(value * 100) / 100), of, path)

const rounded = (value: number, of: Source['of'], ...path: Source['path']) =>
  figure(value, String(Math.round(value)), of, path)

/** How many square metres a room has, or the outdoor area of the site. */
export const areaOf = (site: Site, room: Room | null): Figure =>
  room ? ofRoom(site, room, room.areaM2, 'areaM2') : exact(site.outdoorM2, 'sites', site.code, 'outdoorM2')

/** A number that is known of a room. */
export const ofRoom = (site: Site, room: Room, value: number, name: string): Figure =>
  exact(value, 'sites', site.code, 'rooms', room.code, name)

/** A threshold of a function, as the catalogue states it. */
export const thresholdOf = (service: ServiceSpec, spec: FunctionSpec, value: number, ...name: Source['path']): Figure =>
  exact(value, 'catalogue', 'services', service.code, 'functions', spec.code, ...name)

/** The smallest sensible size of a function, in m². */
export function leastArea({ service, spec, lo }: Pick<Candidate, 'service' | 'spec' | 'lo'>): Figure {
  if (lo === spec.min_area_m2) return thresholdOf(service, spec, lo, 'min_area_m2')
  if (lo === spec.typical_area_m2?.[0]) return thresholdOf(service, spec, lo, 'typical_area_m2', 0)
  return exact(lo, 'methods', 'programme', 'leastM2')
}

/** A number inside the wording of a planning rule. */
export const limitOf = (rule: PlanningRule, name: string): Figure =>
  exact(limitsOf(rule)[name]!, 'catalogue', 'rules', rule.code, 'limits', name)

/** What the programme works out of the demand of a service before it decides. */
export const ofService = (service: string, value: number, name: string): Figure =>
  rounded(value, 'programme', 'services', service, name)

/** What stands behind one decision and nowhere else. */
export const ofDecision = (spec: FunctionSpec, value: number, name: string): Figure =>
  rounded(value, 'programme', 'decisions', spec.code, name)

export const pirOf = (service: string, pir: number): Figure => rounded(pir, 'demand', 'services', service, 'pir')

/** How many a facility within reach serves. */
export const servedBy = (service: string, facility: string, capacity: number): Figure =>
  rounded(capacity, 'demand', 'services', service, 'gap', 'facilities', facility, 'capacity')

/** What is known of a function that was placed. */
export const ofPlacement = (spec: FunctionSpec, value: number, name: 'areaM2' | 'serves'): Figure =>
  exact(value, 'programme', 'placements', spec.code, name)
