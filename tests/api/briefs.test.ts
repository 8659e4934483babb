import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BriefEntry } from '../../shared/briefs/api.ts'
import type { Facts } from '../../shared/briefs/facts.ts'
import { lookUp } from '../../shared/briefs/figures.ts'
import { world } from '../../shared/briefs/world.ts'
import { type Document, partsOf, spoken } from '../../shared/document.ts'
import { figureAt, figuresOf } from '../unit/briefs/figures.ts'
import { type OpenBriefs, openBriefs, read } from './briefs-district.ts'
import { type Person, peopleOf, ratingsOf, shareOf, weighPeople } from './demand-naive.ts'

let district: OpenBriefs
beforeAll(async () => {
  district = await openBriefs()
  await district.send('C001', 220)
  await district.send('C002', 6)
  await district.send('C004', 45)
})
afterAll(() => district?.stop())

async function factsOf({ site, audience, edition }: BriefEntry): Promise<Facts> {
  const { rows } = await district.pool.query(
    'SELECT facts FROM briefs WHERE district_id = 1 AND site_code = $1 AND audience = $2 AND edition = $3',
    [site, audience, edition],
  )
  return JSON.parse(rows[0].facts)
}

const answersOf = (community: string) =>
  district.sent.filter((one) => one.community === community).map(({ answers }) => answers as Record<string, unknown>)

describe('an edition', () => {
  test('stays byte for byte what it was when more people answer, and its hash is that of its text', async () => {
    const entry = await district.edition('S1')
    const before = (await district.file(entry)).bytes
    expect(createHash('sha256').update(before).digest('hex')).toBe(entry.hash)
    await district.send('C001', 1)
    const next = await district.edition('S1')
    expect(next.edition).toBe(entry.edition + 1)
    expect((await district.file(entry)).bytes.equals(before)).toBe(true)
    expect((await district.file(next)).bytes.equals(before)).toBe(false)
  })

  test('is not made again when there is nothing new to say', async () => {
    await district.refreshed()
    const first = await district.edition('S2')
    const again = await district.edition('S2')
    expect(again).toEqual(first)
  })

  test('gets the next number, none twice and none left out, when many compose at once', async () => {
    await district.send('C001', 1)
    await district.refreshed()
    const both = ['S1', 'S2'].flatMap((code) => ['staff', 'public'].map((audience) => ({ code, audience })))
    const entries = await Promise.all([...both, ...both].map(({ code, audience }) => district.edition(code, audience)))
    for (const { site, audience, edition, hash } of entries) {
      const same = entries.filter((one) => one.site === site && one.audience === audience)
      expect(same.map((one) => one.hash)).toEqual([hash, hash])
      const listed = (await district.list()).filter((one: BriefEntry) => one.site === site && one.audience === audience)
      expect(listed.map((one: BriefEntry) => one.edition)).toEqual(
        Array.from({ length: edition }, (_, index) => index + 1),
      )
    }
  })

  test('bears the date that it is in China, wherever the server stands', async () => {
    const before = Date.now()
    const entry = await district.edition('S2', 'public')
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date(entry.composedAt))
    expect(Math.abs(Date.parse(entry.composedAt) - before)).toBeLessThan(300_000)
    expect(read(await district.file(entry)).date).toBe(today)
  })

  test('is listed with the names of its site and community', async () => {
    const entry = await district.edition('S2')
    expect(await district.list()).toContainEqual(entry)
    expect(entry).toMatchObject({ site: 'S2', siteName: '临街/门面', community: 'C001', communityName: 'C001社区' })
  })
})

describe('a figure', () => {
  for (const audience of ['staff', 'public'] as const) {
    test(`of the ${audience} edition is what its provenance gives when it is followed again`, async () => {
      const entry = await district.edition('S1', audience)
      const figures = figuresOf(read(await district.file(entry)))
      expect(figures.length).toBeGreaterThan(200)
      const again = world(await factsOf(entry), audience)
      for (const { value, source, standing } of figures) {
        const found = lookUp(again, source.of, source.path)
        if (standing !== 'withheld') expect([source.path, value]).toEqual([source.path, found])
        else expect(value).toBeNull()
        expect(source.inputs.length).toBeGreaterThan(0)
      }
    })
  }

  test('agrees with a second computation over single answers, and moves with one answer more as that does', async () => {
    const before = await compared()
    const [submission] = await district.send('C001', 1, { answers: oneMore })
    expect(submission!.answers).toBe(oneMore)
    const after = await compared()
    expect(after.n).toBe(before.n + 1)
    expect(after.need).toBeGreaterThan(before.need)
    expect(after.gap).toBeGreaterThan(before.gap)
  })
})

