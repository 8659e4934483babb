import type { Voices } from '../../shared/demand/api.ts'
import { voicesOf } from '../../shared/demand/voices.ts'
import type { Db } from '../db/database.ts'
import { closedRecords, closedState, signalsOf } from '../deliberations/closed-queries.ts'

const keptFor = new WeakMap<Db, Map<number, { state: string; voices: Map<string, Voices> }>>()

/** What deliberations say, by community; read again only when something has changed in one of them. */
export async function voicesIn(db: Db, districtId: number): Promise<Map<string, Voices>> {
  const kept = keptFor.get(db) ?? new Map()
  keptFor.set(db, kept)
  const state = await closedState(db, districtId)
  if (kept.get(districtId)?.state !== state)
    kept.set(districtId, { state, voices: state ? await readVoices(db, districtId) : new Map() })
  return kept.get(districtId)!.voices
}

async function readVoices(db: Db, districtId: number): Promise<Map<string, Voices>> {
  const records = await closedRecords(db, districtId)
  const said = voicesOf(await signalsOf(db, districtId))
  return new Map([...said].map(([code, services]) => [code, { services, inputs: records.get(code) ?? [] }]))
}

/** The end of a demand as JSON text that was cut off before its last brace, with what deliberations say where they say something. */
export const voicesText = (voices: Voices | undefined): string =>
  voices ? `,"voices":${JSON.stringify(voices)}}` : '}'
