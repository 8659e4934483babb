import type { Page } from '@playwright/test'
import { expect, test } from 'vitest'
import type { Planned } from '../../shared/deliberations/api.ts'
import { base, openDeliberations } from '../api/deliberations-district.ts'
import { at } from '../api/people-district.ts'
import { isForEverybody, listen, looksWell, openBrowser, pc, visitor } from '../setup/browser.ts'
import { cable } from '../setup/cable.ts'
import { forAllTests } from './for-all-tests.ts'

const rooms = forAllTests(async () => {
  const browser = await openBrowser()
  const house = await openDeliberations()
  const straight = await listen(house.app)
  const wire = await cable(straight)
  const stop = async () => {
    await browser.close()
    await wire.pull().catch(() => undefined)
    await house.stop()
  }
  return { browser, house, straight, wire, stop }
})

const laptop = { ...pc, viewport: { width: 1280, height: 720 } }

/** A secretary at the screen of a room; several may be, each in their own browser. */
async function atDesk({ id }: Planned, url: string, { cookie } = rooms.house.secretary) {
  const person = await visitor(rooms.browser, laptop)
  const cookies = cookie!.split('; ').map((pair) => {
    const at = pair.indexOf('=')
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url }
  })
  await person.context.addCookies(cookies)
  await person.page.goto(`${url}/desk/deliberations/${id}/room`)
  await person.page.getByRole('heading', { name: '议程' }).waitFor()
  return person
}

const field = (page: Page, name: string) =>
  page.getByRole('textbox', { name, exact: true }).or(page.getByRole('combobox', { name, exact: true }))
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const press = (page: Page, ...keys: string[]) =>
  keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve())
const heading = (page: Page, text: string) => page.locator('.room-statements > li', { hasText: text })

/** Types a line into a field that has the focus, or gets it. */
async function type(page: Page, name: string, line: string): Promise<void> {
  await field(page, name).focus()
  await page.keyboard.type(line)
  await page.keyboard.press('Enter')
}

async function signIn(page: Page, name: string, seat: number): Promise<void> {
  await field(page, '姓名').focus()
  await page.keyboard.type(name)
  await page.keyboard.press('Tab')
  await page.keyboard.type(String(seat))
  await page.keyboard.press('Tab')
  await page.keyboard.type('和平里一区')
  await page.keyboard.press('Enter')
  await page.getByText(`${name} 已签到`).waitFor()
}

async function ask(page: Page, kind: string, title: string): Promise<void> {
  await button(page, '新的表决').press('Enter')
  await page.getByRole('radio', { name: kind }).check({ force: true })
  await page.getByLabel('表决什么').fill(title)
}

const statements = async ({ id }: Planned) =>
  (await rooms.house.must('GET', `${base}/${id}/statements`)) as { number: number; text: string; state: string }[]

