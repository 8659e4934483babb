import type { Demand } from '../../shared/demand/api.ts'
import { voicesOf, wishesOf } from '../../shared/demand/voices.ts'
import { wishRecord } from '../../shared/wishes/record.ts'
import { signals } from '../../shared/wishes/signals.ts'
import type { Db } from '../db/database.ts'
import { closedRecords, closedState, signalsOf } from '../deliberations/closed-queries.ts'
import { boardSeq, placeWishes } from '../wishes/queries.ts'

/** What is said of services beside the survey. */
export type Beside = Pick<Demand, 'voices' | 'wishes'>
type Heard = Map<string, Beside>

/** What is kept as long as nothing has changed, by database and district. */
function keptWhile(stateOf: (db: Db, districtId: number) => Promise<string | number>, read: typeof readVoices) {
  const keptFor = new WeakMap<Db, Map<number, { state: string | number; heard: Heard }>>()
  return async (db: Db, districtId: number): Promise<Heard> => {
    const kept = keptFor.get(db) ?? new Map()
    keptFor.set(db, kept)
    const state = await stateOf(db, districtId)
    if (kept.get(districtId)?.state !== state)
      kept.set(districtId, { state, heard: state ? await read(db, districtId) : new Map() })
    return kept.get(districtId)!.heard
  }
}

const deliberations = keptWhile(closedState, readVoices)
const wishes = keptWhile(boardSeq, readWishes)

/** What deliberations and wishes say, by community; read again only when something has changed in one of them. */
export async function voicesIn(db: Db, districtId: number): Promise<(community: string) => Beside> {
  const [said, wished] = await Promise.all([deliberations(db, districtId), wishes(db, districtId)])
  return (community) => ({ ...said.get(community), ...wished.get(community) })
}

async function readVoices(db: Db, districtId: number): Promise<Heard> {
  const records = await closedRecords(db, districtId)
  const said = voicesOf(await signalsOf(db, districtId))
  return new Map([...said].map(([code, services]) => [code, { voices: { services, inputs: records.get(code) ?? [] } }]))
}

async function readWishes(db: Db, districtId: number): Promise<Heard> {
  const found = await placeWishes(db, districtId)
  const numbers = new Map<string, number[]>()
  for (const { community, service, number } of found) {
    const known = numbers.get(`${community}/${service}`)
    if (known) known.push(number)
    else numbers.set(`${community}/${service}`, [number])
  }
  const inputs = (community: string, service: string) => [wishRecord(numbers.get(`${community}/${service}`)!)]
  return new Map(
    [...wishesOf(signals(found))].map(([code, services]) => {
      return [code, { wishes: { services: services.map((one) => ({ ...one, inputs: inputs(code, one.service) })) } }]
    }),
  )
}

/** The end of a demand as JSON text that was cut off before its last brace, with what was said beside it where anything was. */
export function voicesText(beside: Beside): string {
  const parts = Object.entries(beside).map(([name, said]) => `,"${name}":${JSON.stringify(said)}`)
  return `${parts.join('')}}`
}
