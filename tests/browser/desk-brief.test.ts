import type { Page } from '@playwright/test'
import { beforeAll, describe, expect, test } from 'vitest'
import { figureIn, openDesk, sourceOf } from './desk-district.ts'
import { forAllTests } from './for-all-tests.ts'

const desk = forAllTests(openDesk)
beforeAll(async () => {
  await desk.district.edition('S4')
})

async function atBrief(work: (page: Page) => Promise<void>): Promise<void> {
  await desk.atDesk('/desk/sites/S4/briefs/latest', async (page) => {
    await page.getByRole('heading', { level: 1, name: /建设方案/ }).waitFor()
    await work(page)
  })
}

describe('a brief at the desk', () => {
  test('says of the numbers in its reasons where they come from, as of those in its tables', async () => {
    await atBrief(async (page) => {
      const reason = page.getByRole('listitem').filter({ hasText: '养老服务优先度为' }).first()
      expect(await sourceOf(figureIn(reason, '200'))).toContain('居民需求 › 养老服务 › 优先度')
      const left = page.getByRole('row', { name: /日间照料中心/ }).first()
      const threshold = await sourceOf(figureIn(left, '350'))
      expect(threshold).toContain('服务功能与规划指标 › 养老服务 › 日间照料中心 › 面积下限（平方米）')
      expect(threshold).toContain('已核对（完整居住社区建设标准，面积）')
      expect(await sourceOf(figureIn(left, '180'))).toContain('点位台账 › 老锅炉房 › 房间 › 101 › 面积（平方米）')
      const standard = page.getByRole('row', { name: /每百户社区综合服务设施面积/ })
      const limit = '规划规则 › 每百户社区综合服务设施面积 › 限值 › 下限'
      expect(await sourceOf(figureIn(standard, '30'))).toContain(limit)
    })
  })

  test('is drawn with the styles of the desk: a number looks like the words around it', async () => {
    await atBrief(async (page) => {
      const border = (figure: Element) => getComputedStyle(figure).borderTopWidth
      expect(await page.locator('.paper button.figure').first().evaluate(border)).toBe('0px')
    })
  })

  test('reads a chart as a table whose numbers say it too', async () => {
    await atBrief(async (page) => {
      const chart = page.locator('figure.chart').first()
      await chart.getByRole('button', { name: '看数字表格' }).click()
      const row = chart.getByRole('row', { name: /^养老服务/ })
      expect(await row.innerText()).toMatch(/100\.0%（\d+\.\d%–100\.0%）/)
      expect(await sourceOf(figureIn(row, '100.0%'))).toContain('居民需求 › 养老服务 › 需求率 › 估计值')
    })
  })
})