test('one secretary runs a meeting by keyboard, and another one sees all of it', async () => {
  const { house, straight } = rooms
  const planned = await house.open()
  const secretary = await atDesk(planned, straight)
  const other = await atDesk(planned, straight)
  const { page } = secretary
  const scrolls = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)
  expect(scrolls).toBeLessThanOrEqual(0)

  // Three people without phones sign in at the door.
  for (const [name, seat] of [
    ['王阿姨', 12],
    ['李叔', 13],
    ['赵奶奶', 14],
  ] as const)
    await signIn(page, name, seat)
  await page.getByText('到会 3 人（手机 0，座位卡 3）').waitFor()
  await other.page.getByText('赵奶奶 · 14 号座').waitFor()
  await signIn(page, '钱大爷', 15)

  await button(page, '进入第一项').press('Enter')
  await page.getByText('还剩').waitFor()
  await type(page, '按座位号排进发言', '12')
  await button(page, '请下一位').press('Enter')
  await page.getByText('正在发言').waitFor()
  expect(await page.getByText('首次发言').count()).toBe(1)

  // Captured at once, the line is empty and ready again.
  for (const line of ['12 想要一处能坐的地方', '想要长椅']) await type(page, '记录发言', line)
  expect(await field(page, '记录发言').inputValue()).toBe('')
  await button(page, '已上墙 2').waitFor()

  // Two come from phones; the newest is at hand.
  const mobile = await house.phone(planned.id)
  const say = (text: string, id: string) =>
    house.must('POST', `${base}/${planned.id}/statements`, { id, ticket: mobile.ticket, text }, {})
  await say('门口想加一张长椅', '00000000-0000-4000-8000-00000000000a')
  await say('广告：低价装修', '00000000-0000-4000-8000-00000000000b')
  await heading(page, '广告').waitFor()
  await field(page, '记录发言').focus()
  await press(page, 'Escape', 'r')
  await page.keyboard.type('与本次议题无关')
  await press(page, 'Enter')
  await heading(page, '广告').waitFor({ state: 'detached' })
  await press(page, '4', 'a')
  await heading(page, '门口').waitFor({ state: 'detached' })

  await button(page, /^已上墙/).press('Enter')
  await heading(page, '门口').focus()
  await press(page, 'm')
  await page.keyboard.type('2')
  await page.getByText('第 2 条：想要长椅').waitFor()
  await press(page, 'Enter')
  await page.getByText('并入的第 3 条').waitFor()
  await isForEverybody(page, 'desk-statements')
  await looksWell(page, 'desk-laptop')
  await heading(page, '想要长椅').focus()
  await press(page, 's')
  await page.getByText('并入的第 3 条').waitFor({ state: 'detached' })
  expect((await statements(planned)).map(({ state }) => state)).toEqual(['shown', 'shown', 'shown', 'rejected'])
  await press(page, 'e')
  await page.keyboard.type('列入今年的计划')
  await press(page, 'Enter')
  await page.getByText('结果：列入今年的计划').waitFor()

  // An open vote by seat cards; whoever is not here is refused beside the line.
  await ask(page, '决议表决', '同意在门口装长椅')
  await isForEverybody(page, 'desk-ask')
  await button(page, '拟好并开始').press('Enter')
  await field(page, '按座位号录入').waitFor()
  await heading(page, '门口').focus()
  await press(page, 'v')
  for (const line of ['12 a', '13 a', '14 d', '14 p', '29 a']) {
    await page.keyboard.type(line)
    await press(page, 'Enter')
  }
  await page.getByText('29 号座位还没有人签到').waitFor()
  await button(page, '不要了').press('Enter')
  await page.getByText('5 人到会，已有 3 人投票').waitFor()
  await button(page, '结束表决').press('Enter')
  await page.getByText('2 人赞成，0 人反对，1 人弃权，决议通过').first().waitFor()
  await other.page.getByText('2 人赞成，0 人反对，1 人弃权，决议通过').first().waitFor()

  // A secret one: papers are handed out, counted and must add up.
  await ask(page, '决议表决', '同意涨物业费')
  await page.getByRole('checkbox', { name: /无记名投票/ }).press('Space')
  await button(page, '拟好并开始').press('Enter')
  for (const seat of ['12', '13']) await type(page, '登记领纸质票的座位号', seat)
  await page.getByText('已发出 2 张纸质票').waitFor()
  await button(page, '结束表决').press('Enter')
  await page.getByLabel('反对', { exact: true }).fill('1')
  await button(page, '录入纸质票并结束').press('Enter')
  await page.getByText('发出 2 张纸质票，录入 1 张').waitFor()
  await page.getByLabel('弃权', { exact: true }).fill('1')
  await button(page, '录入纸质票并结束').press('Enter')
  await page.getByText('0 人赞成，1 人反对，1 人弃权，决议未通过').first().waitFor()
  await isForEverybody(page, 'desk-votes')

  // Voided with a reason, and put once more.
  await button(page, '作废').press('Enter')
  await page.keyboard.type('表述不清')
  await press(page, 'Enter')
  await page.getByText('作废：表述不清').waitFor()
  await button(page, '重新表决').press('Enter')
  await page.keyboard.type('改了措辞')
  await press(page, 'Enter')
  await button(page, '开始表决').press('Enter')
  await page.getByText('说明：改了措辞').waitFor()
  await other.page.getByText('5 人到会，已有 0 人投票').waitFor()

  // What was refused on purpose is no fault.
  expect(secretary.faults.filter((fault) => !/status of (409|422)/.test(fault))).toEqual([])
  expect(other.faults).toEqual([])
})

test('what is captured while the network is away arrives once', async () => {
  const { house, wire } = rooms
  const planned = await house.open()
  const { page, cut, faults } = await atDesk(planned, wire.url)
  await cut(true)
  await wire.pull()
  await type(page, '记录发言', '断网时的第一条')
  await type(page, '记录发言', '断网时的第二条')
  await page.getByText('2 条已存在这台电脑上').waitFor()
  await page.evaluate(() => document.title)
  await wire.plugIn()
  await cut(false)
  await heading(page, '断网时的第二条').or(button(page, '已上墙 2')).first().waitFor()
  await page.getByText('条已存在这台电脑上').waitFor({ state: 'detached' })
  expect((await statements(planned)).map(({ text }) => text)).toEqual(['断网时的第一条', '断网时的第二条'])
  expect(faults).toEqual([])
})

test('whoever may only read is offered nothing to do', async () => {
  const { house, straight } = rooms
  const planned = await house.open()
  await house.must('POST', `${base}/${planned.id}/statements/taken`, {
    ...{ id: '00000000-0000-4000-8000-00000000000c', text: '楼道太暗' },
  })
  const auditor = await house.person('shen.ji', at('auditor'))
  const { page, faults } = await atDesk(planned, straight, auditor)
  await button(page, '已上墙 1').press('Enter')
  await heading(page, '楼道太暗').waitFor()
  const offered = await page.locator('.room-desk').getByRole('button').allInnerTexts()
  expect(offered.filter((name) => !/^(待审核|已上墙|未归类|已并入|未采用|全部) \d+$/.test(name))).toEqual([])
  expect(await page.getByText('签到').count()).toBe(0)
  expect(faults).toEqual([])
})
