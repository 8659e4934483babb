import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Demand, ServiceDemand } from '../../shared/demand/api.ts'
import type { Document } from '../../shared/document.ts'
import { staff } from '../setup/app.ts'
import { figuresOf } from '../unit/briefs/figures.ts'
import { type OpenBriefs, openBriefs, read } from './briefs-district.ts'

let district: OpenBriefs
beforeAll(async () => {
  district = await openBriefs()
  await district.send('C002', 60)
  await district.send('C003', 80)
  await district.send('C004', 70)
  // What C001 is drawn towards is looked at when its own answers are: the others' must be there by then.
  await district.refreshed()
  await district.send('C001', 25)
}, 60_000)
afterAll(() => district?.stop())

/** The demand of C001 once the others' have been looked at. */
async function demand(): Promise<Demand> {
  const url = '/api/districts/YX/communities/C001/demand'
  for (const until = Date.now() + 20_000; ; await sleep(200)) {
    const reply = await district.running.app.inject({ method: 'GET', url, headers: staff })
    const found = reply.json() as Demand
    if (found.services[0]?.shrunk) return found
    if (Date.now() > until) throw new Error('the shares were never drawn towards the others')
  }
}

const referenced = (document: Document) =>
  figuresOf(document).filter(({ source }) => source.of === 'comparison' && source.path.includes('shrunk'))

test('the brief of a community with few answers prints the same reference shares as its demand does', async () => {
  const { services } = await demand()
  const document = read(await district.file(await district.edition('S1')))
  const figures = referenced(document)
  // Two shares of each service, and both ends of their intervals.
  expect(figures).toHaveLength(6 * services.length)
  for (const { value, source } of figures) {
    const [, at, , kind] = source.path as [string, number, string, keyof NonNullable<ServiceDemand['shrunk']>]
    expect(value).toBeCloseTo(services[at]!.shrunk![kind]!, 9)
    expect(source.inputs.some((input) => input.includes('/C002'))).toBe(true)
  }
})

test('the public edition prints none of them', async () => {
  expect(referenced(read(await district.file(await district.edition('S1', 'public'))))).toEqual([])
})
