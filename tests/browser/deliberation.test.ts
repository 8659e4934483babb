import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { expect, test } from 'vitest'
import { base as deliberations, openDeliberations } from '../api/deliberations-district.ts'
import { forum } from '../api/deliberations-plans.ts'
import {
  isForEverybody,
  listen,
  looksWell,
  openBrowser,
  pc,
  seriousFaults,
  type Visitor,
  visitor,
} from '../setup/browser.ts'
import { docxWords, pdfWords } from './desk-files.ts'
import { forAllTests } from './for-all-tests.ts'

const house = forAllTests(async () => {
  const browser = await openBrowser()
  const opened = await openDeliberations()
  const url = await listen(opened.app)
  const stop = async () => {
    await browser.close()
    await opened.stop()
  }
  return { ...opened, browser, url, stop }
})

const wide = { ...pc, viewport: { width: 1920, height: 1080 } }
const OFFLINE_MS = 60_000
const EVENING_MS = 240_000

/** What the secretary writes down while people talk, and what is written on phones, in the order of being said. */
const spoken = [
  '1 想要一个食堂',
  '2 食堂放在一楼',
  '想要老人日间照料',
  '3 孩子放学没人管',
  '电动车没处充电',
  '1 晚上活动室太吵',
]
const written = ['楼道要装扶手', '希望办社区食堂', '路灯太暗']
const writtenOffline = '门口缺一张长椅'

/** Everything as the database has it, for what the minutes say. */
async function recorded(id: string) {
  const rows = async (text: string) => (await house.look(text.replaceAll('$id', `'${id}'`))).rows
  const [present] = await rows(`SELECT count(*) FILTER (WHERE channel = 'phone')::int AS phone,
    count(*) FILTER (WHERE channel = 'seat')::int AS seat FROM participants WHERE deliberation_id = $id AND left_at IS NULL`)
  const [said] = await rows(`SELECT count(*)::int AS n, count(*) FILTER (WHERE state = 'merged')::int AS merged
    FROM statements WHERE deliberation_id = $id`)
  const questions = await rows(
    `SELECT id, kind, state, outcome FROM questions WHERE deliberation_id = $id ORDER BY created_at`,
  )
  return { present, said, questions }
}

const arrive = async (page: Page, code: string) => {
  await page.goto(`${house.url}/m/YX/${code}`)
  await page.getByRole('button', { name: '签到', exact: true }).click()
  await page.getByRole('heading', { name: '写一条意见' }).or(page.getByLabel('写一条意见')).first().waitFor()
}

const write = async (page: Page, text: string) => {
  await page.getByLabel('写一条意见').fill(text)
  await page.getByRole('button', { name: '提交', exact: true }).click()
}

const pick = async (page: Page, label: string, option: string) => {
  await page.getByLabel(label, { exact: true }).click()
  await page.locator('.ant-select-dropdown:visible').getByTitle(option, { exact: true }).click()
}

/** A secretary at the room's screen. */
function deskOf(page: Page) {
  const line = page.getByRole('textbox', { name: '记录发言' })
  return {
    async capture(text: string) {
      await line.fill(text)
      await line.press('Enter')
    },
    async signIn(name: string, seat: number) {
      await page
        .getByRole('textbox', { name: '姓名' })
        .or(page.getByRole('combobox', { name: '姓名' }))
        .fill(name)
      await page.getByRole('textbox', { name: '座位号', exact: true }).fill(String(seat))
      await page.getByRole('textbox', { name: '座位号', exact: true }).press('Enter')
      await page.getByText(`${name} 已签到`).waitFor()
    },
    async statement(text: string) {
      const found = page.locator('.room-statements > li').filter({ hasText: text }).first()
      await found.waitFor()
      await found.focus()
      return found
    },
    async ask(kind: string, title: string) {
      await page.getByRole('button', { name: '新的表决' }).click()
      await page.getByRole('radio', { name: kind }).check({ force: true })
      await page.getByLabel('表决什么').fill(title)
    },
    async begin() {
      await page.getByRole('button', { name: '拟好并开始' }).click()
      await page.getByRole('button', { name: '结束表决' }).waitFor()
    },
    async seatVote(label: string, typed: string) {
      const field = page.getByRole('textbox', { name: label })
      await field.fill(typed)
      await field.press('Enter')
    },
    filter: (name: string) => page.getByRole('button', { name: new RegExp(`^${name} \\d+$`) }).click(),
  }
}

const choose = (page: Page, about: string, choice: string) =>
  page.getByRole('group', { name: about }).getByRole('button', { name: choice, exact: true }).click()

