import type { Source } from '../../shared/document.ts'
import type { Community, Facility, Profile, Site } from '../../shared/places/api.ts'
import type { Shown } from '../kit/figure.tsx'

/** Whose places they are, and the state of the district's records that was read. */
export interface Records {
  district: string
  placeVersion: number
}

const sum = (counts: number[]): number => counts.reduce((all, count) => all + count, 0)
const written = (value: number): string => value.toLocaleString('zh-CN')

/** Everybody who lives in a community. */
export const residentsOf = ({ population: { male, female } }: Profile): number => sum(male) + sum(female)

const bands = ({ population: { male, female } }: Profile, from: number): number =>
  sum([...male.slice(from), ...female.slice(from)])

/** What the profile of a community says; its age bands are those of the profile, summed where a figure spans several. */
export function profileFigures(district: string, { code, name, profile }: Community) {
  const inputs = [`profile:${district}/${code}@${profile.asOf}`]
  const figure = (step: string, value: number): Shown => ({
    value,
    text: written(value),
    source: { of: 'profile', path: [step], inputs },
    about: name,
  })
  return {
    areaKm2: figure('areaKm2', profile.areaKm2),
    households: figure('households', profile.households),
    residents: figure('residents', residentsOf(profile)),
    elders: figure('elders', bands(profile, 4)),
    eldersLivingAlone: figure('eldersLivingAlone', profile.eldersLivingAlone),
  }
}

/** A number of the district's records of places. Null stands where the record says nothing. */
export function recordFigure(
  { district, placeVersion }: Records,
  of: Source['of'],
  path: string[],
  value: number | null,
  about?: string,
): Shown {
  const source = { of, path, inputs: [`places:${district}@${placeVersion}`] }
  return { value, text: value === null ? '未填' : written(Number(value.toFixed(2))), source, ...(about && { about }) }
}

export const facilityFigure = (records: Records, facility: Facility, step: 'capacity' | 'areaM2'): Shown =>
  recordFigure(records, 'facilities', [facility.code, step], facility[step], facility.name)

export function siteFigures(records: Records, { code, name, rooms, outdoorM2 }: Site) {
  const figure = (step: string, value: number) => recordFigure(records, 'sites', [code, step], value, name)
  return {
    roomCount: figure('roomCount', rooms.length),
    indoorM2: figure('indoorM2', sum(rooms.map(({ areaM2 }) => areaM2))),
    outdoorM2: figure('outdoorM2', outdoorM2),
  }
}
