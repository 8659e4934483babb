import { afterAll, beforeAll, expect, test } from 'vitest'
import { mount } from '../../server/people/mount.ts'
import { endpoint } from '../../shared/endpoint.ts'
import { staff, startApp } from '../setup/app.ts'
import { type OpenDistrict, openDistrict } from './surveys-district.ts'

let district: OpenDistrict
beforeAll(async () => {
  district = await openDistrict(1)
})
afterAll(() => district?.stop())

test('a call that the table of permissions does not know keeps the server from starting', () => {
  const forgotten = endpoint({ method: 'GET', url: '/api/forgotten', summary: '', responses: {} })
  const answer = async () => undefined as never
  expect(() => mount(district.running.app, forgotten, answer)).toThrow('GET /api/forgotten: it needs an entry')
})

test('a server without a key takes no key for it', async () => {
  const keyless = await startApp({ staffKey: '', desk: 'key' })
  for (const authorization of ['', 'Bearer', 'Bearer ']) {
    const reply = await keyless.app.inject({ url: '/metrics', headers: { authorization } })
    expect([authorization, reply.json().code]).toEqual([authorization, 'key_needed'])
  }
  await keyless.stop()
})

/** What somebody would slip in to become more than they are, or to write where they may not. */
const extras = { role: 'administrator', district_id: 2, status: 'active', created_by: 'me' }

const bodies: [method: string, path: string, body: object][] = [
  ['POST', '', { id: 5, code: 'MA', name: '新区', demo: false }],
  ['PUT', '/YX/catalogue', { base: 1, catalogue: { services: [], rules: [] } }],
  ['POST', '/YX/surveys/other/versions', { title: '甲', definition: {} }],
  ['PUT', '/YX/surveys/needs2026/status', { status: 'closed' }],
  ['POST', '/YX/withdrawals', { receipt: 'YX-2222-2222-2222' }],
  ['POST', '/YX/sites/S1/briefs', { audience: 'staff' }],
]

test.each(bodies)('%s /api/districts%s takes no field that it does not describe', async (method, path, body) => {
  for (const [name, value] of Object.entries(extras).filter(([field]) => !(field in body))) {
    const reply = await district.call(method, `/api/districts${path}`, { ...body, [name]: value }, staff)
    expect([name, reply.status, reply.body.code]).toEqual([name, 400, 'bad_request'])
    expect(reply.body.details?.map(({ rule }) => rule)).toContain('additionalProperties')
  }
})

test('nor does an answer', async () => {
  for (const [name, value] of Object.entries(extras)) {
    expect((await district.send({ ...district.make(), [name]: value })).status).toBe(400)
  }
  expect(await district.count('responses')).toBe(0)
})
