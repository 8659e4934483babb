import { readFile } from 'node:fs/promises'
import type { BrowserContextOptions, Page } from '@playwright/test'
import { expect, test } from 'vitest'
import { openWishes } from '../api/wishes-district.ts'
import { cameraPhoto, secrets } from '../api/wishes-pictures.ts'
import { isForEverybody, listen, openBrowser, pc, phone, visitor } from '../setup/browser.ts'
import { password, type SignedIn } from '../setup/people.ts'
import { signIn } from './desk-district.ts'
import { pdfWords } from './desk-files.ts'
import { forAllTests } from './for-all-tests.ts'

const house = forAllTests(async () => {
  const browser = await openBrowser()
  const opened = await openWishes()
  const url = await listen(opened.app)
  const stop = async () => {
    await browser.close()
    await opened.stop()
  }
  return { ...opened, browser, url, stop }
})

/** In large type, the largest there is. */
const LARGEST = '30'
const MINUTE = 60_000
const number = '13812345678'
const words = '想要一张看得清的片区地图，送餐少绕路'
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()

async function come(options: BrowserContextOptions, path: string) {
  const one = await visitor(house.browser, { ...options, acceptDownloads: true })
  if (options === phone) await one.page.addInitScript((px) => localStorage.setItem('yixu.type', px), LARGEST)
  await one.page.goto(house.url + path)
  return one
}

/** Comes to a page of the desk and signs in there. */
async function atDesk(options: BrowserContextOptions, path: string, { username }: SignedIn) {
  const one = await come(options, path)
  await signIn(one.page, username, password)
  return one
}

const codeSent = async () =>
  (await house.app.sms.outbox(1))
    .find((sms) => sms.phone === number && /验证码/.test(sms.text))!
    .text.match(/\d{6}/)![0]

/** Everything as the database has it. */
async function recorded() {
  const { rows } = await house.look(`SELECT id, state, contact IS NULL AS forgotten, rating FROM wishes`)
  const { rows: claims } = await house.look(`SELECT sponsor_id, ended FROM claims`)
  const { rows: steps } = await house.look(`SELECT step, role FROM wish_steps ORDER BY seq`)
  const { rows: looks } = await house.look(`SELECT 1 FROM audit_entries WHERE action LIKE 'GET %/contact'`)
  return { wishes: rows, claims, steps: steps.map(({ step, role }) => `${step} by ${role}`), looks: looks.length }
}

