import { randomUUID } from 'node:crypto'
import type { BrowserContextOptions, Page } from '@playwright/test'
import { afterEach, expect, test } from 'vitest'
import { stationCode } from '../../server/wishes/station-code.ts'
import { base, contact, openWishes } from '../api/wishes-district.ts'
import { isForEverybody, isLarge, listen, looksWell, openBrowser, phone, visitor } from '../setup/browser.ts'
import { cable } from '../setup/cable.ts'
import { forAllTests } from './for-all-tests.ts'

/** In large type, the largest there is. */
const LARGEST = '30'

const board = forAllTests(async () => {
  const browser = await openBrowser()
  const house = await openWishes()
  const wire = await cable(await listen(house.app))
  const station = { id: randomUUID(), name: '和平里驿站', community: 'C001', active: true }
  await house.must('POST', '/districts/YX/stations', station)
  const enter = async (path: string, options: BrowserContextOptions = phone) => {
    const person = await visitor(browser, options)
    await person.page.addInitScript((px) => localStorage.setItem('yixu.type', px), LARGEST)
    await person.page.goto(`${wire.url}${path}`)
    return person
  }
  return {
    ...{ house, wire, enter },
    /** Where the code on a station's wall leads. */
    atStation: (code = stationCode(house.app.secrets, 1, station.id)) => `/w/YX/new#station=${code}`,
    async stop() {
      await browser.close()
      await wire.pull().catch(() => undefined)
      await house.stop()
    },
  }
})

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const pick = (page: Page, name: string | RegExp) => page.getByRole('radio', { name }).check()

async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel('您的心愿').fill(text)
  await pick(page, /物品/)
  await page.getByLabel('在哪个社区').selectOption('C001')
  await pick(page, '100 元以内')
}

const stored = async (text: string): Promise<unknown[]> =>
  (await board.house.look(text)).rows.map((row: object) => Object.values(row)[0])

let isPulled = false

async function pull(): Promise<void> {
  await board.wire.pull()
  isPulled = true
}

async function mend(): Promise<void> {
  if (isPulled) await board.wire.plugIn()
  isPulled = false
}

afterEach(mend)

/** What the server answers to a call never arrives, until the page is loaded anew. */
function loseAnswer(path: string): void {
  const real = globalThis.fetch
  globalThis.fetch = async (at, asked) => {
    const answer = await real(at, asked)
    if (at === path && asked?.method === 'POST') throw new TypeError('lost')
    return answer
  }
}

/** The code that was just sent to a phone. */
async function codeFor(number: string): Promise<string> {
  const sent = (await board.house.app.sms.outbox(1)).find(({ phone: to, text }) => to === number && /验证码/.test(text))
  return sent!.text.match(/\d{6}/)![0]
}

