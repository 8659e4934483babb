import type { Page } from '@playwright/test'
import { describe, expect, test } from 'vitest'
import { questionnaire } from '../../shared/surveys/questionnaire.ts'
import { services } from '../load/answers.ts'
import { seriousFaults } from '../setup/browser.ts'
import { figureIn, openDesk, sourceOf } from './desk-district.ts'
import { forAllTests } from './for-all-tests.ts'

const desk = forAllTests(openDesk)

/** A page of the desk, once what the test looks at has been drawn. */
async function on(path: string, ready: string, work: (page: Page) => Promise<void>): Promise<void> {
  await desk.atDesk(path, async (page) => {
    await page.locator(ready).first().waitFor()
    await work(page)
  })
}

/**
 * Words with a number in them that no button holds. Numbers that are no figures: the parts of a name or a code, days, versions, what
 * a heading counts in (95% intervals, scales, age bands), and how many rows are shown.
 */
function bareNumbers(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const out: string[] = []
    const walk = document.createTreeWalker(document.querySelector('main')!, NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const at = node.parentElement!
      const free =
        'button.figure, h1, h2, h3, thead, figcaption, caption, dt, a, select, option, .note, .found, code, .mark'
      if (at.closest(free)) continue
      const said = node
        .nodeValue!.replace(/[CFS]\d+[a-z]?(社区|号设施)?/g, '')
        .replace(/95%|不足30份|\d+–\d+岁|60岁及以上|80岁及以上|\d{4}-\d{2}-\d{2}|第\d+稿/g, '')
      if (/\d/.test(said)) out.push(said.trim())
    }
    return out
  })
}

const sourceIn = (page: Page, text: string, within = 'main') => sourceOf(figureIn(page.locator(within), text))

describe('every number at the desk opens where it comes from', () => {
  test('on the first page', async () => {
    await on('/', 'dl.figures button', async (page) => {
      expect(await bareNumbers(page)).toEqual([])
      expect(await sourceIn(page, '4', 'dl.figures')).toMatch(/社区概况 › 社区数[\s\S]*第\d+次更新/)
      expect(await seriousFaults(page)).toEqual([])
    })
  })

  test('in the district table', async () => {
    await on('/desk', '.ant-table-row', async (page) => {
      expect(await bareNumbers(page)).toEqual([])
      expect(await sourceIn(page, '120')).toMatch(/以需区[\s\S]*答卷 › 份数/)
    })
  })

  test('on the page of a community: its profile, its answers, its groups, its facilities and its sites', async () => {
    await on('/desk/communities/C001', 'canvas', async (page) => {
      await page
        .getByRole('link', { name: /阅读一社一案/ })
        .or(page.getByText('还没有编制方案'))
        .first()
        .waitFor()
      const twin = page.getByRole('button', { name: '看数字表格' })
      while ((await twin.count()) > 0) await twin.first().click()
      expect(await bareNumbers(page)).toEqual([])
      expect(await sourceIn(page, '3,000')).toMatch(/C001社区[\s\S]*社区概况 › 户数[\s\S]*截至2026-01-01/)
      expect(await sourceIn(page, '10', 'figure.chart:has-text("按年龄段")')).toMatch(/居民需求 › 18–34岁 › 份数/)
      expect(await sourceIn(page, '40', '.panel')).toMatch(/答卷 › 份数/)
      expect(await sourceIn(page, '40', 'section[aria-label=设施台账]')).toMatch(/设施台账 › F2号设施 › 日常可服务/)
      expect(await sourceIn(page, '320', '.cards')).toMatch(/点位台账 › 原办公用房 › 室内面积（平方米）/)
      expect(await seriousFaults(page)).toEqual([])
    })
  })

  test('also when the next one is opened in the moment in which the panel closes', async () => {
    await on('/desk/communities/C001', 'canvas', async (page) => {
      const panel = page.getByRole('dialog', { name: '这个数从哪里来' })
      await page.locator('button.figure').first().press('Enter')
      await panel.waitFor()
      await page.evaluate(() => {
        document.querySelector<HTMLDialogElement>('dialog.side')?.close()
        document.querySelectorAll<HTMLButtonElement>('button.figure')[1]?.click()
      })
      // Long enough for the browser to tell of the closing.
      await page.waitForTimeout(300)
      expect(await panel.isVisible()).toBe(true)
    })
  })

  test('also where answers came that take no part in the weights', async () => {
    const elsewhere = { answering: 'self', residence: 'elsewhere', age: '35-59', sex: 'male', children: ['none'] }
    const answers = {
      ...elsewhere,
      elders: ['none'],
      needs: ['elder_care'],
      met: { elder_care: 0 },
      top: ['elder_care'],
    }
    await desk.district.send('C004', 2, { answers })
    await on('/desk/communities/C004', '.panel', async (page) => {
      await page.getByText('没有一份可以参加加权').waitFor()
      expect(await bareNumbers(page)).toEqual([])
      expect(await sourceIn(page, '2', '.panel')).toMatch(/C004社区[\s\S]*答卷 › 份数/)
    })
  })
})

test('a facility of a neighbour is called by its name, with the community where it stands', async () => {
  await on('/desk/communities/C002', 'canvas', async (page) => {
    const row = page.getByRole('region', { name: '各项服务的缺口' }).getByRole('row', { name: /社区助餐/ })
    expect(await row.innerText()).toContain('F1号设施（111米，在C001社区，公办）')
  })
  await on('/desk/communities/C001', 'canvas', async (page) => {
    const row = page.getByRole('region', { name: '各项服务的缺口' }).getByRole('row', { name: /社区助餐/ })
    expect(await row.innerText()).toContain('F1号设施（111米，公办）')
  })
})

test('a brief is told in the words of the survey version that it rests on, whatever was published since', async () => {
  await desk.district.edition('S1')
  await desk.district.publish({ title: '需求调查', definition: questionnaire([...services].reverse()) })
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  await desk.district.send('C001', 30, { version: 2 })
  await on('/desk/sites/S1/briefs/1', '.paper table', async (page) => {
    const table = page.getByRole('region', { name: /各项服务的需求/ }).first()
    const row = table.getByRole('row', { name: /养老服务/ })
    await row.getByRole('button').first().press('Enter')
    const panel = page.getByRole('dialog', { name: '这个数从哪里来' })
    await panel.getByText('居民需求 › 养老服务 › ').waitFor()
    expect(await panel.innerText()).toContain('问卷needs2026第1版')
    await page.keyboard.press('Escape')
    const channels = page.getByRole('region', { name: '答卷来源' }).getByRole('row', { name: /线上/ })
    await channels.getByRole('button').first().press('Enter')
    await panel.getByText('答卷 › 线上 › 份数').waitFor()
  })
})
