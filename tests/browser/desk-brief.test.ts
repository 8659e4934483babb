import type { Browser, Locator, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenBriefs } from '../api/briefs-district.ts'
import { listen, openBrowser, pc, type Visitor, visitor } from '../setup/browser.ts'
import { openDeskDistrict } from './desk-district.ts'

let browser: Browser
let district: OpenBriefs
let planner: Visitor

beforeAll(async () => {
  browser = await openBrowser()
  district = await openDeskDistrict()
  await district.edition('S4')
  planner = await visitor(browser, pc)
  await planner.page.goto(`${await listen(district.running.app)}/desk/sites/S4/briefs/latest`)
  await planner.page.getByRole('heading', { level: 1, name: /建设方案/ }).waitFor()
})
afterAll(async () => {
  await browser?.close()
  await district?.stop()
})

/** What the panel beside the page says of a number. */
async function sourceOf(page: Page, figure: Locator): Promise<string> {
  await figure.press('Enter')
  const panel = page.getByRole('dialog', { name: '这个数从哪里来' })
  await panel.waitFor()
  const said = await panel.innerText()
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'hidden' })
  return said
}

const button = (where: Locator, text: string) => where.getByRole('button', { name: text, exact: true }).first()

describe('a brief at the desk', () => {
  test('says of the numbers in its reasons where they come from, as of those in its tables', async () => {
    const { page } = planner
    const reason = page.getByRole('listitem').filter({ hasText: '养老服务优先度为' }).first()
    expect(await sourceOf(page, button(reason, '200'))).toContain('居民需求 › 养老服务 › 优先度')
    const left = page.getByRole('row', { name: /日间照料中心/ }).first()
    const threshold = await sourceOf(page, button(left, '350'))
    expect(threshold).toContain('服务功能与规划指标 › 养老服务 › 日间照料中心 › 面积下限（平方米）')
    expect(threshold).toContain('已核对（完整居住社区建设标准，面积）')
    expect(await sourceOf(page, button(left, '180'))).toContain('点位台账 › 老锅炉房 › 房间 › 101 › 面积（平方米）')
    const standard = page.getByRole('row', { name: /每百户社区综合服务设施面积/ })
    expect(await sourceOf(page, button(standard, '30'))).toContain(
      '规划规则 › 每百户社区综合服务设施面积 › 限值 › 下限',
    )
  })

  test('is drawn with the styles of the desk: a number looks like the words around it', async () => {
    const border = (figure: Element) => getComputedStyle(figure).borderTopWidth
    expect(await planner.page.locator('.paper button.figure').first().evaluate(border)).toBe('0px')
  })

  test('reads a chart as a table whose numbers say it too', async () => {
    const { page } = planner
    const chart = page.locator('figure.chart').first()
    await chart.getByRole('button', { name: '看数字表格' }).click()
    const row = chart.getByRole('row', { name: /^养老服务/ })
    expect(await row.innerText()).toMatch(/100\.0%（\d+\.\d%–100\.0%）/)
    expect(await sourceOf(page, button(row, '100.0%'))).toContain('居民需求 › 养老服务 › 需求率 › 估计值')
    expect(planner.faults).toEqual([])
  })
})