test('a courier at a station wishes for a place, hears what staff say, changes it and says whether it was done', async () => {
  const { page, faults, context } = await board.enter(board.atStation())
  await button(page, '许愿').click()
  expect(page.url()).not.toContain('station')
  await page.getByText('还没有写心愿').waitFor()
  await looksWell(page, 'wish-new-refused')
  const began = Date.now()
  await page.getByLabel('您的心愿').fill('😀'.repeat(201))
  await page.getByText('请删去 1 字').waitFor()
  await write(page, '希望有个地方歇脚')
  await pick(page, /场所/)
  await page.getByLabel('靠近哪个小区').selectOption({ label: '和平里二区' })
  expect(await page.getByLabel('在哪里').inputValue()).toContain('在和平里')
  await page.getByLabel('在哪里').fill('菜场到地铁口这一段路')
  await page.getByText('标好了：在和平里').waitFor()
  await page.getByLabel('联系电话').fill('139 0000 0009')
  await page.locator('summary').click()
  await page
    .getByLabel('配一张照片')
    .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<svg/>') })
  await page.getByText('这个文件打不开').waitFor()
  await page.getByLabel('配一张照片').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: picture })
  await page.getByAltText('您选的照片').waitFor()
  await looksWell(page, 'wish-new-largest')
  await isLarge(page)
  await button(page, '许愿').dblclick()
  await page.getByText('第 1 号').waitFor()
  expect(Date.now() - began).toBeLessThan(60_000)
  expect(await stored('select count(*)::int from wishes')).toEqual([1])
  expect(await stored("select place->>'words' from wishes")).toEqual(['菜场到地铁口这一段路'])
  await looksWell(page, 'wish-receipt-largest')
  await page.reload()
  await page.getByText('第 1 号').waitFor()

  await page.getByRole('link', { name: '看我的心愿' }).click()
  await page.getByAltText('您配的照片').waitFor()
  const [wish] = (await stored('select id from wishes')) as string[]
  const moderate = (decision: string, more: object) =>
    board.house.must('PUT', `${base}/${wish}/moderation`, { decision, ...more }, board.house.secretary.headers)
  await moderate('return', { revision: await revision(wish!), reason: '请写明是哪一侧' })
  await page.reload()
  await page.getByText('社区的话：请写明是哪一侧').waitFor()
  await button(page, '改一改').click()
  await page.getByLabel('您的心愿').fill('希望路南侧有个地方歇脚')
  await looksWell(page, 'wish-edit-largest')
  await isLarge(page)
  await button(page, '改好了，再交给社区').click()
  await page.getByText('社区工作人员正在看').waitFor()
  await moderate('approve', { revision: await revision(wish!) })
  await done(wish!)
  await page.reload()
  await page.getByAltText('办到时的照片').waitFor()
  await button(page, '确认').click()
  await page.getByText('请先选：办到了，还是没办到').waitFor()
  await pick(page, '没办到')
  await button(page, '告诉社区没办到').click()
  await page.getByText('请说一下哪里没办到').waitFor()
  await pick(page, '办到了')
  await pick(page, '4 颗星，满意')
  await page.getByLabel('想对他们说句谢谢').fill('谢谢，长椅很好')
  await page.getByLabel('给大家看看').check()
  await isLarge(page)
  await isForEverybody(page, 'wish-own-largest')
  await button(page, '确认').click()
  await page.getByText('您打了 4 颗星').waitFor()
  await page.getByRole('link', { name: '办到的' }).click()
  await page.getByText('谢谢，长椅很好').waitFor()
  await page.getByAltText('办到时的照片 1').waitFor()
  await looksWell(page, 'wish-done-largest')
  expect(faults).toEqual([])
  await context.close()
})

const revision = async (wish: string) => (await stored(`select revision from wishes where id = '${wish}'`))[0]

/** An organisation claims it and hands in what it did. */
async function done(wish: string): Promise<void> {
  const { volunteers, must } = board.house
  const member = volunteers.members[0]!.headers
  await must('POST', `${base}/${wish}/claims`, { id: randomUUID() }, member)
  const form = new FormData()
  form.set('note', '装了一把长椅')
  form.set('on', new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10))
  form.append('file', new Blob([picture], { type: 'image/png' }), 'a.png')
  const sent = await fetch(`${board.wire.url}/api${base}/${wish}/evidence`, {
    ...{ method: 'POST', body: form, headers: { ...member, 'sec-fetch-site': 'same-origin' } },
  })
  expect(await sent.text().then(() => sent.status)).toBe(201)
}

test('what is written outlives a reload without network, and is sent once when there is one', async () => {
  const { page, context, ...person } = await board.enter('/w/YX/new')
  await write(page, '想要一副防风手套')
  await page.getByLabel('手机号').fill('13811112222')
  await button(page, '发送验证码').click()
  await page.getByText('验证码已发出').waitFor()
  await page.getByLabel('六位验证码').fill('000000')
  await button(page, '许愿').click()
  await page.getByText('验证码不对').first().waitFor()
  await looksWell(page, 'wish-sign-in-largest')
  const isKept = () => page.evaluate(async () => (await caches.match('/w')) !== undefined)
  await expect.poll(isKept, { timeout: 15_000 }).toBe(true)
  await page.reload()
  expect(await page.getByLabel('手机号').inputValue()).toBe('13811112222')
  await page.getByLabel('六位验证码').fill(await codeFor('13811112222'))
  await page.evaluate(loseAnswer, `/api${base}`)
  await button(page, '许愿').click()
  await page.getByText('现在连不上网').waitFor()
  await person.cut(true)
  await pull()
  await page.reload()
  await page.getByText('现在连不上网').waitFor()
  await page.getByText('想要一副防风手套').waitFor()
  await looksWell(page, 'wish-offline-largest')
  await page.goto(`${board.wire.url}/w/YX/own`)
  await page.getByText('没有发出去').waitFor()
  await mend()
  await person.cut(false)
  await page.getByText('心愿发出去了').waitFor()
  await page.getByText('收到了，社区工作人员正在看').waitFor()
  await button(page, '不要了，撤回').click()
  await button(page, /^撤回$/).click()
  await page.getByText('这个心愿您撤回了').waitFor()
  expect(await stored(`select count(*)::int from wishes where text = '想要一副防风手套'`)).toEqual([1])
  await context.close()
})

