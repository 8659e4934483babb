import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { definition, numbers, submissionOf } from '../load/answers.ts'
import {
  administrator,
  at,
  type Browser,
  begin,
  type House,
  newPassword,
  openHouse,
  secure,
} from './people-district.ts'

let house: House
let first: Browser
let second: Browser
const area = '/districts/YX'
const drafts = `${area}/survey-drafts`
const day = 86_400_000
const later = (ms: number) => new Date(Date.now() + ms).toISOString()

beforeAll(async () => {
  house = await openHouse()
  first = await administrator(house)
  const slip = await first.add('li.second', at('administrator'))
  second = await begin(house, slip)
  await second.call('PUT', '/me/password', { current: 'Qing-Shan-7', password: newPassword })
  await secure(second, newPassword)
})
afterAll(() => house?.stop())

async function begun(body: object = { from: 'questionnaire' }) {
  const made = await first.call('POST', drafts, body)
  expect([made.status, made.body.code]).toEqual([201, undefined])
  return made.body
}
const saved = (by: Browser, draft: { survey: string }, more: object = {}) => {
  const { revision, title, definition, retentionDays } = { ...draft, ...more } as Record<string, unknown>
  return by.call('PUT', `${drafts}/${draft.survey}`, { revision, title, definition, retentionDays })
}
const published = async (survey: string) => {
  const { body } = await first.call('GET', `${drafts}/${survey}`)
  return await first.call('POST', `${drafts}/${survey}/publication`, { revision: body.revision })
}

