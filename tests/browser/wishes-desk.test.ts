import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test } from 'vitest'
import { base, openWishes } from '../api/wishes-district.ts'
import { isForEverybody, listen, openBrowser, pc, visitor } from '../setup/browser.ts'
import type { SignedIn } from '../setup/people.ts'
import { forAllTests } from './for-all-tests.ts'

const desk = forAllTests(async () => {
  const browser = await openBrowser()
  const house = await openWishes()
  const url = await listen(house.app)
  const stop = async () => {
    await browser.close()
    await house.stop()
  }
  return { browser, house, url, stop }
})

/** Somebody at the desk, in a browser of their own. */
async function atDesk(path: string, { headers }: SignedIn) {
  const person = await visitor(desk.browser, { ...pc, acceptDownloads: true })
  const cookies = headers.cookie!.split('; ').map((pair) => {
    const at = pair.indexOf('=')
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url: desk.url }
  })
  await person.context.addCookies(cookies)
  await person.page.goto(`${desk.url}/desk/wishes${path}`)
  return person
}

/** What a courier sends from a phone. */
async function wish(text: string, more: object = {}): Promise<{ wish: string; number: number }> {
  const { must, courier } = desk.house
  const rest = { neededBy: null, service: null, contact: '13900000001' }
  const given = { id: randomUUID(), community: 'C001', kind: 'goods', where: null, cost: 'under-100', ...rest }
  return await must('POST', base, { ...given, text, ...more }, courier)
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
const states = async (): Promise<Record<number, string>> => {
  const { rows } = await desk.house.look('select number, state from wishes order by number')
  return Object.fromEntries(rows.map(({ number, state }) => [number, state]))
}

test('a secretary works through the queue by keyboard, and hears where a colleague was faster', async () => {
  const { house } = desk
  await wish('想给张三师傅要一副手套，电话13800138000')
  await wish('这一段路想有个歇脚的地方', {
    kind: 'place',
    where: { words: '菜场到地铁口这一段', point: { lon: 116.4, lat: 39.9 } },
  })
  await wish('想要一副手套')
  await wish('低价装修请找我')
  const fifth = await wish('想要一张看得清的地图')
  const { page, faults } = await atDesk('', house.secretary)
  await page.getByText('还有 5 个等着审核').waitFor()
  await page.getByText('疑似电话或账号').waitFor()
  await isForEverybody(page, 'queue')

  // What is marked is not made public by one key.
  await press(page, 'a')
  await page.getByText('通过后大家都看得到').waitFor()
  await isForEverybody(page, 'queue-flags')
  await press(page, 'Enter')
  await page.getByText('许愿人的原话').waitFor()
  expect(await page.locator('.wish-text').innerText()).not.toMatch(/张三|138/)
  await press(page, 'a')
  await page.getByText('第 1 号已通过').waitFor()

  await page.getByLabel(/说的是哪一项服务/).click()
  await page.getByTitle('养老服务').click()
  await button(page, /^通过/).focus()
  await press(page, 'a')
  await page.getByText('第 2 号已通过').waitFor()

  await press(page, 'm')
  await page.keyboard.type('1 号')
  await page.getByTitle(/^1 号/).waitFor()
  await isForEverybody(page, 'queue-merge')
  await press(page, 'Enter')
  await button(page, '并入').last().press('Enter')
  await page.getByText('第 3 号已并入').waitFor()

  // No reason, no rejection.
  await press(page, 'r', 'Enter')
  await page.getByText('请写明理由').waitFor()
  await button(page, '含有广告或者不文明的内容').press('Enter')
  await button(page, '不通过').press('Enter')
  await page.getByText('第 4 号没有通过').waitFor()

  await house.must(
    'PUT',
    `${base}/${fifth.wish}/moderation`,
    { revision: 1, decision: 'return', reason: '写清楚哪里' },
    house.secretary.headers,
  )
  await press(page, 'a')
  await page.getByText(/第 5 号：.*最新的内容/).waitFor()
  await page.getByText('没有等着审核的心愿').waitFor()
  expect(await states()).toEqual({ 1: 'open', 2: 'open', 3: 'merged', 4: 'rejected', 5: 'returned' })
  const { rows } = await house.look('select text, original, service from wishes where number in (1, 2) order by number')
  expect(rows[0]).toMatchObject({ original: '想给张三师傅要一副手套，电话13800138000' })
  expect(rows[0].text).not.toMatch(/张三|138/)
  expect(rows[1].service).toBe('elder_care')
  expect(faults.filter((fault) => !/status of 409/.test(fault))).toEqual([])
})

test('a secretary sees a wish through, registers who fulfils wishes, posts for others and reads how it went', async () => {
  const { house } = desk
  const { must, volunteers, canteen, secretary, approve } = house
  const sixth = await wish('想要一盏路灯下的长椅', { neededBy: '2027-01-31' })
  await approve(sixth.wish)
  const { page, faults } = await atDesk('/progress', secretary)
  await button(page, /^待认领/).press('Enter')
  await button(page, /想要一盏路灯下的长椅/).press('Enter')
  const drawer = page.getByRole('dialog')
  await drawer.getByText('审核通过').waitFor()

  // An organisation is given it, a second one takes over, and gets more time.
  await drawer.getByRole('button', { name: '交给一家单位办' }).press('Enter')
  await drawer.getByRole('combobox').waitFor()
  await page.keyboard.type('志愿')
  await page.getByTitle(/和平里志愿队/).waitFor()
  await press(page, 'Enter')
  await isForEverybody(page, 'drawer-assign')
  await drawer.getByRole('button', { name: '一直没有单位认领' }).press('Enter')
  await drawer.getByRole('button', { name: '交给这家单位' }).press('Enter')
  await page.getByText(/号：已交给和平里志愿队/).waitFor()
  await button(page, /^全部/).press('Enter')
  await button(page, /想要一盏路灯下的长椅/).press('Enter')
  await drawer.getByText('交给单位办理').waitFor()
  await drawer.getByRole('button', { name: '改由别的单位接手' }).press('Enter')
  await drawer.getByRole('combobox').waitFor()
  await page.keyboard.type('食堂')
  await page.getByTitle(/社区食堂/).waitFor()
  await press(page, 'Enter')
  await drawer.getByRole('button', { name: '原单位办不了' }).press('Enter')
  await drawer.getByRole('button', { name: '改由这家接手' }).press('Enter')
  await drawer.getByText('已交给社区食堂').waitFor()
  await drawer.getByRole('button', { name: '延期' }).press('Enter')
  await drawer.getByRole('button', { name: '物资还在路上' }).press('Enter')
  await drawer.getByRole('button', { name: '延期' }).press('Enter')
  await drawer.getByText('已延过一次').waitFor()
  expect(await drawer.getByRole('button', { name: '延期' }).count()).toBe(0)
  await isForEverybody(page, 'drawer-claimed')
  await drawer.getByRole('button', { name: '退回心愿墙' }).press('Enter')
  await drawer.getByRole('button', { name: '单位说明办不了' }).press('Enter')
  await drawer.getByRole('button', { name: '退回心愿墙' }).press('Enter')
  await drawer.getByText('已退回心愿墙').waitFor()
  await press(page, 'Escape')
  await button(page, '退回或到期未办').press('Enter')
  await button(page, /想要一盏路灯下的长椅/).waitFor()
  await isForEverybody(page, 'progress')
  expect(volunteers.name && canteen.name && must).toBeTruthy()
  expect(faults).toEqual([])
})