const oneMore = {
  answering: 'self',
  residence: 'here',
  age: '60-79',
  sex: 'female',
  children: ['none'],
  elders: ['elder_60_79'],
  needs: ['community_meals'],
  met: { community_meals: 0 },
  top: ['community_meals'],
}

/** The brief's figures on community meals, each held against the second computation. */
async function compared() {
  const entry = await district.edition('S1')
  const document = read(await district.file(entry))
  const { community, survey } = await factsOf(entry)
  const at = survey.plan.services.indexOf('community_meals')
  const people = peopleOf(answersOf('C001'))
  weighPeople(people, community.profile)
  const needs = shareOf(people, (one: Person) => one.needs.includes('community_meals')).p
  const unmet = shareOf(people, (one: Person) => one.unmet.includes('community_meals')).p
  const { male, female } = community.profile.population
  const residents = [...male, ...female].reduce((sum, count) => sum + count, 0)
  // 100 places for 300 households of this community and 100 of the next.
  const capacity = (100 * 300) / 400
  const figure = (...path: string[]) => figureAt(document, 'demand', 'services', at, ...path).value!
  const n = figureAt(document, 'responses', 'n').value!
  expect(n).toBe(answersOf('C001').length)
  expect(figure('need', 'n')).toBe(people.length)
  expect(figure('need', 'p')).toBeCloseTo(needs, 5)
  expect(figure('unmet', 'p')).toBeCloseTo(unmet, 5)
  expect(figure('pir')).toBeCloseTo(ratingsOf(people, survey.plan.services).community_meals!, 3)
  expect(figure('gap', 'capacity')).toBeCloseTo(capacity, 9)
  expect(figure('gap', 'gap')).toBeCloseTo(needs * residents - capacity, 1)
  return { n, need: figure('need', 'p'), gap: figure('gap', 'gap') }
}