test('a code that is none, and a text that the server does not take, are told where one can put them right', async () => {
  const code = `${randomUUID()}.${'A'.repeat(16)}`
  const { page, context } = await board.enter(board.atStation(code))
  await write(page, '请看 <script>alert(1)</script>')
  await page.getByLabel('联系电话').fill('12345')
  await button(page, '许愿').click()
  await page.getByText('电话不对').waitFor()
  await page.getByLabel('联系电话').fill(contact)
  await button(page, '许愿').click()
  await page.getByText('二维码已经停用或不对').waitFor()
  await button(page, '发送验证码').waitFor()
  await page.goto(board.wire.url + board.atStation())
  await page.getByLabel('联系电话').waitFor()
  await button(page, '许愿').click()
  await page.getByText('网页代码一样的符号').waitFor()
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
  await context.close()
})

test('the board is filtered by address, counts whoever wishes the same once, and says who has it', async () => {
  const { house } = board
  const goods = await house.open({
    text: '想要一个头盔',
    neededBy: new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10),
  })
  const place = await house.open({
    ...{ text: '路口缺一张地图', kind: 'place', cost: 'none' },
    where: { words: null, point: { lon: 116.4, lat: 39.9 } },
  })
  const { page, faults, context } = await board.enter('/w')
  await page.getByRole('link', { name: '以需' }).waitFor()
  await page.locator('a[href="/w/YX"]').click()
  await page.getByText('想要一个头盔').waitFor()
  await isLarge(page)
  await isForEverybody(page, 'wish-board-largest')
  const card = page.getByRole('listitem').filter({ hasText: '路口缺一张地图' })
  await card.getByRole('button', { name: '我也想' }).click()
  await card.getByRole('button', { name: '算上您了（1 人）' }).click()
  await page.reload()
  await card.getByRole('button', { name: '算上您了（1 人）' }).waitFor()
  await button(page, '场所').click()
  await page.locator('summary').click()
  await page.getByLabel('花费').selectOption('none')
  await page.getByText('想要一个头盔').waitFor({ state: 'hidden' })
  expect(page.url()).toMatch(/\?kind=place&cost=none$/)
  await looksWell(page, 'wish-filters-largest')
  await page.reload()
  await page.getByText('路口缺一张地图').waitFor()
  expect(await page.getByText('想要一个头盔').count()).toBe(0)
  await page.getByRole('link', { name: '路口缺一张地图' }).click()
  await page.getByText('位置：在和平里').waitFor()
  await isLarge(page)
  await isForEverybody(page, 'wish-one-largest')
  await house.must('POST', `${base}/${place.wish}/claims`, { id: randomUUID() }, house.canteen.members[0]!.headers)
  await page.reload()
  await page.getByText('社区食堂认领了').waitFor()
  await page.goto(`${board.wire.url}/w/YX?community=C003`)
  await button(page, '看全部心愿').click()
  await page.getByText('想要一个头盔').waitFor()
  await page.goto(`${board.wire.url}/w/YX/wish/${goods.wish.replace(/^./, goods.wish.startsWith('0') ? '1' : '0')}`)
  await page.getByText('没有这个心愿').waitFor()
  expect(faults.filter((fault) => !fault.includes('404'))).toEqual([])
  await context.close()
})

/** One red point. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)
