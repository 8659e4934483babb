import { afterAll, beforeAll, expect, test } from 'vitest'
import { xlsxCells } from '../browser/desk-files.ts'
import { administrator, at, type Browser, begin, type House, openHouse } from './people-district.ts'
import { workbook } from './places-files.ts'

let house: House
let admin: Browser
beforeAll(async () => {
  house = await openHouse()
  admin = await administrator(house)
})
afterAll(() => house?.stop())

async function upload(one: Browser, file: string | Buffer) {
  const form = new FormData()
  form.append('file', new Blob([file as BlobPart]), '名单.xlsx')
  const encoded = new Response(form)
  const body = Buffer.from(await encoded.arrayBuffer())
  return one.call('POST', '/districts/YX/people/import', body, { 'content-type': encoded.headers.get('content-type')! })
}

const heading = '用户名,姓名,手机,角色,范围'
const csv = (...rows: string[]) => [heading, ...rows].join('\n')
const count = async () => (await house.look(`select count(*)::int as n from people`)).rows[0]!.n

test('a list of staff becomes accounts with a slip each', async () => {
  const { status, body } = await upload(
    admin,
    csv(
      '示例zhang,张三,13912345678,街道干部,S01',
      'chen.jing,陈静,13911110001,街道干部,S01街道',
      'LiuYang,刘洋,,社区书记,C001',
      'sun,孙规划,139-1111-0002,社区规划师,C001、C003',
      'audit,钱审计,,审计员,全区',
      'zhou2,周副主任,,区级管理员,',
    ),
  )
  expect([status, body.wrong]).toEqual([200, []])
  expect(body.added.map(({ username, name }: never) => [username, name])).toEqual([
    ['chen.jing', '陈静'],
    ['liuyang', '刘洋'],
    ['sun', '孙规划'],
    ['audit', '钱审计'],
    ['zhou2', '周副主任'],
  ])
  const people = (await admin.call('GET', '/districts/YX/people')).body
  const grants = Object.fromEntries(
    people.map((one: { username: string; grants: unknown }) => [one.username, one.grants]),
  )
  expect(grants).toMatchObject({
    'chen.jing': [at('officer', 'S01')],
    sun: [at('planner', 'C001'), at('planner', 'C003')],
    zhou2: [at('administrator')],
  })
  await begin(house, body.added[0])
})

test('a workbook is read as well', async () => {
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`
  const row = (...texts: string[]) => `<row>${texts.map(cell).join('')}</row>`
  const sheet = `<sheetData>${row(...heading.split(','))}${row('wang', '王五', '', '入户员', 'C002')}</sheetData>`
  const { status, body } = await upload(admin, workbook(sheet))
  expect([status, body.wrong, body.added.length]).toEqual([200, [], 1])
})

test('one wrong row and nobody is added; every fault is named by row and column', async () => {
  const before = await count()
  const { status, body } = await upload(
    admin,
    csv(
      'good,好人,,社区书记,C001',
      'twice,甲,13911110009,社区书记,C001',
      'TWICE,乙,13911110009,社区书记,C002',
      'chen.jing,重名,,社区书记,C001',
      'x,短名,123,社区书记,C001',
      'nrole,某某,,书记官,C001',
      'nscope,某某,,社区书记,C999',
      'wrongscope,某某,,街道干部,C001',
      'noname,,,社区书记,C001',
      'formula,=1+1,,社区书记,C001',
      'phone,同号,13911110001,社区书记,C001',
    ),
  )
  expect(status).toBe(200)
  expect(body.added).toEqual([])
  expect(body.wrong.map(({ row, column }: never) => [row, column])).toEqual([
    [4, '用户名'],
    [4, '手机'],
    [5, '用户名'],
    [6, '用户名'],
    [6, '手机'],
    [7, '角色'],
    [8, '范围'],
    [9, '范围'],
    [10, '姓名'],
    [11, '姓名'],
    [12, '手机'],
  ])
  expect(await count()).toBe(before)
})

test('an officer imports within the own subdistrict alone', async () => {
  const slip = await admin.add('officer9', at('officer', 'S02'))
  const officer = await begin(house, slip)
  const refused = await upload(
    officer,
    csv('new1,新人,,社区书记,C003', 'new2,新人,,社区书记,C001', 'new3,新人,,审计员,全区'),
  )
  expect(refused.body.wrong.map(({ row, column }: never) => [row, column])).toEqual([
    [3, '角色'],
    [4, '角色'],
  ])
  expect((await upload(officer, csv('new1,新人,,社区书记,C003'))).body.added).toHaveLength(1)
})

test('what is no list is refused in words', async () => {
  for (const [file, status] of [
    ['nothing', 200],
    [csv(), 200],
    [Buffer.from([0, 1, 2, 3]), 422],
    ['姓名,手机\n张三,1', 200],
  ] as const) {
    const reply = await upload(admin, file)
    expect(reply.status).toBe(status)
    if (status === 200) expect(reply.body.wrong.length).toBeGreaterThan(0)
    else expect(reply.body.code).toBe('bad_import_file')
  }
})

test('the template names what the caller may fill in, and its example is skipped', async () => {
  const slip = await admin.add('officer8', at('officer', 'S02'))
  const officer = await begin(house, slip)
  const template = async (one: Browser) => {
    const reply = await house.app.inject({
      url: '/api/districts/YX/people/import/template',
      headers: { cookie: [...one.cookies].map((pair) => pair.join('=')).join('; '), 'sec-fetch-site': 'same-origin' },
    })
    expect(reply.statusCode).toBe(200)
    return reply.rawPayload
  }
  const own = await xlsxCells(await template(officer))
  expect(own.slice(0, 5)).toEqual(['用户名', '姓名', '手机', '角色', '范围'])
  expect(own).toEqual(expect.arrayContaining(['社区书记', 'S02街道', 'C003社区']))
  for (const foreign of ['街道干部', '区级管理员', 'S01街道', 'C001社区']) expect(own).not.toContain(foreign)
  expect(await xlsxCells(await template(admin))).toEqual(expect.arrayContaining(['街道干部', '区级管理员', 'C001社区']))
  const { body } = await upload(admin, await template(admin))
  expect(body.wrong).toMatchObject([{ message: expect.stringContaining('没有数据') }])
})

test('two hundred people come in at once', async () => {
  const rows = Array.from({ length: 200 }, (_, i) => `bulk${i},第${i}人,${13700000000 + i},入户员,C00${(i % 3) + 1}`)
  const started = performance.now()
  const { body } = await upload(admin, csv(...rows))
  expect(body.added).toHaveLength(200)
  expect(new Set(body.added.map(({ code }: { code: string }) => code)).size).toBe(200)
  expect(performance.now() - started).toBeLessThan(5_000)
})
