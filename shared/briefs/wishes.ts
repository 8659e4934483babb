import { type Kind, kinds } from '../wishes/kinds.ts'
import { wishRecord } from '../wishes/record.ts'
import { type Stage, stages, type Wished, type WishedPlace } from '../wishes/wished.ts'
import type { Audience } from './api.ts'
import { type People, tens } from './themes.ts'

/** The wishes that a number counts; of none, it rests on all of them. */
interface Records {
  records?: string[]
}
type Counted = { n: number } & Records
type ByStage = Record<Stage | 'all', Counted>

export interface WishFigures {
  all: ByStage
  kinds: ({ code: Kind } & ByStage)[]
  /** Posted with the code of a station for couriers; null where none was. */
  atStations: (People & Records) | null
  /** By name, those that fulfilled the most first, and the others together. */
  sponsors: ({ code: string } & Counted)[]
  others: ({ sponsors: number } & Counted) | null
  /** Wishes for a place that are listed, and those that are not. */
  places: ({ code: string; number: number } & Pick<WishedPlace, 'text' | 'where' | 'service' | 'stage'> &
    People &
    Records)[]
  more: Counted | null
}

const MOST_LISTED = 50
const MOST_NAMED = 10

/**
 * Wishes as this audience may read them; null where there are none. Wishes on the board can be counted by everybody. People
 * are told in tens in a public edition, so that one edition less another never tells of one person.
 */
export function wishFigures(wished: Wished | undefined, district: string, audience: Audience): WishFigures | null {
  if (!wished) return null
  const recordsOf = (numbers: number[]): Records =>
    numbers.length > 0 ? { records: [wishRecord(numbers, district)] } : {}
  const counted = (numbers: number[]): Counted => ({ n: numbers.length, ...recordsOf(numbers) })
  const people = (n: number): People => (audience === 'public' ? tens(n) : { people: n })
  const byStage = (lists: Wished['counted']): ByStage => {
    const at = (stage: Stage) => lists.filter((each) => each.stage === stage).flatMap(({ numbers }) => numbers)
    const [open, held, fulfilled] = stages.map((stage) => counted(at(stage))) as [Counted, Counted, Counted]
    return { open, held, fulfilled, all: counted(lists.flatMap(({ numbers }) => numbers)) }
  }
  const { atStations, sponsors, places } = wished
  const others = sponsors.slice(MOST_NAMED)
  const more = places.slice(MOST_LISTED)
  return {
    all: byStage(wished.counted),
    kinds: kinds
      .map((kind) => ({ code: kind, ...byStage(wished.counted.filter((each) => each.kind === kind)) }))
      .filter(({ all }) => all.n > 0),
    atStations: atStations.length > 0 ? { ...people(atStations.length), ...recordsOf(atStations) } : null,
    sponsors: sponsors.slice(0, MOST_NAMED).map(({ name, numbers }) => ({ code: name, ...counted(numbers) })),
    others: others.length > 0 ? { sponsors: others.length, ...counted(others.flatMap((one) => one.numbers)) } : null,
    places: places.slice(0, MOST_LISTED).map(({ number, text, where, service, stage, people: n }) => ({
      ...{ code: `${number}号`, number, text, where, service, stage },
      ...people(n),
      ...recordsOf([number]),
    })),
    more: more.length > 0 ? counted(more.map(({ number }) => number)) : null,
  }
}

/** What of wishes may stand in the facts beside an edition: words that their wisher did not release stay inside. */
export function wishedFor(audience: Audience, wished: Wished): Wished {
  if (audience === 'staff') return wished
  const places = wished.places.map((one) => (one.public ? one : { ...one, text: null, where: null }))
  return { ...wished, places }
}
