import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test } from 'vitest'
import { at } from '../api/people-district.ts'
import { base, openWishes } from '../api/wishes-district.ts'
import { type Part, sendForm } from '../api/wishes-forms.ts'
import { plainPhoto } from '../checks/hostile-photos.ts'
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
  const { page, faults, context } = await atDesk('', house.secretary)
  await page.getByText('还有 5 个等着审核').waitFor()
  await page.getByText('疑似电话或账号').waitFor()

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
  await page.getByLabel(/^并入哪一个/).waitFor()
  await page.keyboard.type('1 号')
  await page.getByTitle(/^1 号/).waitFor()
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
  await page.getByText(/第 5 号：.*换成最新的/).waitFor()
  await page.getByText('没有等着审核的心愿').waitFor()
  expect(await states()).toEqual({ 1: 'open', 2: 'open', 3: 'merged', 4: 'rejected', 5: 'returned' })
  const { rows } = await house.look('select text, original, service from wishes where number in (1, 2) order by number')
  expect(rows[0]).toMatchObject({ original: '想给张三师傅要一副手套，电话13800138000' })
  expect(rows[0].text).not.toMatch(/张三|138/)
  expect(rows[1].service).toBe('elder_care')
  expect(faults.filter((fault) => !/status of 409/.test(fault))).toEqual([])
  await context.close()
})

test('a secretary sees to it that a wish is fulfilled: given, taken over, lengthened, let go', async () => {
  const { house } = desk
  const { secretary, approve } = house
  const sixth = await wish('想要一盏路灯下的长椅', { neededBy: '2027-01-31' })
  await approve(sixth.wish)
  const { page, faults, context } = await atDesk('/progress', secretary)
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
  await drawer.getByRole('button', { name: '退回心愿墙' }).press('Enter')
  await drawer.getByRole('button', { name: '单位说明办不了' }).press('Enter')
  await drawer.getByRole('button', { name: '退回心愿墙' }).press('Enter')
  await drawer.getByText('已退回心愿墙').waitFor()
  await press(page, 'Escape')
  await button(page, '退回或到期未办').press('Enter')
  await button(page, /想要一盏路灯下的长椅/).waitFor()

  // Delivered, and confirmed for the wisher in their own words.
  const { headers } = house.volunteers.members[0]!
  await house.must('POST', `${base}/${sixth.wish}/claims`, { id: randomUUID() }, headers)
  const parts: Part[] = [
    ['file', await plainPhoto(320, 240), '1.jpg'],
    ['note', '长椅装好了'],
    ['on', new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)],
  ]
  expect((await sendForm(house, `${base}/${sixth.wish}/evidence`, parts, headers)).status).toBe(201)
  await page.goto(`${desk.url}/desk/wishes/progress?view=delivered&wish=${sixth.wish}`)
  await drawer.getByAltText('办结照片').waitFor()
  await drawer.getByRole('button', { name: '代为确认办到' }).press('Enter')
  await drawer.getByRole('button', { name: '确认办到' }).press('Enter')
  await drawer.getByText('再代为确认').waitFor()
  await drawer.getByLabel('感谢的话').fill('夜里等单有地方坐了')
  await drawer.getByText('5 分').click()
  await drawer.getByRole('button', { name: '许愿人当面说办到了' }).press('Enter')
  await isForEverybody(page, 'drawer-confirm')
  await drawer.getByRole('button', { name: '确认办到' }).press('Enter')
  await page.getByText('已确认，心愿办结').waitFor()
  const { rows } = await house.look(`select state, thanks, rating from wishes where id = '${sixth.wish}'`)
  expect(rows).toEqual([{ state: 'fulfilled', thanks: '夜里等单有地方坐了', rating: 5 }])
  expect(faults.filter((fault) => !/status of 409/.test(fault))).toEqual([])
  await context.close()
})

