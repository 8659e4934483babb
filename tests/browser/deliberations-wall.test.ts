import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { forDistrict } from '../../server/db/database.ts'
import type { OpinionGroups, OpinionOutcome, RoomQuestion } from '../../shared/deliberations/room.ts'
import { base, type Deliberations, openDeliberations, type Phone } from '../api/deliberations-district.ts'
import { listen, openBrowser, pc, seriousFaults, type Visitor, visitor } from '../setup/browser.ts'

let house: Deliberations
let browser: Browser
let wall: Visitor
let page: Page
let url: string
let id: string
let code: string
let phones: Phone[]
beforeAll(async () => {
  browser = await openBrowser()
  house = await openDeliberations({ publicUrl: 'https://yixu.example.gov.cn' })
  url = await listen(house.app)
  const planned = await house.open()
  id = planned.id
  code = planned.code
  phones = await Promise.all(Array.from({ length: 9 }, () => house.phone(id)))
  wall = await visitor(browser, { ...pc, viewport: { width: 1920, height: 1080 } })
  page = wall.page
  await page.goto(`${url}/screen/YX/${id}`)
})
afterAll(async () => {
  await wall?.context.close()
  await browser?.close()
  await house?.stop()
})

const desk = (method: string, path: string, body: unknown) =>
  house.must(method, `${base}/${id}/${path}`, body, house.secretary)

/** Whoever sits ten metres away can read all of it, and nothing is cut off. */
async function isReadable(name: string): Promise<void> {
  const { SHOTS } = process.env
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `wall-${name}.png`) })
  expect(await seriousFaults(page)).toEqual([])
  const found = await page.evaluate(() => {
    const shown = [...document.querySelectorAll<HTMLElement>('.wall *')].filter(
      (one) =>
        !one.closest('.unseen, svg') &&
        [...one.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim()),
    )
    const sizes = shown.map((one) => Number.parseFloat(getComputedStyle(one).fontSize))
    const results = shown.filter((one) => one.closest('.wall-sentence, .wall-bars, .wall-counts'))
    const main = document.querySelector('main')!
    return {
      smallest: Math.min(...sizes),
      smallestResult: Math.min(...results.map((one) => Number.parseFloat(getComputedStyle(one).fontSize))),
      cut: main.scrollHeight - main.clientHeight,
      wide: document.documentElement.scrollWidth,
    }
  })
  expect(found.smallest).toBeGreaterThanOrEqual(36)
  expect(found.smallestResult).toBeGreaterThanOrEqual(48)
  expect(found.cut).toBeLessThanOrEqual(0)
  expect(found.wide).toBeLessThanOrEqual(1920)
}

const sees = (text: string | RegExp) => page.getByText(text).first().waitFor()

test('before anything is said the wall tells how to come in, and loads nothing of the desk', async () => {
  await sees('说说您的想法')
  await sees(code)
  await sees('9')
  await page.getByRole('img', { name: `二维码，手机扫码进入房间 ${code}` }).waitFor()
  const found = await house.must('GET', `/districts/YX/rooms/${code}`, undefined, {})
  expect(found.address).toBe(`https://yixu.example.gov.cn/m/YX/${code}`)
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
  expect(loaded.filter((name) => /antd|\/index-/.test(name))).toEqual([])
  await isReadable('beginning')
})

test('it follows the agenda, the speakers and what is said', async () => {
  const room = await house.must('GET', `${base}/${id}/room`, undefined, {})
  await desk('PUT', 'item', { item: room.items[1].id })
  await sees('收集意见')
  const speakers = [randomUUID(), randomUUID()]
  for (const [at, speaker] of speakers.entries())
    await house.must('POST', `${base}/${id}/speakers`, { id: speaker, ticket: phones[at]!.ticket }, {})
  await desk('PUT', `speakers/${speakers[0]}`, { state: 'speaking' })
  await sees(/正在发言/)
  await sees(/接下来/)
  await desk('POST', 'statements/taken', { id: randomUUID(), text: '路灯坏了三个月，晚上老人不敢下楼。' })
  await sees('路灯坏了三个月，晚上老人不敢下楼。')
  const texts = [
    '想要一个食堂',
    '老人走不动，食堂最好送到家里，价钱不要比外面贵。'.repeat(4),
    '停车的地方太少，消防通道都停满了。'.repeat(8),
  ]
  for (const text of texts) await desk('POST', 'statements/taken', { id: randomUUID(), text })
  await sees(texts[2]!)
  await isReadable('statements')
  await page.keyboard.press('ArrowRight')
  await sees('路灯坏了三个月，晚上老人不敢下楼。')
  await isReadable('statements-next')
})