test('a courier wishes, the secretary approves, one of two organisations claims and fulfils, the courier confirms, the certificate says so', {
  timeout: 3 * MINUTE,
}, async () => {
  const courier = await come(phone, '/w/YX/new')
  const began = Date.now()
  await courier.page.getByLabel('您的心愿').fill(words)
  await courier.page.getByRole('radio', { name: /场所/ }).check()
  await courier.page.getByLabel('在哪个社区').selectOption('C001')
  await courier.page.getByLabel('在哪里').fill('菜场到地铁口这一段路')
  await courier.page.getByRole('radio', { name: '500 元以上' }).check()
  await courier.page.getByLabel('手机号').fill(number)
  await press(courier.page, '发送验证码')
  await courier.page.getByText('验证码已发出').waitFor()
  await courier.page.getByLabel('六位验证码').fill(await codeSent())
  await isForEverybody(courier.page, 'walk-new')
  await press(courier.page, '许愿')
  await courier.page.getByText('第 1 号').waitFor()
  expect(Date.now() - began).toBeLessThan(MINUTE)
  await isForEverybody(courier.page, 'walk-receipt')

  const secretary = await atDesk(pc, '/desk/wishes', house.secretary)
  await secretary.page.getByText(words).waitFor()
  await isForEverybody(secretary.page, 'walk-queue')
  await secretary.page.keyboard.press('a')
  await secretary.page.getByText('第 1 号已通过').waitFor()

  const { wishes } = await recorded()
  const path = `/desk/board?wish=${wishes[0]!.id}`
  const [volunteer] = house.volunteers.members
  const [cook] = house.canteen.members
  const one = await atDesk(phone, path, volunteer!)
  const other = await atDesk(pc, path, cook!)
  for (const { page } of [one, other]) await press(page, '认领这个心愿')
  await isForEverybody(one.page, 'walk-claim')
  await Promise.all([one, other].map(({ page }) => press(page, '确认认领')))
  const holder = await Promise.any(
    [one, other].map((each) =>
      each.page
        .getByText('认领成功，谢谢！')
        .waitFor()
        .then(() => each),
    ),
  )
  const [late, who] = holder === one ? [other, '和平里志愿队'] : [one, '社区食堂']
  await late.page.getByRole('dialog').getByText(`这个心愿已经由${who}认领`).first().waitFor()
  expect((await recorded()).claims).toHaveLength(1)

  await holder.page.goto(`${house.url}/desk/holdings`)
  const card = holder.page.locator('.holding').filter({ hasText: words })
  await press(holder.page, /^查看联系方式/)
  await card.getByRole('link', { name: number }).waitFor()
  await press(holder.page, /^交办结凭证/)
  const photo = { name: '地图.jpg', mimeType: 'image/jpeg', buffer: await cameraPhoto() }
  await card.locator('input[type=file]').setInputFiles([photo])
  await card.getByRole('img', { name: '第 1 张：地图.jpg' }).waitFor()
  await card.getByLabel(/办了什么/).fill('画好了片区地图，贴在驿站门口。')
  await isForEverybody(holder.page, 'walk-evidence')
  await card.getByRole('button', { name: '交凭证', exact: true }).click()
  await card.getByText('正在等许愿人确认').waitFor()

  await courier.page.goto(`${house.url}/w/YX/own`)
  await courier.page.getByAltText('办到时的照片').waitFor()
  await courier.page.getByRole('radio', { name: '办到了', exact: true }).check()
  await courier.page.getByRole('radio', { name: /^5 颗星/ }).check()
  await courier.page.getByLabel('想对他们说句谢谢').fill('地图很清楚，谢谢！')
  await courier.page.getByLabel('给大家看看').check()
  await isForEverybody(courier.page, 'walk-own')
  await press(courier.page, '确认')
  await courier.page.getByText('您打了 5 颗星').waitFor()

  await courier.page.goto(`${house.url}/w/YX/done`)
  const shown = courier.page.waitForResponse(/\/photos\//)
  await courier.page.reload()
  const seen = await (await shown).body()
  expect(seen.subarray(0, 3).toString('hex')).toBe('ffd8ff')
  for (const secret of secrets) expect(seen.includes(Buffer.from(secret, 'latin1')), secret).toBe(false)
  await courier.page.getByText('地图很清楚，谢谢！').waitFor()
  expect(await courier.page.content()).not.toContain(number)

  await holder.page.reload()
  const [certificate] = await Promise.all([
    holder.page.waitForEvent('download'),
    press(holder.page, '下载办结证书（PDF）'),
  ])
  const said = pdfWords(await readFile(await certificate.path()))
  expect(said).toContain(who)
  expect(said).toMatch(/1\s*个/)

  const { wishes: ended, claims, steps, looks } = await recorded()
  expect(ended).toEqual([{ id: wishes[0]!.id, state: 'fulfilled', forgotten: true, rating: 5 }])
  expect(claims).toEqual([
    { sponsor_id: [house.volunteers, house.canteen].find(({ name }) => name === who)!.id, ended: 'fulfilled' },
  ])
  expect(steps).toEqual([
    'post by wisher',
    'approve by staff',
    'claim by sponsor',
    'deliver by sponsor',
    'confirm by wisher',
  ])
  expect(looks).toBe(1)
  for (const { faults } of [courier, secretary, one, other])
    expect(faults.filter((fault) => !/status of (401|404|409)/.test(fault))).toEqual([])
})
