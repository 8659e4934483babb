import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forDistrict } from '../../server/db/database.ts'
import { bumpPlaceVersion, communities, savePlaces } from '../../server/places/queries.ts'
import type { Demand } from '../../shared/demand/api.ts'
import type { Submission } from '../../shared/surveys/api.ts'
import { services } from '../load/answers.ts'
import { type Person, peopleOf, ratingsOf, shareOf, weighPeople } from './demand-naive.ts'
import { type OpenDistrict, openDistrict } from './surveys-district.ts'

const elders = (one: Person) => one.age === '60-79' || one.age === '80+'

/** Points east of a corner, so many metres away; 0.001° of latitude is 111.2 m. */
const compounds = [
  { code: 'P1', community: 'C001', lat: 34.2, households: 100 },
  { code: 'P2', community: 'C001', lat: 34.202, households: 300 },
  { code: 'P3', community: 'C002', lat: 34.203, households: 200 },
  { code: 'P4', community: 'C003', lat: 34.3, households: 500 },
].map((place) => ({ ...place, block: null, name: place.code, lon: 108.9 }))

const facilities = [
  { code: 'F1', isPublic: true, capacity: 600, lat: 34.201 },
  { code: 'F2', isPublic: false, capacity: 90, lat: 34.2 },
].map((place) => ({
  ...place,
  community: 'C001',
  name: place.code,
  service: 'elder_care',
  function: 'elder_station',
  usable: true,
  areaM2: null,
  lon: 108.9,
}))