test('while a vote is open only its turnout is seen, then how it ended in a sentence, in bars and as a table', async () => {
  const motion = randomUUID()
  const asked = { title: '把原锅炉房改成社区食堂', item: null, options: [], picks: 0, secret: false, requirement: null }
  const quorum = { of: 'attendance', share: 0.5 }
  await desk('POST', 'questions', { id: motion, kind: 'motion', ...asked, rule: 'simple', quorum })
  await desk('PUT', `questions/${motion}/state`, { state: 'open' })
  await sees('正在表决 · 决议表决 · 赞成多于反对即通过')
  for (const [at, { ticket }] of phones.slice(0, 7).entries()) {
    const choice = at < 5 ? 'agree' : at === 5 ? 'disagree' : 'pass'
    const votes = [{ id: randomUUID(), subject: motion, choice }]
    await house.must('POST', `${base}/${id}/questions/${motion}/votes`, { ticket, votes }, {})
  }
  await sees('9 人到会，已有 7 人投票。')
  expect(await page.locator('main').textContent()).not.toMatch(/人赞成/)
  await isReadable('vote')
  await desk('PUT', `questions/${motion}/state`, { state: 'closed' })
  await sees(/5 人赞成，1 人反对，1 人弃权，决议通过/)
  const table = page.getByRole('table', { name: '“把原锅炉房改成社区食堂”的结果' })
  expect(await table.getByRole('row').last().textContent()).toBe('合计7511')
  await isReadable('motion')
})

test('opinions stand in the order of consensus, and groups where there are any', async () => {
  const { statements } = await house.must('GET', `${base}/${id}/room`, undefined, {})
  const options = statements.map(({ id, text }: { id: string; text: string }) => ({ id, text: text.slice(0, 100) }))
  const question = randomUUID()
  const asked = { title: '这些意见您赞成吗', item: null, options, picks: 0, secret: false, requirement: null }
  await desk('POST', 'questions', { id: question, kind: 'opinion', ...asked, rule: null, quorum: null })
  await desk('PUT', `questions/${question}/state`, { state: 'open' })
  await sees('正在表决 · 逐条表态')
  for (const [at, { ticket }] of phones.entries()) {
    const votes = options.map(({ id }: { id: string }, option: number) => {
      return { id: randomUUID(), subject: id, choice: at % (option + 2) === 0 ? 'disagree' : 'agree' }
    })
    await house.must('POST', `${base}/${id}/questions/${question}/votes`, { ticket, votes }, {})
  }
  await desk('PUT', `questions/${question}/state`, { state: 'closed' })
  await sees(/9 人对 4 条意见表态/)
  await isReadable('opinions')
  await withGroups(question)
  // What a room shows is read anew when it has told something.
  await desk('PUT', 'item', { item: null })
  await page.reload()
  await sees(/9 人对 4 条意见表态/)
  const groups = page.getByText('看法相近的分成 2 组')
  for (let turned = 0; turned < 6 && !(await groups.isVisible()); turned += 1) {
    await page.keyboard.press('ArrowLeft')
    await sleep(100)
  }
  await groups.waitFor()
  await page.getByRole('table', { name: '看法相近的几组' }).waitFor()
  await isReadable('groups')
  expect(wall.faults).toEqual([])
})

test('where the stream does not get through, a screen asks instead', async () => {
  const other = await visitor(browser, { ...pc, viewport: { width: 1920, height: 1080 } })
  let streams = 0
  await other.context.route(/\/stream\?/, (route) => {
    streams += 1
    return route.abort()
  })
  await other.page.goto(`${url}/screen/YX/${id}`)
  await other.page.getByText(code).waitFor()
  await desk('POST', 'statements/taken', { id: randomUUID(), text: '信号不好也要看得见' })
  await other.page.getByText('信号不好也要看得见').waitFor({ timeout: 8_000 })
  expect(await other.page.getByText('网络断了').count()).toBe(0)
  expect(streams).toBeGreaterThan(0)
  await other.context.close()
})

/** The question once it was looked for groups in it, which comes a moment after closing. */
async function judged(question: string): Promise<{ outcome: OpinionOutcome; options: RoomQuestion['options'] }> {
  for (;;) {
    const { questions } = await house.must('GET', `${base}/${id}/room`, undefined, {})
    const found = questions.find((one: RoomQuestion) => one.id === question)
    if (found.outcome.withoutGroups !== null) return found
    await sleep(100)
  }
}

/** Nine people are too few for groups, which are worked out elsewhere: here it is seen how they look. */
async function withGroups(question: string): Promise<void> {
  const { outcome, options } = await judged(question)
  const group = (size: number, at: number, agrees: boolean): OpinionGroups['groups'][number] => {
    const representative = options
      .slice(0, 2)
      .map(({ id }: { id: string }) => ({ option: id, agrees, share: 0.9, of: size, ratio: 2 }))
    return { size, centre: [at, 0], representative }
  }
  const points: OpinionGroups['points'] = Array.from({ length: 40 }, (_, i) => {
    const side = i % 2
    return [(side ? 1 : -1) * (1 + (i % 7) / 10), ((i % 5) - 2) / 4, side]
  })
  const groups: OpinionGroups = {
    ...{ k: 2, silhouettes: [{ k: 2, silhouette: 0.6 }], stability: 0.9, seed: 1, engine: 'test', points },
    groups: [group(20, -1, true), group(20, 1, false)],
  }
  await forDistrict(house.app.db, 1)
    .updateTable('questions')
    .set({ outcome: JSON.stringify({ ...outcome, groups, withoutGroups: null }) })
    .where('district_id', '=', 1)
    .where('id', '=', question)
    .execute()
}
