import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { definition } from '../load/answers.ts'
import { staff } from '../setup/app.ts'
import { type OpenDistrict, openDistrict } from './surveys-district.ts'

let district: OpenDistrict
beforeAll(async () => {
  district = await openDistrict()
})
afterAll(() => district?.stop())

const at = (code: string, more = '') => `/api/districts/YX/surveys/${code}${more}`

describe('publishing a survey', () => {
  test('makes one version after the other, and everybody reads the current one', async () => {
    expect((await district.publish({ title: '甲', definition }, 'one')).body).toEqual({
      survey: 'one',
      version: 1,
      round: 1,
    })
    expect((await district.publish({ title: '乙', definition }, 'one')).body).toEqual({
      ...{ survey: 'one', version: 2, round: 1 },
      ...{ countsOn: true, givenUp: [] },
    })
    const { body } = await district.call('GET', at('one'), undefined, {})
    expect(body).toEqual({
      survey: 'one',
      title: '乙',
      status: 'open',
      version: 2,
      definition: JSON.parse(JSON.stringify(definition)),
    })
  })

  test('publications at the same moment get different versions', async () => {
    const replies = await Promise.all([1, 2, 3, 4, 5].map(() => district.publish({ title: '同', definition }, 'same')))
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])
    expect(replies.map(({ body }) => body.version).sort()).toEqual([1, 2, 3, 4, 5])
  })

  test('needs the key', async () => {
    const reply = await district.call('POST', at('two', '/versions'), { title: '甲', definition }, {})
    expect([reply.status, reply.body.code]).toEqual([401, 'sign_in_needed'])
  })

  const text = (value: unknown) => JSON.stringify(value)
  const asked = (question: object) => text({ title: 'x', pages: [{ elements: [question] }] })
  const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`
  const choices = Array.from({ length: 10_000 }, (_, index) => `c${index}`)
  test.each<[string, string]>([
    ['no object', '"text"'],
    ['null', 'null'],
    ['nothing asked', '{}'],
    ['20,000 levels', deep],
    ['20,000 levels inside a question', asked({ type: 'text', name: 'q', x: 'DEEP' }).replace('"DEEP"', deep)],
    ['an unknown question type', asked({ type: 'file', name: 'q' })],
    ['10,000 choices', asked({ type: 'checkbox', name: 'q', choices })],
  ])('a definition that cannot be compiled is refused with the reason: %s', async (_what, wrong) => {
    const body = `{"title":"问卷","definition":${wrong}}`
    const reply = await district.call('POST', at('wrong', '/versions'), body, {
      ...staff,
      'content-type': 'application/json',
    })
    expect([reply.status, reply.body.code]).toEqual([422, 'survey_not_publishable'])
    expect(reply.body.details?.length).toBeGreaterThan(0)
    expect((await district.call('GET', at('wrong'))).body.code).toBe('unknown_survey')
  })

  test('a title that cannot be stored is refused by name', async () => {
    const reply = await district.publish({ title: '问\u0000卷', definition }, 'wrong')
    expect([reply.status, reply.body.details?.[0]?.at]).toEqual([422, 'title'])
  })
})

describe('poster codes', () => {
  test('each community has one that leads to the survey, however it is typed', async () => {
    const links = (await district.call('GET', at('needs2026', '/links'))).body as unknown as {
      code: string
      community: string
    }[]
    expect(links.map(({ community }) => community)).toEqual(district.communities)
    const { code = '' } = links[1] ?? {}
    expect(code).toMatch(/^YX-[0-9A-HJKMNP-TV-Z]{6}$/)
    for (const typed of [code, code.toLowerCase(), code.replace('-', '')]) {
      const { body } = await district.call('GET', `/api/s/${typed}`, undefined, {})
      const place = {
        retentionDays: 180,
        survey: 'needs2026',
        community: 'C002',
        communityName: 'C002社区',
        status: 'open',
        version: 1,
      }
      expect(body).toEqual({ district: 'YX', districtName: '以需区', ...place })
    }
  })

  test('stay the same with a new version, and a community that came later gets its own', async () => {
    await district.publish({ title: '甲', definition }, 'posters')
    const links = async () => (await district.call('GET', at('posters', '/links'))).body as unknown as object[]
    const before = await links()
    await district.addCommunity('C777')
    await district.publish({ title: '乙', definition }, 'posters')
    expect(await links()).toEqual([...before, { code: expect.stringMatching(/^YX-/), community: 'C777' }])
  })

  test('a code that was never printed is unknown', async () => {
    const reply = await district.call('GET', '/api/s/YX-000000', undefined, {})
    expect([reply.status, reply.body.code]).toEqual([404, 'unknown_link'])
  })
})

describe('versions and closing', () => {
  test('an answer to an older version, a newer one or a closed survey is refused by name; a receipt is still given again', async () => {
    await district.publish({ title: '甲', definition }, 'closing')
    const send = (submission: unknown) => district.call('POST', at('closing', '/responses'), submission, {})
    const early = district.make({ device: 'phone' })
    const { body: receipt } = await send(early)
    await district.publish({ title: '乙', definition }, 'closing')
    const old = await send(district.make())
    expect([old.status, old.body.code]).toEqual([409, 'old_version'])
    const coming = await send(district.make({ version: 3 }))
    expect([coming.status, coming.body.code]).toEqual([404, 'unknown_version'])
    expect(await send(early)).toMatchObject({ status: 200, body: receipt })
    await district.call('PUT', at('closing', '/status'), { status: 'closed' })
    const closed = await send(district.make({ version: 2 }))
    expect([closed.status, closed.body.code]).toEqual([403, 'survey_closed'])
    expect(await send(early)).toMatchObject({ status: 200, body: receipt })
    const { rows } = await district.pool.query('SELECT device_hash FROM responses WHERE id = $1', [early.id])
    expect(rows).toEqual([{ device_hash: null }])
    await district.call('PUT', at('closing', '/status'), { status: 'open' })
    expect((await send(district.make({ version: 2 }))).status).toBe(201)
  })
})
