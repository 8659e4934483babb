import { randomBytes, randomUUID } from 'node:crypto'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BriefEntry } from '../../shared/briefs/api.ts'
import type { Facts } from '../../shared/briefs/facts.ts'
import { lookUp } from '../../shared/briefs/figures.ts'
import { world } from '../../shared/briefs/world.ts'
import { asking, key, staff } from '../setup/app.ts'
import { signedIn } from '../setup/people.ts'
import { sectionOf } from '../unit/briefs/facts.ts'
import { figuresOf } from '../unit/briefs/figures.ts'
import { readPdf } from '../unit/documents/pdf-reader.ts'
import { type OpenBriefs, openBriefs, read } from './briefs-district.ts'

const base = '/api/districts/YX'
const title = '微心愿与新就业群体'
let district: OpenBriefs
let before: { whole: object; brief: string }

beforeAll(async () => {
  district = await openBriefs()
  await district.send('C001', 40)
  await district.refreshed()
  const document = await district.file(await district.edition('S2'))
  before = { whole: await must('GET', '/communities/C001/demand'), brief: String(document.bytes) }
}, 120_000)
afterAll(() => district?.stop())

// biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
async function must(method: string, path: string, body?: unknown, headers: object = staff): Promise<any> {
  const reply = await district.call(method, `${base}${path}`, body, headers)
  if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`)
  return reply.body
}

const ticket = () => randomBytes(32).toString('base64url')

/** A wish that staff post for somebody, and put on the board. */
async function wish(text: string, more: object = {}) {
  const id = randomUUID()
  const wanted = { kind: 'place', text, where: { words: '南门这一段路', point: null }, cost: 'none', neededBy: null }
  const given = { id, community: 'C001', service: 'community_meals', contact: '13900000001', ...wanted, ...more }
  const { number } = await must('POST', '/wishes', given)
  return { id, number: number as number }
}
const decide = (id: string, decision: object) => must('PUT', `/wishes/${id}/moderation`, { revision: 1, ...decision })
const approved = async (...of: Parameters<typeof wish>) => {
  const made = await wish(...of)
  await decide(made.id, { decision: 'approve' })
  return made
}
const join = (id: string, by = ticket()) => must('POST', `/wishes/${id}/supporters`, { ticket: by }, {})

const said = async () => (await must('GET', '/communities/C001/demand')).wishes
const inTable = async () => {
  const { communities } = await must('GET', '/demand')
  return communities.find((one: { area: { code: string } }) => one.area.code === 'C001').wishes
}

async function briefOf(site: string, audience = 'staff') {
  const entry = await district.edition(site, audience)
  const document = read(await district.file(entry))
  return { entry, document, text: sectionOf(document, title) }
}

async function factsOf({ site, audience, edition }: BriefEntry): Promise<Facts> {
  const { rows } = await district.pool.query(
    'SELECT facts FROM briefs WHERE district_id = 1 AND site_code = $1 AND audience = $2 AND edition = $3',
    [site, audience, edition],
  )
  return JSON.parse(rows[0].facts)
}

test('a wish for a place stands beside the shares once it is approved, and one supporter more is one more', async () => {
  const rest = await wish('有个地方歇脚')
  expect(await said()).toBeUndefined()
  await decide(rest.id, { decision: 'approve' })
  const told = (wishes: number, people: number, ...of: number[]) => [
    { service: 'community_meals', wishes, people, inputs: [`wishes:${of.join('+')}`] },
  ]
  expect((await said()).services).toEqual(told(1, 1, rest.number))
  const one = ticket()
  await join(rest.id, one)
  await join(rest.id, one)
  expect((await said()).services).toEqual(told(1, 2, rest.number))
  await join(rest.id)
  expect((await said()).services).toEqual(told(1, 3, rest.number))
  expect(await inTable()).toEqual(await said())

  const canteen = await approved('食堂晚点关门')
  await join(canteen.id, one)
  await approved('画一张小区地图', { service: null })
  await approved('想要一双手套', { kind: 'goods' })
  expect((await said()).services).toEqual(told(2, 5, rest.number, canteen.number))
  const { wishes, ...after } = await must('GET', '/communities/C001/demand')
  expect(after).toEqual(before.whole)
  expect((await must('GET', '/communities/C002/demand')).wishes).toBeUndefined()
})

test('whoever wished the same and was merged is one person more, whoever wanted both is not', async () => {
  const { people } = (await said()).services[0]
  const [same, double] = [await approved('歇脚的地方也要有'), ticket()]
  const { rows } = await district.pool.query(`select id from wishes where text = '有个地方歇脚'`)
  await join(same.id, double)
  await join(rows[0].id, double)
  await decide(same.id, { revision: 2, decision: 'merge', into: rows[0].id })
  // The same number to call was left for both: it is the same wisher.
  expect((await said()).services[0].people).toBe(people + 1)
})

test('the brief tells of wishes, and one supporter more is one more', async () => {
  const { text, document } = await briefOf('S2')
  expect(text).toMatch(/C001社区审核通过微心愿4个，其中待认领4个、办理中0个、已办结0个。/)
  expect(text).toMatch(/^物品 1 0 0 1\n场所 3 0 0 3$/m)
  expect(text).toMatch(/^1 有个地方歇脚 南门这一段路 4 .*餐.* 待认领$/m)
  expect(text).toMatch(/^3 画一张小区地图 南门这一段路 1 — 待认领$/m)
  const { rows } = await district.pool.query(`select id from wishes where number = 3`)
  await join(rows[0].id)
  expect((await briefOf('S2')).text).toMatch(/^3 画一张小区地图 南门这一段路 2 — 待认领$/m)
  const old = JSON.parse(before.brief)
  const others = (of: typeof document) =>
    of.blocks.map((block) => JSON.stringify(block)).filter((block) => !/微心愿|心愿台账/.test(block))
  const missing = others(old).filter((block) => !others(document).includes(block))
  expect(missing.filter((block) => !block.includes('答卷统计表'))).toEqual([])
  expect(JSON.stringify(read(await district.file(await district.edition('S3'))))).not.toContain('微心愿')
})

test('what was claimed and fulfilled is told, by whom', async () => {
  const sponsor = { id: randomUUID(), name: '和平里志愿队', fallbackFor: null, limit: 5, active: true }
  await must('POST', '/sponsors', sponsor)
  const grants = [{ role: 'sponsor' as const, level: 'community' as const, code: 'C001' }]
  const ask = asking(district.running.app)
  const member = await signedIn(ask, { key, district: 'YX' }, { username: 'zhiyuan', name: '志愿者', grants })
  await must('PUT', `/sponsors/${sponsor.id}/members`, { people: [member.id] })
  const { rows } = await district.pool.query(`select id, number from wishes where kind = 'goods'`)
  const [{ id, number }] = rows
  await must('POST', `/wishes/${id}/claims`, { id: randomUUID() }, member.headers)
  expect((await briefOf('S2')).text).toMatch(/^物品 0 1 0 1$/m)
  await district.pool.query(`update claims set ended = 'fulfilled', ended_at = now() where wish_id = $1`, [id])
  await district.pool.query(`update wishes set state = 'fulfilled', fulfilled_at = now() where id = $1`, [id])
  const { text, document } = await briefOf('S2')
  expect(text).toContain('已办结1个。已办结的，和平里志愿队办结1个。')
  const figure = figuresOf(document).find(({ source }) => source.path.includes('和平里志愿队'))
  expect(figure?.source.inputs).toEqual([`wishes:YX/${number}`])
})

test.each(['staff', 'public'])('every number of the %s edition is found again where it came from', async (audience) => {
  const { entry, document, text } = await briefOf('S2', audience)
  const figures = figuresOf(document).filter(({ source }) => source.of === 'wish')
  expect(figures.length).toBeGreaterThan(15)
  const again = world(await factsOf(entry), audience as 'staff')
  for (const { value, source } of figures) {
    expect(lookUp(again, source.of, source.path)).toBe(value)
    expect(source.inputs[0]).toMatch(/^wishes:YX\/[\d+-]+$/)
  }
  if (audience === 'public') expect(text).toMatch(/^1 有个地方歇脚 南门这一段路 1–9 .*餐.* 待认领$/m)
  else {
    // Counted anew from the wishes and supporters themselves.
    const { rows } = await district.pool.query(
      `select number, 1 + (select count(distinct supporter_hash) from wish_supporters where wish_id = id)::integer as people
       from wishes where kind = 'place' and state = 'open'`,
    )
    for (const { number, people } of rows) {
      const found = figures.find(({ source }) => source.path.join('/') === `places/${number}号/people`)
      expect(found).toMatchObject({ value: people, source: { inputs: [`wishes:YX/${number}`] } })
    }
    expect(rows.length).toBe(3)
  }
})

test('every form of the brief has the section', async () => {
  const entry = await district.edition('S2')
  const pdf = readPdf((await district.file(entry, 'pdf')).bytes)
  const printed = pdf.pages
    .map(({ text }) => text)
    .join('')
    .replace(/\s/g, '')
  expect(printed).toContain(title)
  expect(printed).toContain('有个地方歇脚')
  const book = new ExcelJS.Workbook()
  await book.xlsx.load((await district.file(entry, 'xlsx')).bytes as never)
  expect(book.worksheets.some(({ name }) => name.includes('场所类微心愿'))).toBe(true)
  const { status, bytes } = await district.file(entry, 'docx')
  expect([status, bytes.subarray(0, 2).toString()]).toEqual([200, 'PK'])
})