describe('a draft', () => {
  test('of a new survey asks for the services of the district, can be published as it is, and is gone then', async () => {
    const draft = await begun()
    expect(draft).toMatchObject({ revision: 1, title: '社区嵌入式服务需求调查', updatedBy: '周主任', problems: [] })
    expect(draft.base).toBeUndefined()
    const needs = draft.definition.pages[1].elements[0]
    expect(needs.choices.map(({ value }: { value: string }) => value)).toContain('elder_care')
    expect((await first.call('GET', drafts)).body).toMatchObject([{ survey: draft.survey, updatedBy: '周主任' }])
    expect(await published(draft.survey)).toMatchObject({ status: 201, body: { survey: draft.survey, version: 1 } })
    expect((await first.call('GET', `${drafts}/${draft.survey}`)).status).toBe(404)
    const [listed] = (await first.call('GET', `${area}/surveys`)).body
    expect(listed).toMatchObject({ survey: draft.survey, status: 'open', version: 1 })
  })

  test('of the next version begins with the current one, and the published version stays as it is', async () => {
    const { survey } = (await first.call('GET', `${area}/surveys`)).body[0]
    const draft = await begun({ from: 'version', survey })
    expect(draft).toMatchObject({ survey, base: 1, problems: [] })
    draft.definition.pages[0].elements[1].title = '由谁来填？'
    expect((await saved(first, draft, { title: '新标题' })).body).toMatchObject({ revision: 2, title: '新标题' })
    expect((await first.call('GET', `${area}/surveys/${survey}`)).body.title).not.toBe('新标题')
    expect((await published(survey)).body).toEqual({ survey, version: 2 })
    const now = (await first.call('GET', `${area}/surveys/${survey}`)).body
    expect([now.title, now.definition.pages[0].elements[1].title]).toEqual(['新标题', '由谁来填？'])
  })

  test('is refused with what to do where the survey has one, is there already, or is not there', async () => {
    const { survey } = await begun({ from: 'definition', survey: 'one', definition: { pages: [] } })
    expect((await first.call('POST', drafts, { from: 'questionnaire', survey })).body.message).toContain('周主任在')
    const [{ survey: known }] = (await first.call('GET', `${area}/surveys`)).body
    expect((await first.call('POST', drafts, { from: 'questionnaire', survey: known })).body.code).toBe('survey_exists')
    expect((await first.call('POST', drafts, { from: 'version', survey: 'none' })).body.code).toBe('unknown_survey')
    expect((await first.call('DELETE', `${drafts}/${survey}?revision=1`)).body).toEqual({ discarded: true })
    expect((await first.call('DELETE', `${drafts}/${survey}?revision=1`)).body.code).toBe('unknown_draft')
  })

  test('of another district is as absent as one that never was', async () => {
    const { survey } = await begun()
    const answers = [`${drafts}/${survey}`, `${drafts}/never`].map((url) => url.replace('/YX/', '/LH/'))
    for (const url of answers) expect((await first.call('GET', url)).status).toBe(404)
    const never = await first.call('GET', `${drafts}/never`)
    expect([never.status, never.body.code]).toEqual([404, 'unknown_draft'])
    const officer = await begin(house, await first.add('wu.officer', at('officer', 'S01')))
    expect((await officer.call('GET', `${drafts}/${survey}`)).status).toBe(403)
  })

  test('that two people edit keeps what was saved first and tells the second who and when', async () => {
    const draft = await begun({ from: 'questionnaire', survey: 'two' })
    expect((await saved(second, draft, { title: '李的标题' })).status).toBe(200)
    const late = await saved(first, draft, { title: '周的标题' })
    expect([late.status, late.body.code]).toEqual([409, 'draft_changed'])
    expect(late.body.message).toMatch(/^li\.second同志在20\d\d年\d+月\d+日 \d\d:\d\d已经保存了别的修改/)
    for (const reply of [
      await first.call('DELETE', `${drafts}/two?revision=1`),
      await first.call('POST', `${drafts}/two/publication`, { revision: 1 }),
    ])
      expect(reply.body.code).toBe('draft_changed')
    const now = (await first.call('GET', `${drafts}/two`)).body
    expect(now).toMatchObject({ revision: 2, title: '李的标题', updatedBy: 'li.second同志' })
    const both = await Promise.all([saved(first, now, { title: '甲' }), saved(second, now, { title: '乙' })])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  test('does not silently take away what somebody published after it was made', async () => {
    const survey = 'moved'
    await begun({ from: 'definition', survey, definition })
    expect((await published(survey)).status).toBe(201)
    const draft = await begun({ from: 'version', survey })
    await second.call('POST', `${area}/surveys/${survey}/versions`, { title: '另一版', definition })
    const publish = (more: object = {}) =>
      first.call('POST', `${drafts}/${survey}/publication`, { revision: draft.revision, ...more })
    for (const late of [await publish(), await publish({ over: 1 })]) {
      expect([late.status, late.body.code]).toEqual([409, 'draft_outdated'])
      expect(late.body.message).toMatch(/^li\.second同志在20.*发布了第 2 版，这份草稿是照第 1 版改的/)
    }
    const now = (await first.call('GET', `${drafts}/${survey}`)).body
    expect([now.base, now.current]).toEqual([1, 2])
    expect((await publish({ over: 2 })).body).toEqual({ survey, version: 3 })

    await begun({ from: 'definition', survey: 'taken', definition })
    await second.call('POST', `${area}/surveys/taken/versions`, { title: '同名的', definition })
    expect((await published('taken')).body.code).toBe('draft_outdated')
  })

  test('is kept although it cannot be published, with what is wrong by question', async () => {
    const draft = await begun({ from: 'questionnaire', survey: 'wrong' })
    draft.definition.pages[2].elements[0].visibleIf = "{nobody} = '1'"
    draft.definition.pages[0].elements[3].choices = []
    const kept = await saved(first, draft)
    expect(kept.status).toBe(200)
    expect(kept.body.problems.map(({ at }: { at: string }) => at)).toContain('age')
    const refused = await published('wrong')
    expect([refused.status, refused.body.code]).toEqual([422, 'survey_not_publishable'])
    expect(refused.body.details).toEqual(expect.arrayContaining([expect.objectContaining({ at: 'age' })]))
    expect((await first.call('GET', `${drafts}/wrong`)).body.revision).toBe(2)
  })

  test('as large as a file may be is read at once, whatever is in it', async () => {
    const choices = Array.from({ length: 10_000 }, (_, at) => `选项${at}`)
    const element = { type: 'checkbox', name: 'many', title: '<'.repeat(300_000), choices }
    const began = performance.now()
    const draft = await begun({ from: 'definition', survey: 'large', definition: { pages: [{ elements: [element] }] } })
    expect(performance.now() - began).toBeLessThan(2_000)
    expect(JSON.stringify(draft.problems)).toContain('选项超过 500 个')
  })

  test('is no draft where nothing in it can be edited', async () => {
    const deep = JSON.parse(`${'{"a":'.repeat(60)}1${'}'.repeat(60)}`)
    for (const definition of [[], 'text', null, { pages: [{ toString: 1 }] }, deep]) {
      const { status, body } = await first.call('POST', drafts, { from: 'definition', definition })
      expect([status, body.code]).toEqual([422, 'bad_draft'])
    }
    const broken = await house.app.inject({
      ...{ method: 'POST', url: `/api${drafts}`, payload: '{"from": "definition", ' },
      headers: { 'content-type': 'application/json', authorization: 'Bearer a-key-for-tests-only-0001' },
    })
    expect([broken.statusCode, broken.json().code]).toEqual([400, 'malformed'])
  })
})

describe('a survey', () => {
  const url = `${area}/surveys/dated`
  const random = numbers(3)
  const put = (body: object) => first.call('PUT', `${url}/status`, body)
  const status = async () => (await first.call('GET', url)).body.status
  const sent = (more: object = {}) => {
    const submission = submissionOf(random, ['C001'], more, false)
    return house.browser().call('POST', `${url}/responses`, submission)
  }
  const seen = async () => {
    const [link] = (await first.call('GET', `${url}/links`)).body
    return (await house.browser().call('GET', `/s/${link.code}`)).body
  }
  const devices = async () =>
    (await house.look(`select count(*)::int as n from responses where device_hash is not null`)).rows[0].n
  beforeAll(async () => {
    await begun({ from: 'definition', survey: 'dated', definition })
    expect((await published('dated')).status).toBe(201)
  })

  test('that is paused takes nothing in and says so, until it goes on', async () => {
    expect((await put({ status: 'paused' })).status).toBe(200)
    expect([await status(), (await seen()).status]).toEqual(['paused', 'paused'])
    const { status: code, body } = await sent()
    expect([code, body.code]).toEqual([403, 'survey_paused'])
    await put({ status: 'open' })
    expect((await sent({ device: 'phone-1' })).status).toBe(201)
    expect(await devices()).toBe(1)
  })

  test('opens on its day, and tells until then which', async () => {
    const opensAt = later(2 * day)
    await put({ status: 'open', opensAt })
    expect(await seen()).toMatchObject({ status: 'scheduled', opensAt })
    const early = (await sent()).body
    expect([early.code, early.message]).toEqual(['survey_not_yet_open', expect.stringMatching(/20\d\d年.*开始/)])
    await put({ status: 'open', opensAt: null })
    expect(await status()).toBe('open')
  })

  test('is given no day that makes no sense', async () => {
    for (const body of [
      { opensAt: later(2 * day), closesAt: later(day) },
      { closesAt: later(-day) },
      { closesAt: '0000-01-01T00:00:00Z' },
      { opensAt: '9999-12-31T23:59:59Z' },
    ]) {
      const { status, body: answer } = await put({ status: 'open', ...body })
      expect([status, answer.code]).toEqual([422, 'bad_dates'])
    }
  })

  test('closes on its day by itself: device hashes go, retention begins, and nothing more is taken in', async () => {
    await put({ status: 'open', closesAt: later(day) })
    const closesAt = later(1_500)
    await put({ status: 'open', closesAt })
    expect((await sent()).status).toBe(201)
    await sleep(1_600)
    expect((await sent()).body.code).toBe('survey_closed')
    expect(await status()).toBe('closed')
    await vi.waitFor(async () => expect(await devices()).toBe(0), 12_000)
    const { rows } = await house.look(`select status, closed_at from surveys where code = 'dated'`)
    expect(rows).toEqual([{ status: 'closed', closed_at: new Date(closesAt) }])
    const entries = await house.look(`select actor, after from audit_entries where action = 'survey:close'`)
    expect(entries.rows).toEqual([{ actor: 'system', after: '{"status":"closed"}' }])
    expect((await put({ status: 'open' })).status).toBe(200)
    expect((await sent()).status).toBe(201)
  }, 30_000)
})