describe('the public edition', () => {
  const supply: unknown[] = ['population', 'capacity', 'privateCapacity']
  /** Figures that rest on the answers of some of the people: those of a share, with the people it is read from. */
  const shares = (document: Document, facts: Facts) => {
    const whole = world(facts, 'staff')
    return figuresOf(document).flatMap((figure) => {
      const { of, path } = figure.source
      if (of !== 'demand' || supply.includes(path.at(-1)!)) return []
      const above = lookUp(whole, of, path.slice(0, -1)) as { n?: number; need?: { n: number } } | null
      const n = above?.n ?? above?.need?.n
      return n === undefined ? [] : [{ ...figure, n }]
    })
  }

  test('shows no figure that rests on fewer than ten people', async () => {
    const entry = await district.edition('S5', 'public')
    const all = shares(read(await district.file(entry)), await factsOf(entry))
    const few = all.filter(({ n }) => n > 0 && n < 10)
    expect(few.length).toBeGreaterThan(0)
    for (const { value } of few) expect(value).toBeNull()
    expect(all.some(({ value }) => value !== null)).toBe(true)
  })

  test('leaves no cell empty where few came through one of the channels', async () => {
    await district.send('C004', 4, { channel: 'visit' })
    await district.send('C004', 12, { answers: oneMore })
    const document = read(await district.file(await district.edition('S5', 'public')))
    const cells = document.blocks.flatMap((block) => (block.kind === 'table' ? block.rows.flat() : []))
    for (const cell of cells) expect(spoken(partsOf(cell))).toMatch(/\S/)
    expect(figuresOf(document).some(({ source, value }) => source.path[0] === 'channels' && value === 4)).toBe(false)
  })

  test('of a community with six answers says nothing of what they said, in no number and no chart', async () => {
    const entry = await district.edition('S3', 'public')
    const document = read(await district.file(entry))
    for (const { value } of shares(document, await factsOf(entry))) expect(value).toBeNull()
    for (const { source, value } of figuresOf(document)) if (source.of === 'responses') expect(value ?? 0).toBe(0)
    expect(/答卷 [1-9] 份/.exec(JSON.stringify(document))?.[0]).toBeUndefined()
    const charts = document.blocks.flatMap((block) => (block.kind === 'chart' ? [block.chart] : []))
    for (const { series } of charts)
      for (const { values } of series) expect(values.every((one) => one === null)).toBe(true)
    expect(read(await district.file(await district.edition('S3'))).blocks).not.toEqual(document.blocks)
  })

  test('keeps its figures until ten more people take part in them', async () => {
    const shown = async () => {
      const entry = await district.edition('S4', 'public')
      return { edition: entry.edition, text: (await district.file(entry)).bytes.toString() }
    }
    const countedIn = { answers: oneMore }
    await district.send('C003', 40, countedIn)
    const first = await shown()
    await district.send('C003', 9, countedIn)
    expect(await shown()).toEqual(first)
    // Somebody whose answer is counted but takes no part in the shares must not bring the other nine into the open.
    await district.send('C003', 1, { answers: { ...oneMore, age: 'unstated' } })
    expect(await shown()).toEqual(first)
    await district.send('C003', 1, countedIn)
    const second = await shown()
    expect(second.edition).toBe(first.edition + 1)
    const n = (text: string) => figureAt(JSON.parse(text), 'demand', 'services', 0, 'need', 'n').value
    expect([n(first.text), n(second.text)]).toEqual([40, 50])
  })

  test('is the same for both sites of a community: they are published together', async () => {
    await district.edition('S1', 'public')
    await district.send('C001', 10, { answers: oneMore })
    const [one, two] = await Promise.all(['S1', 'S2'].map((code) => district.edition(code, 'public')))
    expect((await factsOf(one!)).tallyVersion).toBe((await factsOf(two!)).tallyVersion)
    await district.send('C001', 3, { answers: oneMore })
    expect(await district.edition('S2', 'public')).toEqual(two)
  })
})

describe('what cannot be done is refused by name', () => {
  test.each([
    ['a site that does not exist', 'POST', '/sites/S99/briefs', { audience: 'staff' }, 404, 'unknown_site'],
    ['an audience that does not exist', 'POST', '/sites/S1/briefs', { audience: 'press' }, 400, 'bad_request'],
    ['an edition that does not exist', 'GET', '/sites/S1/briefs/999', undefined, 404, 'unknown_brief'],
    ['a site without a brief', 'GET', '/sites/S99/briefs/1', undefined, 404, 'unknown_brief'],
    ['edition nought', 'GET', '/sites/S1/briefs/0', undefined, 400, 'bad_request'],
    ['a format that is not made', 'GET', '/sites/S1/briefs/1?format=odt', undefined, 400, 'bad_request'],
  ] as const)('%s', async (_, method, url, body, status, code) => {
    const before = await district.count('briefs')
    const reply = await district.call(method, `/api/districts/YX${url}`, body)
    expect([reply.status, reply.body.code]).toEqual([status, code])
    expect(reply.body.message).toMatch(/[\u4e00-\u9fff]/)
    expect(await district.count('briefs')).toBe(before)
  })

  test('composing without the key, and reading from elsewhere without it', async () => {
    const before = await district.count('briefs')
    expect((await district.compose('S1', 'staff', {})).body.code).toBe('sign_in_needed')
    const away = await district.call('GET', '/api/districts/YX/sites/S1/briefs/1', undefined, {}, '10.1.2.3')
    expect(away.body.code).toBe('sign_in_needed')
    expect(await district.count('briefs')).toBe(before)
  })

  test('a district without sites or without a survey', async () => {
    const made = await district.call('POST', '/api/districts', { id: 2, code: 'ZZ', name: '新区', demo: false })
    expect(made.status).toBe(201)
    const zip = await district.call('GET', '/api/districts/ZZ/briefs.zip')
    expect([zip.status, zip.body.code]).toEqual([404, 'no_sites_yet'])
    const brief = await district.call('POST', '/api/districts/ZZ/sites/S1/briefs', { audience: 'staff' })
    expect([brief.status, brief.body.code]).toEqual([404, 'no_survey_yet'])
  })
})
