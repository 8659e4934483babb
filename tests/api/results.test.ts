import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Results } from '../../shared/briefs/results.ts'
import { type OpenDistrict, openDistrict } from './surveys-district.ts'

/** The server looks again after five seconds. */
const KEPT_MS = 5_100

let district: OpenDistrict
beforeAll(async () => {
  district = await openDistrict()
})
afterAll(() => district?.stop())

const anyone = ['10.1.1.1', {}] as const
async function results(community: string) {
  const [address, headers] = anyone
  const url = `/api/districts/YX/communities/${community}/results`
  const { status, body } = await district.call('GET', url, undefined, headers, address)
  return { status, body: body as unknown as Results }
}

/** People of the community who all need 助餐, and every second of whom needs 养老服务. */
async function answer(community: string, count: number) {
  for (let i = 0; i < count; i += 1) {
    const both = i % 2 === 0
    const needs = both ? ['community_meals', 'elder_care'] : ['community_meals']
    const met = Object.fromEntries(needs.map((service) => [service, 0]))
    const person = { answering: 'self', residence: 'here', age: '60-79', sex: both ? 'male' : 'female' }
    const answers = { ...person, children: ['none'], needs, met, top: needs }
    const { status } = await district.send(district.make({ community, answers }))
    if (status !== 201) throw new Error(`${status}`)
  }
  await district.folded()
}

describe('first results of a community, for anybody', () => {
  test('say nothing about nine answers', async () => {
    await answer('C001', 9)
    expect(await results('C001')).toEqual({ status: 200, body: { n: null, answersAsOf: null, services: [] } })
  })

  test('say what most need once there are enough, and stay the same until ten more have answered', async () => {
    await answer('C002', 24)
    const first = (await results('C002')).body
    expect(first.n).toBe(24)
    // All 24 need 助餐: nobody said no, so the share may be told. Half need 养老服务: 12 and 12.
    expect(first.services.map(({ service }) => service)).toEqual(['community_meals', 'elder_care'])
    expect(first.services[0]).toMatchObject({ name: '社区助餐', need: 1 })
    await answer('C002', 9)
    await sleep(KEPT_MS)
    expect((await results('C002')).body).toEqual(first)
    await answer('C002', 1)
    await sleep(KEPT_MS)
    expect((await results('C002')).body.n).toBe(34)
  })

  test('do not exist for a community that does not', async () => {
    expect((await results('C999')).status).toBe(404)
  })
})