test('an evening: people come in, speak, weigh, fail a quorum and then resolve, and the minutes say what the record says', {
  timeout: EVENING_MS,
}, async () => {
  const planned = await house.planned(forum({ title: '今晚的座谈会' }))
  const path = `${deliberations}/${planned.id}`
  const roster = Array.from({ length: 20 }, (_, i) => ({ name: `受邀居民${i + 1}` }))
  await house.must('PUT', `${path}/roster`, { people: roster }, house.secretary)

  const secretary = await visitor(house.browser, { ...pc, acceptDownloads: true })
  const cookies = String(house.secretary.cookie)
    .split('; ')
    .map((pair) => {
      const at = pair.indexOf('=')
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url: house.url }
    })
  await secretary.context.addCookies(cookies)
  const desk = deskOf(secretary.page)
  await secretary.page.goto(`${house.url}/desk/deliberations/${planned.id}/room`)
  // Who comes early is signed in before the meeting begins.
  await desk.signIn('受邀居民1', 1)
  await secretary.page.getByRole('button', { name: '开始会议' }).click()
  await secretary.page.getByRole('button', { name: '结束会议' }).waitFor()

  const wall = await visitor(house.browser, wide)
  await wall.page.goto(`${house.url}/screen/YX/${planned.id}`)
  await wall.page
    .getByText(planned.code.replace(/(\d{3})(\d{3})/, '$1 $2'))
    .or(wall.page.getByText(planned.code))
    .first()
    .waitFor()

  const phones: Visitor[] = []
  for (let i = 0; i < 5; i++) phones.push(await visitor(house.browser))
  await Promise.all(phones.map(({ page }) => arrive(page, planned.code)))
  for (const seat of [2, 3]) await desk.signIn(`受邀居民${seat}`, seat)
  await secretary.page.getByText('到会 8 人（手机 5，座位卡 3）').waitFor()

  await secretary.page.getByRole('button', { name: '进入第一项' }).click()
  await secretary.page.getByRole('button', { name: '下一项' }).click()
  await phones[0]!.page.getByText('大家缺什么').first().waitFor()
  await wall.page.getByText('大家缺什么').first().waitFor()

  // One phone loses the network for a minute and goes on as if nothing were.
  const lost = phones[4]!
  await lost.cut(true)
  const cutAt = performance.now()
  await write(lost.page, writtenOffline)
  await lost.page.getByText('还在这部手机里').waitFor()

  for (const text of spoken) await desk.capture(text)
  for (const [i, text] of written.entries()) {
    await write(phones[i]!.page, text)
    await phones[i]!.page.getByText('已收到').first().waitFor()
  }
  for (const text of written) {
    await desk.filter('待审核')
    const waiting = await desk.statement(text)
    await waiting.press('a')
    await wall.page.getByText(text).first().waitFor()
  }
  await desk.filter('已上墙')
  for (const [text, into] of [
    ['食堂放在一楼', 1],
    ['希望办社区食堂', 1],
  ] as const) {
    const one = await desk.statement(text)
    await one.press('m')
    const field = secretary.page.getByLabel('并入第几条')
    await field.fill(String(into))
    await field.press('Enter')
    await field.waitFor({ state: 'detached' })
  }
  await phones[1]!.page.getByText('已并入第 1 号').waitFor()

  await sleep(Math.max(0, OFFLINE_MS - (performance.now() - cutAt)))
  await lost.cut(false)
  await lost.page.getByText('已收到').first().waitFor({ timeout: 90_000 })
  await desk.filter('待审核')
  await (await desk.statement(writtenOffline)).press('a')
  await lost.page.getByText('已上墙').first().waitFor()

  // All eight statements that stand for themselves are weighed, on phones and by seat card.
  await desk.ask('逐条表态', '这些意见您赞成吗')
  await secretary.page.getByRole('button', { name: '全部', exact: true }).click()
  await desk.begin()
  const { body: room } = await house.call('GET', `${path}/room`, undefined, {})
  const options: { id: string; text: string }[] = room.questions[0].options
  expect(options).toHaveLength(8)
  for (const [i, { page }] of phones.entries()) {
    for (const [j, { text }] of options.entries()) await choose(page, text, (i + j) % 4 === 0 ? '反对' : '赞成')
  }
  for (const seat of [1, 2, 3]) await desk.seatVote('按座位号录入', `${seat} ${'aadpaaad'}`)
  await secretary.page.getByText('8 人到会，已有 8 人投票').waitFor()
  expect((await house.call('GET', `${path}/room`, undefined, {})).body.questions[0].outcome).toBeNull()
  await secretary.page.getByRole('button', { name: '结束表决' }).click()
  await wall.page.getByText('赞成').first().waitFor()
  if (process.env.SHOTS) await wall.page.screenshot({ path: `${process.env.SHOTS}/evening-wall.png` })

  // Half of the twenty invited must be here, and eight are not.
  await secretary.page.getByRole('button', { name: '下一项' }).click()
  await desk.ask('决议表决', '一楼先办食堂')
  await pick(secretary.page, '法定人数', '应到人数的一半到会')
  await secretary.page.getByRole('checkbox', { name: /无记名投票/ }).check()
  await desk.begin()
  for (const [i, { page }] of phones.entries()) await castSecretly(page, i === 0 ? '反对' : '赞成')
  await secretary.page.getByText('8 人到会，已有 5 人投票').waitFor()
  await secretary.page.getByRole('button', { name: '结束表决' }).click()
  await secretary.page.getByText('没有形成决议').first().waitFor()
  await wall.page.getByText('没有形成决议').first().waitFor()

  for (const seat of [4, 5]) await desk.signIn(`受邀居民${seat}`, seat)
  await secretary.page.getByRole('button', { name: '重新表决' }).click()
  await secretary.page.getByLabel('重新表决的理由').fill('人数已到齐')
  await secretary.page.getByRole('button', { name: '再拟一次' }).click()
  await secretary.page.getByRole('button', { name: '开始表决' }).click()
  await secretary.page.getByRole('button', { name: '结束表决' }).waitFor()
  for (const [i, { page }] of phones.entries()) await castSecretly(page, i === 0 ? '反对' : '赞成')
  for (const seat of [1, 2, 3, 4, 5]) await desk.seatVote('登记领纸质票的座位号', String(seat))
  await secretary.page.getByText('10 人到会，已有 10 人投票').waitFor()
  await secretary.page.getByRole('button', { name: '结束表决' }).click()
  for (const [name, n] of [
    ['赞成', 3],
    ['反对', 1],
    ['弃权', 1],
  ] as const)
    await secretary.page.getByLabel(name, { exact: true }).fill(String(n))
  await secretary.page.getByRole('button', { name: '录入纸质票并结束' }).click()
  await secretary.page.getByText('7 人赞成，2 人反对，1 人弃权，决议通过').first().waitFor()
  await wall.page.getByText('7 人赞成，2 人反对，1 人弃权，决议通过').first().waitFor()
  await phones[2]!.page.getByText('7 人赞成，2 人反对，1 人弃权，决议通过').first().waitFor()

  expect(await seriousFaults(wall.page)).toEqual([])
  await looksWell(phones[2]!.page, 'evening-phone')
  await isForEverybody(secretary.page, 'evening-desk')
  await secretary.page.setViewportSize(pc.viewport!)

  await secretary.page.getByRole('button', { name: '结束会议' }).click()
  await secretary.page.getByRole('button', { name: '结束', exact: true }).click()
  await phones[0]!.page.getByText('会议结束了').first().waitFor()

  const record = await recorded(planned.id)
  expect(record.present).toEqual({ phone: 5, seat: 5 })
  expect(record.said).toEqual({ n: 10, merged: 2 })
  const [opinion, without, passed] = record.questions
  expect([opinion.state, without.outcome.verdict, passed.outcome.verdict]).toEqual(['closed', 'no-quorum', 'passed'])
  const votes = await house.look(`SELECT count(*)::int AS n FROM votes WHERE question_id = '${opinion.id}'`)
  expect(votes.rows).toEqual([{ n: 8 * 8 }])

  const files = await minutesOf(secretary.page, planned.id)
  for (const words of [docxWords(files.docx), pdfWords(files.pdf)].map((text) => text.replace(/\s/g, ''))) {
    const numbers = (pattern: RegExp) => [...words.matchAll(pattern)].map((found) => found.slice(1).map(Number))
    expect(words).toContain('今晚的座谈会')
    expect(numbers(/应到(\d+)人/g)[0]).toEqual([20])
    expect(numbers(/实到(\d+)人/g)[0]).toEqual([record.present.phone + record.present.seat])
    const { all } = passed.outcome
    expect(words).toContain(`${all.agree}人赞成，${all.disagree}人反对，${all.pass}人弃权，决议通过`)
    expect(words).toContain('没有形成决议')
    for (const text of [...spoken.map((line) => line.replace(/^\d /, '')), ...written, writtenOffline])
      expect(words).toContain(text)
    expect(words).not.toContain('受邀居民')
  }
  for (const { page, context, faults } of [secretary, wall, ...phones]) {
    expect(faults).toEqual([])
    await page.close()
    await context.close()
  }
})

async function castSecretly(page: Page, choice: string): Promise<void> {
  await choose(page, '一楼先办食堂', choice)
  await page.getByRole('button', { name: '确定投出' }).click()
  await page.getByText('您已经投过票了').waitFor()
}

/** Approves them at the desk and downloads both files. */
async function minutesOf(page: Page, id: string): Promise<{ docx: Buffer; pdf: Buffer }> {
  await page.goto(`${house.url}/desk/deliberations/${id}/minutes`)
  await page.getByRole('button', { name: '审定', exact: true }).click()
  await page.getByRole('button', { name: '审定，不再改' }).click()
  await page.getByText(/审定，内容不再改变/).waitFor()
  const download = async (name: RegExp) => {
    const started = page.waitForEvent('download')
    await page.getByRole('button', { name }).or(page.getByRole('link', { name })).first().click()
    return await readFile((await (await started).path())!)
  }
  return { docx: await download(/DOCX|Word/), pdf: await download(/PDF/) }
}
