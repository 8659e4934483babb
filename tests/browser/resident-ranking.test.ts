import type { Locator, Page } from '@playwright/test'
import { beforeAll, expect, test } from 'vitest'
import { seriousFaults } from '../setup/browser.ts'
import { forAllTests } from './for-all-tests.ts'
import { agree, handIn, openPages, receiptOn } from './resident-district.ts'

const pages = forAllTests(openPages)
let poster: string

const choices = [
  { value: 'bench', text: '多放几把椅子' },
  { value: 'lamp', text: '路灯再亮一点' },
  { value: 'tree', text: '多种几棵树' },
]
const definition = {
  title: '先办哪一样',
  pages: [{ name: 'p1', elements: [{ type: 'ranking', name: 'order', title: '请按先后排一排', choices }] }],
}

const STEPS = 20

beforeAll(async () => {
  const { status } = await pages.district.publish({ title: '先办哪一样', definition }, 'order2026')
  expect(status).toBe(201)
  const links = await pages.district.call('GET', '/api/districts/YX/surveys/order2026/links')
  const all = links.body as unknown as { code: string; community: string }[]
  poster = `${pages.wire.url}/s/${all.find(({ community }) => community === 'C001')!.code}`
})

/** A finger that holds one thing, moves slowly above another, and lifts. */
async function dragAbove(page: Page, from: Locator, to: Locator): Promise<void> {
  const [start, end] = [await pointIn(from, 0.5), await pointIn(to, 0.2)]
  const session = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] })
  await touch('touchStart', start)
  // A browser may keep a page's timers waiting for a tenth of a second after a finger came down.
  await page.waitForTimeout(250)
  for (let step = 1; step <= STEPS; step += 1) {
    await page.waitForTimeout(20)
    await touch('touchMove', { x: start.x, y: start.y + ((end.y - start.y) * step) / STEPS })
  }
  const carried = (await page.locator('.sv-ranking-shortcut').boundingBox())!
  expect(Math.abs(carried.y + carried.height / 2 - end.y)).toBeLessThan(carried.height / 2)
  await touch('touchEnd')
}

async function pointIn(one: Locator, down: number): Promise<{ x: number; y: number }> {
  const box = (await one.boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + box.height * down }
}

test('a resident puts things in order with a finger, and that order arrives', async () => {
  const { page, leave } = await pages.visit()
  await page.goto(poster)
  await agree(page)
  await page.getByText('按住一项上下拖动').waitFor()
  const items = page.locator('[data-name=order] .sv-ranking-item')
  await dragAbove(page, items.nth(2), items.nth(0))
  await items.first().getByText('多种几棵树').waitFor()
  await dragAbove(page, items.nth(2), items.nth(1))
  await items.nth(1).getByText('路灯再亮一点').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await handIn(page).tap()
  await receiptOn(page)
  const { rows } = await pages.district.pool.query("SELECT answers FROM responses WHERE survey_code = 'order2026'")
  expect(rows).toEqual([{ answers: { order: ['tree', 'lamp', 'bench'] } }])
  await leave()
})
