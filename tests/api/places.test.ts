import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importKinds } from '../../shared/places/api.ts'
import { shippedCatalogue } from '../../shared/places/catalogue.ts'
import { type Running, staff, startApp } from '../setup/app.ts'
import { csv } from '../unit/places/tables.ts'
import { makeDistrict, stored, upload } from './places-files.ts'

let running: Running
beforeAll(async () => {
  running = await startApp()
  await makeDistrict(running.app)
  await makeDistrict(running.app, 2, 'BL')
  for (const kind of importKinds) await upload(running.app, kind, csv[kind])
})
afterAll(() => running.stop())

const inject: Running['app']['inject'] = ((call: object) => running.app.inject(call)) as never

describe('a district', () => {
  test('is listed for anybody, by code', async () => {
    const answer = await inject({ url: '/api/districts', remoteAddress: '203.0.113.9' })
    expect(answer.json()).toEqual([
      { id: 2, code: 'BL', name: '测试区', demo: false },
      { id: 1, code: 'YX', name: '测试区', demo: false },
    ])
  })

  test('comes with the shipped catalogue and the extra services that it asked for', async () => {
    const { version, catalogue } = (await inject({ url: '/api/districts/YX/catalogue' })).json()
    expect(version).toBe(1)
    const codes = shippedCatalogue().services.map(({ code }) => code)
    expect(catalogue.services.map(({ code }: { code: string }) => code)).toEqual([...codes, 'parking'])
  })

  test.each([
    ['its id is taken', { id: 1, code: 'ZZ' }, 409, 'district_exists'],
    ['its code is taken', { id: 9, code: 'YX' }, 409, 'district_exists'],
    ['it wants an unknown extra service', { id: 9, code: 'ZZ', extraServices: ['casino'] }, 422, 'bad_catalogue'],
    ['its code is in small letters', { id: 9, code: 'zz' }, 400, 'bad_request'],
    ['its id is not a number', { id: '9', code: 'ZZ' }, 400, 'bad_request'],
  ])('is not made when %s', async (_what, changed, status, code) => {
    const before = await stored(running.app)
    const payload = { name: '新区', demo: false, ...changed }
    const answer = await inject({ method: 'POST', url: '/api/districts', headers: staff, payload })
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
    expect(await stored(running.app)).toBe(before)
  })

  test('may be named in small letters in an address, and an unknown one is refused by name', async () => {
    expect((await inject({ url: '/api/districts/yx/communities' })).json().communities).toHaveLength(2)
    const answer = await inject({ url: '/api/districts/QQ/communities' })
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'unknown_district'])
  })

  test('does not see the places of another district', async () => {
    expect((await inject({ url: '/api/districts/BL/communities' })).json()).toMatchObject({
      subdistricts: [],
      communities: [],
    })
    const answer = await inject({ url: '/api/districts/BL/communities/C001' })
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'unknown_community'])
  })
})

test('an unknown community is refused by name', async () => {
  const answer = await inject({ url: '/api/districts/YX/communities/C999' })
  expect([answer.statusCode, answer.json().code]).toEqual([404, 'unknown_community'])
})

