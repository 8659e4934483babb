import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenDistrict, openDistrict, type Reply } from './surveys-district.ts'

let district: OpenDistrict
beforeAll(async () => {
  district = await openDistrict()
})
afterAll(() => district?.stop())

const URL = '/api/districts/YX/surveys/needs2026/responses'

async function sendText(payload: string, type = 'application/json'): Promise<Reply> {
  const reply = await district.running.app.inject({
    method: 'POST',
    url: URL,
    payload,
    headers: { 'content-type': type },
  })
  return { status: reply.statusCode, body: reply.json(), headers: reply.headers }
}

/** The body of a valid submission with one thing changed in its text or its values. */
function changed(change: (submission: Record<string, unknown> & { answers: Record<string, unknown> }) => void): string {
  const submission = structuredClone(district.make()) as never
  change(submission)
  return JSON.stringify(submission)
}

const answers = (more: object) => () => changed((one) => Object.assign(one.answers, more))
const envelope = (more: object) => () => changed((one) => Object.assign(one, more))
const instead = (from: string, to: string) => () =>
  changed((one) => Object.assign(one.answers, { suggestion: from })).replace(`"${from}"`, to)

describe('a hostile body is refused by name and nothing is stored', () => {
  test.each<[string, () => string, number, string]>([
    ['a NUL in an answer', answers({ suggestion: 'a\u0000b' }), 422, 'invalid_answers'],
    ['half a surrogate pair in an answer', instead('X', '"\\ud800"'), 422, 'invalid_answers'],
    ['a NUL in the consent version', envelope({ consentVersion: 'a\u0000b' }), 400, 'bad_request'],
    ['half a surrogate pair in the consent version', envelope({ consentVersion: 'a\ud800' }), 400, 'bad_request'],
    ['no consent version', envelope({ consentVersion: '' }), 400, 'bad_request'],
    [
      '__proto__ among the answers',
      () => changed(() => undefined).replace('"answers":{', '"answers":{"__proto__":{"x":1},'),
      400,
      'malformed',
    ],
    ['constructor among the answers', answers({ constructor: { prototype: {} } }), 400, 'malformed'],
    ['toString among the answers', answers({ toString: 'x' }), 422, 'invalid_answers'],
    ['20,000 levels', instead('X', `${'['.repeat(20_000)}1${']'.repeat(20_000)}`), 422, 'invalid_answers'],
    [
      '20,000 levels where no answer is',
      () =>
        changed((one) => Object.assign(one, { id: 'X' })).replace('"X"', `${'['.repeat(20_000)}1${']'.repeat(20_000)}`),
      400,
      'bad_request',
    ],
    ['a number beyond all numbers', instead('X', '1e400000'), 422, 'invalid_answers'],
    ['10,000 choices', answers({ needs: Array.from({ length: 10_000 }, () => 'health') }), 422, 'invalid_answers'],
    ['a text of 70 kB', answers({ suggestion: '长'.repeat(23_000) }), 422, 'invalid_answers'],
    ['a body of 1 MB', answers({ suggestion: 'x'.repeat(1_000_000) }), 413, 'too_large'],
    ['a number as text', envelope({ version: '1' }), 400, 'bad_request'],
    ['a text as number', envelope({ community: 1 }), 400, 'bad_request'],
    ['yes as text', envelope({ proxy: 'true' }), 400, 'bad_request'],
    ['answers as a list', envelope({ answers: [] }), 400, 'bad_request'],
    ['answers as nothing', envelope({ answers: null }), 400, 'bad_request'],
    ['a field nobody knows', envelope({ district_id: 2 }), 400, 'bad_request'],
    ['an id that is none', envelope({ id: 'x' }), 400, 'bad_request'],
    [
      'an id with a prefix',
      () => changed((one) => Object.assign(one, { id: `urn:uuid:${one.id}` })),
      400,
      'bad_request',
    ],
    ['a channel nobody knows', envelope({ channel: 'radio' }), 400, 'bad_request'],
    ['the year 9999', envelope({ submittedAt: '9999-01-01T00:00:00Z' }), 422, 'bad_times'],
    [
      'the year 9999 at both ends',
      envelope({ startedAt: '9999-01-01T00:00:00Z', submittedAt: '9999-01-01T00:00:00Z' }),
      422,
      'bad_times',
    ],
    ['the year 0001', envelope({ startedAt: '0001-01-01T00:00:00Z' }), 422, 'bad_times'],
    [
      'sent before it was begun',
      envelope({ startedAt: new Date().toISOString(), submittedAt: '2026-01-01T00:00:00Z' }),
      422,
      'bad_times',
    ],
    ['a leap second', envelope({ startedAt: '2024-12-31T23:59:60Z' }), 422, 'bad_times'],
    ['no time', envelope({ startedAt: 'yesterday' }), 400, 'bad_request'],
    ['a forged community', envelope({ community: 'C001x' }), 404, 'unknown_community'],
    ['a community with a quote', envelope({ community: "C001'--" }), 400, 'bad_request'],
    ['an empty body', () => '', 400, 'malformed'],
    ['no JSON', () => '{', 400, 'malformed'],
    ['a bare null', () => 'null', 400, 'bad_request'],
  ])('%s', async (_what, body, status, code) => {
    const before = [await district.count('responses'), await district.count('response_conflicts')]
    const reply = await sendText(body())
    expect([reply.status, reply.body.code, typeof reply.body.message]).toEqual([status, code, 'string'])
    expect([await district.count('responses'), await district.count('response_conflicts')]).toEqual(before)
  })

  test('another media type, district or survey', async () => {
    expect((await sendText('<xml/>', 'text/xml')).body.code).toBe('wrong_media_type')
    const elsewhere = (url: string) => district.call('POST', url, district.make(), {})
    expect((await elsewhere(URL.replace('YX', 'ZZ'))).body.code).toBe('unknown_district')
    expect((await elsewhere(URL.replace('needs2026', 'other'))).body.code).toBe('unknown_survey')
    expect((await elsewhere(URL.replace('needs2026', '%00'))).body.code).toBe('bad_request')
  })

  test('a hundred forged communities cost no more than a few looks, and honest answers go on', async () => {
    const begun = performance.now()
    const forged = await Promise.all(
      Array.from({ length: 100 }, (_, n) => district.send(district.make({ community: `F${n}` }))),
    )
    expect(new Set(forged.map(({ body }) => body.code))).toEqual(new Set(['unknown_community']))
    expect((await district.send(district.make())).status).toBe(201)
    expect(performance.now() - begun).toBeLessThan(5_000)
  })

  test('whatever is put in the place of any field, the answer is a named 4xx, or a receipt for what is valid', async () => {
    const names = Object.keys(district.make())
    const questions = Object.keys(district.make().answers)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names, ...questions), fc.jsonValue({ maxDepth: 3 }), async (name, value) => {
        const reply = await sendText(
          changed((one) => Object.assign(name in one ? one : one.answers, { [name]: value })),
        )
        const fine = reply.status === 201 || reply.status === 200
        expect(fine ? reply.body.receipt : reply.body.code).toBeTypeOf('string')
        expect(fine || (reply.status >= 400 && reply.status < 500)).toBe(true)
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 400) },
    )
    expect((await district.compare()).map(({ different }) => different)).toEqual([0])
  })
})