describe('demand over HTTP', { timeout: 120_000 }, () => {
  let district: OpenDistrict
  const sent: Submission[] = []

  async function send(count: number, community: string) {
    for (let at = 0; at < count; at += 1) {
      const submission = district.make({ community })
      const reply = await district.send(submission)
      expect(reply.status).toBe(201)
      sent.push(submission)
    }
  }

  const read = async (path: string) => (await district.call('GET', `/api/districts/YX/${path}`)) as never as Answer
  interface Answer {
    status: number
    body: Demand & { district: Demand; subdistricts: Demand[]; communities: Demand[]; code: string }
  }

  /** Answers are counted within two seconds. */
  async function readWhen(path: string, ready: (body: Answer['body']) => boolean): Promise<Answer['body']> {
    for (let tries = 0; tries < 100; tries += 1) {
      const { body, status } = await read(path)
      expect(status).toBe(200)
      if (ready(body)) return body
      await sleep(100)
    }
    throw new Error(`${path} did not get there in ten seconds`)
  }

  async function expectNaive(demand: Demand, community: string) {
    const people = peopleOf(sent.filter((each) => each.community === community).map((each) => each.answers as never))
    const place = (await communities(forDistrict(district.running.app.db, 1), 1)).find(
      ({ code }) => code === community,
    )!
    weighPeople(people, place.profile)
    expect(demand.inside).toBe(people.length)
    const ratings = ratingsOf(
      people,
      services.map(({ code }) => code),
    )
    for (const { service, need, unmet, top, pir } of demand.services) {
      for (const [kind, share] of Object.entries({ needs: need, unmet, top })) {
        const naive = shareOf(people, (one) => one[kind as 'needs' | 'unmet' | 'top'].includes(service))
        expect(share.p).toBeCloseTo(naive.p, 6)
        expect(share.se).toBeCloseTo(naive.se, 6)
      }
      expect(pir).toBeCloseTo(ratings[service]!, 4)
    }
    const old = people.filter(elders)
    const { population } = place.profile
    const concerned = [...population.male.slice(4), ...population.female.slice(4)].reduce(
      (sum, count) => sum + count,
      0,
    )
    const gap = demand.services.find(({ service }) => service === 'elder_care')!.gap!
    expect(gap.population).toBe(concerned)
    expect(gap.gap).toBeCloseTo(shareOf(old, (one) => one.needs.includes('elder_care')).p * concerned - gap.capacity, 3)
    return demand
  }

  beforeAll(async () => {
    district = await openDistrict(4)
    const db = forDistrict(district.running.app.db, 1)
    await savePlaces(db, 1, 'compounds', compounds)
    await savePlaces(db, 1, 'facilities', facilities)
    await bumpPlaceVersion(db, 1)
    await send(200, 'C001')
    await send(45, 'C002')
    await send(8, 'C003')
  })
  afterAll(() => district.stop())

  it('agrees with a computation over single answers, and one answer more moves it as that one says', async () => {
    const before = await readWhen('communities/C001/demand', ({ n }) => n === 200)
    await expectNaive(before, 'C001')
    const more = district.make({ community: 'C001' })
    const answers = { ...more.answers, residence: 'here', age: '80+', sex: 'male', needs: ['elder_care'] }
    const submission = { ...more, answers: { ...basics(answers), met: { elder_care: 0 }, top: ['elder_care'] } }
    const reply = await district.send(submission)
    expect(reply.body).toMatchObject({ receipt: expect.any(String) })
    sent.push(submission as Submission)
    const after = await readWhen('communities/C001/demand', ({ n }) => n === 201)
    await expectNaive(after, 'C001')
    const elderCare = (demand: Demand) => demand.services.find(({ service }) => service === 'elder_care')!
    expect(after.inside).toBe(before.inside + 1)
    expect(elderCare(after).need.yes).toBe(elderCare(before).need.yes + 1)
    expect(elderCare(after).need.p).not.toBe(elderCare(before).need.p)
    expect(elderCare(after).pir).not.toBe(elderCare(before).pir)
    expect(elderCare(after).gap!.gap).not.toBe(elderCare(before).gap!.gap)
  })

  it('shares a facility between the compounds it reaches, across the border, and lists private supply apart', async () => {
    const { body } = await read('communities/C001/demand')
    const gap = body.services.find(({ service }) => service === 'elder_care')!.gap!
    expect(gap.capacity).toBeCloseTo((600 * (100 + 300)) / (100 + 300 + 200), 9)
    expect(gap.privateCapacity).toBeCloseTo((90 * 400) / 600, 9)
    expect(gap.facilities.map(({ code }) => code)).toEqual(['F1', 'F2'])
    const far = (await read('communities/C003/demand')).body.services.find(({ service }) => service === 'elder_care')!
      .gap!
    expect(far.capacity).toBe(0)
    expect(far.facilities).toEqual([])
  })

  it('says why a community with few answers is not weighted, and that one without answers has no data', async () => {
    const few = (await readWhen('communities/C003/demand', ({ n }) => n === 8)) as Demand
    expect(few.weighting).toMatchObject({ weighted: false, reason: expect.stringContaining('不足30份') })
    expect(few.services.every(({ tier, pirLow }) => tier === null && pirLow === null)).toBe(true)
    const none = (await read('communities/C004/demand')).body
    expect(none.n).toBe(0)
    for (const { need, pir, gap } of none.services) {
      expect(need.p).toBeNull()
      expect(pir).toBeNull()
      expect(gap?.gap ?? null).toBeNull()
    }
  })

  it('gives the table with sums by population, and lists who has no answers', async () => {
    const table = await readWhen('demand', (body) => body.district.n === sent.length)
    expect(table.communities.map(({ area }) => area.code)).toEqual(['C001', 'C002', 'C003', 'C004'])
    expect(table.district.withoutAnswers).toEqual(['C004'])
    for (const [at, { need, gap }] of table.district.services.entries()) {
      // All communities of this district have the same population, so the mean is a plain one.
      const heard = table.communities.filter(({ inside }) => inside > 0).map(({ services: own }) => own[at]!)
      expect(need.p).toBeCloseTo(heard.reduce((sum, each) => sum + each.need.p!, 0) / heard.length, 9)
      const gaps = heard.flatMap((each) => (each.gap && each.gap.gap !== null ? [each.gap.gap] : []))
      if (gap)
        expect(gap.gap).toBeCloseTo(
          gaps.reduce((sum, each) => sum + each, 0),
          6,
        )
    }
    const sub = table.subdistricts[0]!
    expect(sub.services).toEqual(table.district.services)
  })

  it('fills in draws, tiers and shares drawn towards the neighbours within seconds', async () => {
    const full = await readWhen('communities/C001/demand', ({ services: own }) =>
      own.every(({ tier }) => tier !== null),
    )
    for (const { pir, pirLow, pirHigh, firstThree } of full.services) {
      expect(pirLow!).toBeLessThanOrEqual(pirHigh!)
      expect(pirHigh!).toBeLessThanOrEqual(200)
      expect(firstThree!).toBeGreaterThanOrEqual(0)
      expect(pir!).toBeGreaterThanOrEqual(0)
    }
    const small = await readWhen('communities/C003/demand', ({ services: own }) =>
      own.every(({ shrunk }) => shrunk !== null),
    )
    const table = (await read('demand')).body
    for (const [at, { need, shrunk }] of small.services.entries()) {
      const others = table.communities.filter(({ inside }) => inside > 0).map(({ services: own }) => own[at]!.need.p!)
      expect(shrunk!.need).toBeGreaterThan(Math.min(...others) - 1e-9)
      expect(shrunk!.need).toBeLessThan(Math.max(...others) + 1e-9)
      expect(shrunk!.weight).toBeLessThan(1)
      expect(need.n).toBe(small.inside)
    }
  })

  it('says how sure the order of the services is in the subdistrict and the district too', async () => {
    const sure = ({ services: own }: Demand) => own.every(({ tier, pirLow }) => tier !== null && pirLow !== null)
    const table = await readWhen(
      'demand',
      ({ district: whole, subdistricts }) => subdistricts.every(sure) && sure(whole),
    )
    for (const area of [table.district, table.subdistricts[0]!]) {
      for (const { pir, pirLow, pirHigh, firstThree } of area.services) {
        expect(pirLow!).toBeLessThanOrEqual(pirHigh!)
        expect(pir!).toBeLessThanOrEqual(200)
        expect(firstThree!).toBeLessThanOrEqual(1)
      }
      expect(area.services.filter(({ tier }) => tier === 1).length).toBeGreaterThan(0)
    }
    const chance = ({ services: own }: Demand) => own.map(({ pirLow, pirHigh, tier }) => ({ pirLow, pirHigh, tier }))
    expect(chance((await read('demand/whole')).body)).toEqual(chance(table.district))
    expect(chance((await read('subdistricts/S01/demand')).body)).toEqual(chance(table.subdistricts[0]!))
  })

  it('reads the whole district and a subdistrict by age band, parent group and circumstance', async () => {
    const whole = (await read('demand/whole')).body as Demand
    const sub = (await read('subdistricts/S01/demand')).body as Demand
    expect(whole.parts.map(({ code }) => code)).toEqual(sub.parts.map(({ code }) => code))
    const ages = whole.parts.filter(({ kind }) => kind === 'age')
    expect(ages.map(({ code }) => code)).toEqual(['18-34', '35-59', '60-79', '80+'])
    expect(ages.reduce((sum, { n }) => sum + n, 0)).toBe(whole.inside)
    expect(whole.parts.some(({ kind }) => kind === 'circumstance')).toBe(true)
  })

  it('lists a community whose profile counts nobody with its answers, and says why they do not count', async () => {
    const db = forDistrict(district.running.app.db, 1)
    const [first] = await communities(db, 1)
    const nobody = { male: [0, 0, 0, 0, 0, 0], female: [0, 0, 0, 0, 0, 0] }
    const profile = { ...first!.profile, population: nobody }
    await savePlaces(db, 1, 'communities', [{ ...first!, code: 'C005', name: '空社区', profile }])
    await bumpPlaceVersion(db, 1)
    await send(3, 'C005')
    const table = await readWhen('demand', (body) => body.district.n === sent.length)
    for (const area of [table.district, table.subdistricts[0]!]) {
      expect(area.withoutPopulation).toEqual([{ code: 'C005', n: 3, reason: expect.stringContaining('常住人口为0') }])
      expect(area.withoutAnswers).toEqual(['C004'])
    }
    expect((await read('demand/whole')).body.withoutPopulation).toHaveLength(1)
  })

  it('rates over the whole district when asked to, and says so', async () => {
    const { body } = await read('demand?ratedWithin=district')
    const all = body.communities.flatMap(({ services: own }) => own)
    expect(body.communities.every(({ ratedWithin }) => ratedWithin === 'district')).toBe(true)
    expect(Math.max(...all.map(({ unr }) => unr ?? 0))).toBeCloseTo(100, 9)
    const tops = body.communities.map(({ services: own }) => Math.max(...own.map(({ unr }) => unr ?? 0)))
    expect(tops.filter((top) => top > 99.999)).toHaveLength(1)
  })

  it('refuses what does not exist by name', async () => {
    expect((await read('communities/C999/demand')).body.code).toBe('unknown_community')
    expect((await read('demand?survey=other')).body.code).toBe('unknown_survey')
    expect((await read('demand?version=9')).body.code).toBe('unknown_version')
    expect((await read('subdistricts/S99/demand')).status).toBe(404)
  })

  it('keeps strangers out of the desk', async () => {
    const strangers = await district.call('GET', '/api/districts/YX/demand', undefined, {}, '10.0.0.9')
    expect(strangers.status).toBe(401)
  })
})

/** What every respondent is asked, without the follow-ups of what they chose. */
function basics(answers: Record<string, unknown>) {
  const { answering, residence, age, sex, children, elders: old, needs } = answers
  return { answering, residence, age, sex, children, elders: old, needs }
}