describe('the catalogue', () => {
  const write = (base: number, catalogue: object) =>
    inject({ method: 'PUT', url: '/api/districts/BL/catalogue', headers: staff, payload: { base, catalogue } })

  test('changes as a new version, the earlier one being kept, and only on top of the newest', async () => {
    const changed = shippedCatalogue()
    const services = changed.services.map((service) =>
      service.code === 'health' ? { ...service, zh: '健康小屋' } : service,
    )
    expect((await write(1, { ...changed, services })).json()).toEqual({ version: 2 })
    const late = await write(1, changed)
    expect([late.statusCode, late.json().code]).toEqual([409, 'catalogue_changed'])
    expect((await inject({ url: '/api/districts/BL/catalogue' })).json().version).toBe(2)
    const kept = await running.look(
      `select version, body->'services'->5->>'zh' as zh from catalogues where district_id = 2 order by version`,
      2,
    )
    expect(kept.rows).toEqual([
      { version: 1, zh: '健康服务' },
      { version: 2, zh: '健康小屋' },
    ])
  })

  test('takes one of several changes made at the same time, and refuses the others', async () => {
    const { version } = (await inject({ url: '/api/districts/BL/catalogue' })).json()
    const answers = await Promise.all(Array.from({ length: 5 }, () => write(version, shippedCatalogue())))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409, 409, 409])
  })

  const { services, rules } = shippedCatalogue()
  const meals = services.find(({ code }) => code === 'community_meals')!
  const canteen = meals.functions[0]!
  const withCanteen = (changed: object) => ({
    rules,
    services: services.map((each) => (each === meals ? { ...meals, functions: [{ ...canteen, ...changed }] } : each)),
  })

  test.each([
    [
      'a service stands twice',
      { rules, services: [...services, services[0]!] },
      'services.elder_care',
      /服务代码“elder_care”重复/,
    ],
    ['a function stands twice', withCanteen({ code: 'nursery' }), 'functions.nursery', /功能代码“nursery”重复/],
    ['a neighbour to avoid is unknown', withCanteen({ not_beside: ['disco'] }), 'canteen', /“disco”不是任何功能的代码/],
    ['a threshold has no source', withCanteen({ mark: ' ' }), 'canteen', /来源标注不能为空/],
    ['a rule has no source', { services, rules: [{ ...rules[0]!, mark: '' }] }, 'complex_area', /来源标注不能为空/],
    ['a radius is 0', withCanteen({ radius_m: 0 }), 'canteen', /大于 0 米/],
    ['a range is upside down', withCanteen({ floors: [3, 1] }), 'canteen', /下限大于上限/],
    [
      'a service is for nobody known',
      { rules, services: [{ ...services[0]!, for: ['pets'] }] },
      'elder_care',
      /没有“pets”这个人群/,
    ],
  ])('is refused when %s', async (_what, catalogue, at, says) => {
    const before = await stored(running.app)
    const { version } = (await inject({ url: '/api/districts/BL/catalogue' })).json()
    const answer = await write(version, catalogue)
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'bad_catalogue'])
    expect(answer.json().details).toContainEqual({ at, rule: expect.any(String), message: expect.stringMatching(says) })
    expect(await stored(running.app)).toBe(before)
  })

  test('takes no field that is not described', async () => {
    const answer = await write(1, { ...shippedCatalogue(), district_id: 1 })
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'bad_request'])
  })
})

const deskCalls = ['communities', 'communities/C001', 'catalogue', 'imports/sites/template']
const staffCalls = [
  { method: 'POST', url: '/api/districts', payload: { id: 7, code: 'SS', name: '新区', demo: false } },
  { method: 'PUT', url: '/api/districts/YX/catalogue', payload: { base: 1, catalogue: shippedCatalogue() } },
  { method: 'POST', url: '/api/districts/YX/imports/blocks', payload: '' },
]

describe('who may call', () => {
  test.each(deskCalls)('the desk at the server reads %s without a key, another computer does not', async (path) => {
    const url = `/api/districts/YX/${path}`
    expect((await inject({ url })).statusCode).toBe(200)
    const far = await inject({ url, remoteAddress: '203.0.113.9' })
    expect([far.statusCode, far.json().code]).toEqual([401, 'sign_in_needed'])
    expect((await inject({ url, remoteAddress: '203.0.113.9', headers: staff })).statusCode).toBe(200)
  })

  test.each(staffCalls)(
    '$method $url needs the key even at the server, and stores nothing without it',
    async (call) => {
      const before = await stored(running.app)
      const wrong = { authorization: 'Bearer a-key-for-tests-only-0002' }
      const answers = [await inject(call as never), await inject({ ...call, headers: wrong } as never)]
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401])
      expect(answers.map((answer) => answer.json().code)).toEqual(['sign_in_needed', 'key_needed'])
      expect(await stored(running.app)).toBe(before)
    },
  )
})

test('an import that is not a form with a file is refused by name', async () => {
  const url = '/api/districts/YX/imports/blocks'
  const json = await inject({ method: 'POST', url, headers: staff, payload: { a: 1 } })
  expect([json.statusCode, json.json().code]).toEqual([415, 'wrong_media_type'])
  const headers = { ...staff, 'content-type': 'multipart/form-data; boundary=x' }
  const payload = '--x\r\ncontent-disposition: form-data; name="other"; filename="a"\r\n\r\n1\r\n--x--\r\n'
  const other = await inject({ method: 'POST', url, headers, payload })
  expect([other.statusCode, other.json().code]).toEqual([422, 'bad_import_file'])
  const unknown = await inject({ method: 'POST', url: '/api/districts/YX/imports/people', headers, payload })
  expect([unknown.statusCode, unknown.json().code]).toEqual([400, 'bad_request'])
})