test('organisations, stations and rules are kept, a wish is posted for somebody, and all of it is counted', async () => {
  const { house } = desk
  const newcomer = await house.member('xin.chengyuan', '13700000021', at('sponsor', 'C001'))
  const { page, faults, context } = await atDesk('/sponsors', house.administrator)
  await button(page, '登记一家单位').press('Enter')
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('单位名称').fill('利民超市')
  await drawer.getByLabel(/^成员/).focus()
  await page.keyboard.type('xin.chengyuan')
  await page.getByTitle(/xin.chengyuan/).waitFor()
  await press(page, 'Enter')
  await drawer.getByRole('button', { name: '保存' }).press('Enter')
  await page.getByRole('row', { name: /利民超市.*xin.chengyuan/ }).waitFor()
  const listed = await house.must('GET', '/districts/YX/sponsors')
  const shop = listed.find(({ name }: { name: string }) => name === '利民超市')
  expect(shop.members.map(({ person }: { person: string }) => person)).toEqual([newcomer.id])

  await page.goto(`${desk.url}/desk/wishes/new`)
  await page.getByRole('radio', { name: '场所' }).check({ force: true })
  await page.getByLabel(/^写下心愿/).fill('王小明想在菜场门口有个遮雨的地方')
  await button(page, '登记心愿').press('Enter')
  await page.getByText('有几处还没有填好').waitFor()
  await page.getByLabel('哪个社区').focus()
  await page.keyboard.type('C001')
  await press(page, 'Enter')
  await page.getByLabel(/^靠近哪个小区/).focus()
  await page.keyboard.press('ArrowDown')
  await page.getByTitle('和平里一区').waitFor()
  await press(page, 'Enter')
  await page.getByText('标好了：在和平里一区').waitFor()
  await page.getByRole('radio', { name: '100 元以内' }).check({ force: true })
  await page.getByLabel(/^姓名/).fill('王小明')
  await page.getByLabel('联系电话').fill('1391234')
  await page.getByRole('checkbox', { name: /困难群体/ }).check()
  await isForEverybody(page, 'post')
  await button(page, '登记心愿').press('Enter')
  await page.getByText('联系电话不对').waitFor()
  await page.getByLabel('联系电话').fill('13912340000')
  await button(page, '登记心愿').press('Enter')
  await page.getByText(/已登记为 \d+ 号心愿/).waitFor()
  const { rows } = await house.look(`select text, hardship from wishes order by number desc limit 1`)
  expect(rows[0].hardship).toBe(true)
  expect(rows[0].text).not.toContain('王小明')

  await page.goto(`${desk.url}/desk/wishes/stations`)
  await page.getByText('还没有驿站').waitFor()
  await button(page, '登记一处驿站').press('Enter')
  await drawer.getByLabel(/^名称/).fill('和平路骑手驿站')
  await drawer.getByLabel('在哪个社区').focus()
  await page.keyboard.type('C001')
  await press(page, 'Enter')
  await drawer.getByRole('button', { name: '保存' }).press('Enter')
  const [poster] = await Promise.all([
    page.waitForEvent('download'),
    button(page, '下载和平路骑手驿站的海报').press('Enter'),
  ])
  expect(poster.suggestedFilename()).toMatch(/pdf$/)
  await page.getByLabel(/^认领后几天/).fill('10')
  await page.getByLabel(/^审核时另外提醒/).fill('代购\n刷单')
  await button(page, '保存规则').press('Enter')
  await page.getByText('已保存').waitFor()
  expect(await house.must('GET', `${base}/rules`)).toMatchObject({ words: ['代购', '刷单'], claimDays: 10 })
  await isForEverybody(page, 'stations')

  await page.goto(`${desk.url}/desk/wishes/statistics`)
  await page.getByText('各类心愿：提出、认领、办结').waitFor()
  await isForEverybody(page, 'statistics')
  const [ledger] = await Promise.all([page.waitForEvent('download'), button(page, /^下载心愿台账/).press('Enter')])
  expect(ledger.suggestedFilename()).toMatch(/xlsx$/)
  await page.getByLabel('从哪天提出的').fill('2031-01-01')
  await page.getByText('这段时间没有人提出心愿').waitFor()
  expect(faults.filter((fault) => !/status of 422/.test(fault))).toEqual([])
  await context.close()
})

test('whoever may only read is offered nothing to do', async () => {
  const { house } = desk
  const auditor = await house.member('shen.ji', undefined, at('auditor'))
  const { page, faults, context } = await atDesk('', auditor)
  await page.getByRole('heading', { name: '心愿办到哪一步' }).waitFor()
  const tabs = page.getByRole('navigation', { name: '微心愿' }).getByRole('link')
  expect(await tabs.allInnerTexts()).toEqual(['进展', '共建单位', '统计'])
  await wish('想看一场电影')
  await page.reload()
  await button(page, /想看一场电影/).press('Enter')
  await page.getByText('经过').waitFor()
  expect(await page.getByRole('dialog').getByRole('button').allInnerTexts()).toEqual([''])
  await page.goto(`${desk.url}/desk/wishes/sponsors`)
  await page.getByRole('heading', { name: '共建单位' }).waitFor()
  expect(await page.locator('main').getByRole('button').count()).toBe(0)
  expect(faults).toEqual([])
  await context.close()
})
