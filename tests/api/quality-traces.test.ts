import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { forDistrict } from '../../server/db/database.ts'
import { addTraces, met, type Trace } from '../../server/quality/traces.ts'
import { type OpenDistrict, openDistrict } from './surveys-district.ts'

let district: OpenDistrict
beforeAll(async () => {
  district = await openDistrict(1)
})
afterAll(() => district?.stop())

const MINUTE_MS = 60_000
const start = Date.parse('2026-11-20T02:00:00.000Z')

test('of many from one network the nearest on either side are found, and nobody of another network or outside the time', async () => {
  const db = forDistrict(district.running.app.db, 1)
  const left = (mark: string, second: number): Trace => {
    return { survey: 'needs2026', kind: 'network', mark, id: randomUUID(), at: new Date(start + second * 1_000) }
  }
  const same = Array.from({ length: 500 }, (_, second) => left('one', second))
  const others = Array.from({ length: 20 }, (_, second) => left('two', 240 + second))
  await addTraces(db, 1, [...others, ...same].reverse())

  const crowded = await met(db, 1, [same[250]!], 60 * MINUTE_MS)
  expect(new Set(crowded.map(({ other }) => other))).toEqual(new Set(same.slice(151, 351).map(({ id }) => id)))
  expect(crowded).toHaveLength(200)

  const soon = await met(db, 1, [same[10]!, others[0]!], 5_000)
  const found = (id: string) => new Set(soon.filter((each) => each.id === id).map(({ other }) => other))
  expect(found(same[10]!.id)).toEqual(new Set(same.slice(5, 16).map(({ id }) => id)))
  expect(found(others[0]!.id)).toEqual(new Set(others.slice(0, 6).map(({ id }) => id)))
})
