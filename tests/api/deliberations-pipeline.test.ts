import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BriefEntry } from '../../shared/briefs/api.ts'
import type { Facts } from '../../shared/briefs/facts.ts'
import { lookUp } from '../../shared/briefs/figures.ts'
import { world } from '../../shared/briefs/world.ts'
import type { Choice } from '../../shared/deliberations/kinds.ts'
import type { Question } from '../../shared/deliberations/questions-api.ts'
import { staff } from '../setup/app.ts'
import { sectionOf } from '../unit/briefs/facts.ts'
import { figuresOf } from '../unit/briefs/figures.ts'
import { type OpenBriefs, openBriefs, read } from './briefs-district.ts'
import { forum } from './deliberations-plans.ts'

const base = '/api/districts/YX'
let district: OpenBriefs

beforeAll(async () => {
  district = await openBriefs()
  await district.send('C001', 40)
  await district.refreshed()
}, 120_000)
afterAll(() => district?.stop())

// biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
async function must(method: string, path: string, body?: unknown, headers: object = staff): Promise<any> {
  const reply = await district.call(method, `${base}${path}`, body, headers)
  if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`)
  return reply.body
}

/** An open room with so many phones in it. */
async function meet(people: number, title = '大家缺什么') {
  const { id } = await must('POST', '/deliberations', { id: randomUUID(), community: 'C001', plan: forum({ title }) })
  const path = `/deliberations/${id}`
  await must('PUT', `${path}/status`, { status: 'open' })
  const tickets: string[] = []
  for (let i = 0; i < people; i += 1) {
    tickets.push(randomBytes(32).toString('base64url'))
    await must('POST', `${path}/attendance`, { participant: randomUUID(), ticket: tickets[i] }, {})
  }

  const say = async (text: string, service?: string): Promise<string> => {
    const said = await must('POST', `${path}/statements/taken`, { id: randomUUID(), text })
    if (service) await must('PUT', `${path}/statements/${said.id}/service`, { service })
    return said.id
  }
  /** Puts a question, lets the first ones agree and the next ones disagree, and closes it. */
  const decide = async (more: object, agree: number, disagree: number, subjects?: string[]): Promise<Question> => {
    const wish = { id: randomUUID(), item: null, options: [], picks: 0, secret: false, quorum: null, requirement: null }
    await must('POST', `${path}/questions`, { ...wish, ...more })
    await must('PUT', `${path}/questions/${wish.id}/state`, { state: 'open' })
    for (const [at, ticket] of tickets.slice(0, agree + disagree).entries()) {
      const choice: Choice = at < agree ? 'agree' : 'disagree'
      const votes = (subjects ?? [wish.id]).map((subject) => ({ id: randomUUID(), subject, choice }))
      await must('POST', `${path}/questions/${wish.id}/votes`, { ticket, votes }, {})
    }
    return await must('PUT', `${path}/questions/${wish.id}/state`, { state: 'closed' })
  }
  const resolve = (title: string, requirement: object | null, agree: number, disagree: number, more: object = {}) =>
    decide({ kind: 'motion', title, rule: 'simple', requirement, ...more }, agree, disagree)
  const weigh = (options: string[], agree: number, disagree: number) =>
    decide(
      { kind: 'opinion', title: '逐条表态', rule: null, options: options.map((id) => ({ id, text: '-' })) },
      agree,
      disagree,
      options,
    )
  const close = () => must('PUT', `${path}/status`, { status: 'closed' })
  return { id, path, say, weigh, resolve, close, tickets }
}

const voices = async () => (await must('GET', '/communities/C001/demand')).voices?.services
const inTable = async () => {
  const { communities } = await must('GET', '/demand')
  return communities.find((one: { area: { code: string } }) => one.area.code === 'C001').voices.services
}

async function briefOf(site: string, audience = 'staff') {
  const entry = await district.edition(site, audience)
  const document = read(await district.file(entry))
  return { entry, document, text: sectionOf(document, '议事情况'), reasons: sectionOf(document, '列入的理由') }
}

async function factsOf({ site, audience, edition }: BriefEntry): Promise<Facts> {
  const { rows } = await district.pool.query(
    'SELECT facts FROM briefs WHERE district_id = 1 AND site_code = $1 AND audience = $2 AND edition = $3',
    [site, audience, edition],
  )
  return JSON.parse(rows[0].facts)
}

test('what a closed deliberation says stands beside the shares of the survey and changes none of them', async () => {
  const before = await must('GET', '/communities/C001/demand')
  expect(before.voices).toBeUndefined()
  const room = await meet(12)
  const canteen = await room.say('一楼建食堂', 'community_meals')
  const same = await room.say('要有个食堂', 'community_meals')
  const meals = await room.say('老人送餐', 'community_meals')
  await room.say('随便说说')
  await must('PUT', `${room.path}/statements/${same}/merged`, { into: canteen })
  await room.weigh([canteen, meals], 9, 2)
  expect(await voices()).toBeUndefined()
  await room.close()
  const said = [{ service: 'community_meals', statements: 2, agree: 18, disagree: 4, resolved: 0 }]
  expect(await voices()).toEqual(said)
  expect(await inTable()).toEqual(said)
  const { voices: found, ...after } = await must('GET', '/communities/C001/demand')
  expect(after).toEqual(before)
  expect(found.inputs).toEqual([expect.stringMatching(/^deliberations:\d{6}@/)])
  expect((await must('GET', '/communities/C002/demand')).voices).toBeUndefined()
})

test('a statement that is coded after the meeting is noticed', async () => {
  const room = await meet(1)
  const text = await room.say('路灯太暗')
  await room.close()
  expect((await voices()).map(({ service }: { service: string }) => service)).toEqual(['community_meals'])
  await must('PUT', `${room.path}/statements/${text}/service`, { service: 'fitness' })
  expect((await voices()).map(({ service }: { service: string }) => service)).toContain('fitness')
  expect(await inTable()).toEqual(await voices())
})

test('a passed resolution puts its function on its site, and one that failed, had no quorum or was voided does not', async () => {
  const wanted = { site: 'S2', function: 'meeting_hall' }
  const room = await meet(12, '门面房怎么用')
  await room.resolve('门面房设议事厅', wanted, 2, 9)
  await room.resolve('门面房设议事厅', wanted, 9, 2, { quorum: { of: 'attendance', share: 1 } })
  const voided = await room.resolve('门面房设议事厅', wanted, 9, 2)
  await must('PUT', `${room.path}/questions/${voided.id}/state`, { state: 'void', reason: '题目写错了' })
  await room.close()
  const without = await briefOf('S2')
  expect(without.text).toContain('未获通过')
  expect(without.text).toContain('表决无效')
  expect(without.reasons).not.toContain('决议')

  const again = await meet(14, '门面房再议')
  await again.resolve('门面房设议事厅', wanted, 12, 2)
  expect((await briefOf('S2')).reasons).not.toContain('决议')
  await again.close()
  const brief = await briefOf('S2')
  expect(brief.text).toMatch(/，C001社区召开需求座谈会“门面房再议”，14人到会/)
  expect(brief.text).toContain(
    '12人赞成、2人反对、0人弃权，决议通过。按照决议，本点位应设置议事厅/多功能厅，已列入建设清单。',
  )
  expect(brief.reasons).toMatch(/议事厅\/多功能厅：按照\d+年\d+月\d+日需求座谈会的决议“门面房设议事厅”的要求设置/)
  expect((await voices()).find(({ service }: { service: string }) => service === 'culture').resolved).toBe(1)

  const sister = await briefOf('S1')
  expect(sister.text).toContain('按照决议，临街/门面应设置议事厅/多功能厅')
  expect(sister.reasons).not.toContain('决议')
  const other = await district.edition('S3')
  expect(JSON.stringify(read(await district.file(other)))).not.toContain('议事情况')
})

test.each(['staff', 'public'])('every number of the %s edition is found again where it came from', async (audience) => {
  const { entry, document, text } = await briefOf('S2', audience)
  const figures = figuresOf(document).filter(({ source }) => source.of === 'deliberation')
  expect(figures.length).toBeGreaterThan(5)
  const again = world(await factsOf(entry), audience as 'staff')
  for (const { value, source } of figures) {
    expect(lookUp(again, source.of, source.path)).toBe(value)
    expect(source.inputs[0]).toMatch(/^deliberations:YX\/\d{6}@/)
  }
  if (audience === 'public') {
    expect(text).toContain('10–19人赞成、1–9人反对、0人弃权，决议通过')
    expect(JSON.stringify(await factsOf(entry))).not.toContain('一楼建食堂')
  } else expect(text).toContain('“一楼建食堂”：9人赞成、2人反对、0人弃权。')
})
