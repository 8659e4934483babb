import { ageBands, type Profile } from '../places/api.ts'
import { EVERYBODY } from './bands.ts'

/** Adults of a profile: those whom a questionnaire counts whatever bands it asks for. */
const ADULTS = ageBands.slice(2)

/** How many people of a community are in an age band; 0 where its profile does not know the band. */
export function peopleIn({ population: { male, female } }: Profile, band: string): number {
  const bands: readonly string[] = band === EVERYBODY ? ADULTS : [band]
  const places = bands.map((each) => ageBands.indexOf(each as (typeof ageBands)[number])).filter((at) => at >= 0)
  return places.reduce((sum, at) => sum + (male[at] ?? 0) + (female[at] ?? 0), 0)
}
