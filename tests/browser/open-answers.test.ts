import type { Page } from '@playwright/test'
import { expect, test, vi } from 'vitest'
import { administrator } from '../api/people-district.ts'
import { openThemes } from '../api/themes-district.ts'
import { listen, looksWell, openBrowser, pc, phone, visitor } from '../setup/browser.ts'
import { forAllTests } from './for-all-tests.ts'

const desk = forAllTests(async () => {
  const browser = await openBrowser()
  const house = await openThemes()
  const admin = await administrator(house)
  for (let i = 0; i < 11; i++) await house.write('C001', `停车太难，第${i}次说了，找王建国先生`)
  await house.write('C002', '没有路灯，晚上不敢出门')
  await house.write('C003', '希望越来越棒')
  await house.read()
  const base = await listen(house.app)
  const stop = async () => {
    await browser.close()
    await house.stop()
  }
  return { browser, house, admin, base, stop }
})

async function atPage(device: typeof pc, work: (page: Page) => Promise<void>): Promise<void> {
  const person = await visitor(desk.browser, device)
  await person.context.addCookies([...desk.admin.cookies].map(([name, value]) => ({ name, value, url: desk.base })))
  try {
    await person.page.goto(`${desk.base}/desk/surveys/needs2026/open-answers`)
    await person.page.getByRole('heading', { name: '开放意见', exact: true }).waitFor()
    await work(person.page)
    expect(person.faults).toEqual([])
  } finally {
    await person.context.close()
  }
}

const lines = (page: Page) => page.locator('.open-answers tbody tr[data-row-key]')
const people = (page: Page, theme: string) =>
  page.locator('.themes-table tr', { hasText: theme }).getByRole('button').first().innerText()

test('ten open answers are confirmed with the keyboard alone, and the count of the theme rises by ten', async () => {
  await atPage(pc, async (page) => {
    await lines(page).nth(11).waitFor()
    expect(await page.locator('main').innerText()).not.toContain('王建国')
    const parking = lines(page).filter({ hasText: '停车太难' })
    expect(await parking.count()).toBe(11)
    // To the first line as somebody without a mouse comes there.
    const focused = () => page.evaluate(() => document.activeElement?.matches('tr[data-row-key]') ?? false)
    for (let i = 0; i < 80 && !(await focused()); i++) await page.keyboard.press('Tab')
    expect(await focused()).toBe(true)
    const isParking = () => page.evaluate(() => document.activeElement?.textContent?.includes('停车太难') ?? false)
    // Five one by one, then five together.
    for (let done = 0; done < 5; ) {
      if (await isParking()) {
        await page.keyboard.press('Enter')
        done += 1
        await page.getByRole('status').filter({ hasText: '已确认 1 条' }).waitFor()
        await vi.waitUntil(async () => (await parking.filter({ hasText: '✓' }).count()) === done)
      } else await page.keyboard.press('j')
    }
    for (let ticked = 0; ticked < 5; ) {
      if (await isParking()) {
        ticked += 1
        await page.keyboard.press('Space')
        await page
          .getByRole('status')
          .filter({ hasText: `已选 ${ticked} 条` })
          .waitFor()
      } else await page.keyboard.press('j')
    }
    await page.keyboard.press('1')
    await page.getByRole('status').filter({ hasText: '已确认 5 条' }).waitFor()
    await vi.waitUntil(async () => (await people(page, '停车').catch(() => '')) === '10', { timeout: 10_000 })
    await looksWell(page, 'open-answers')
    // The last decision is taken back as one.
    await lines(page).first().focus()
    await page.keyboard.press('u')
    await vi.waitUntil(async () => (await people(page, '停车')) === '5', { timeout: 10_000 })
    await parking.filter({ hasText: '✓' }).first().focus()
    await page.keyboard.press('q')
    const dialog = page.getByRole('dialog', { name: '选作原话' })
    await dialog.getByLabel('原话').fill('停车太难')
    await looksWell(page, 'open-answers-quote')
    await dialog.getByRole('button', { name: '选定' }).click()
    await page.locator('.quoted', { hasText: '停车太难……' }).waitFor()
    await page.getByRole('button', { name: '编辑词典' }).click()
    await page.getByRole('dialog').getByLabel('名称').first().waitFor()
    await looksWell(page, 'open-answers-dictionary')
  })
  await atPage(phone, async (page) => {
    await lines(page).first().waitFor()
    await looksWell(page, 'open-answers-phone')
  })
}, 60_000)
