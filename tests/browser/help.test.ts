import { readFile } from 'node:fs/promises'
import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenDistrict, openDistrict } from '../api/surveys-district.ts'
import { listen, openBrowser, pc, phone, seriousFaults, visitor } from '../setup/browser.ts'
import { readPdf } from '../unit/documents/pdf-reader.ts'

let browser: Browser
let district: OpenDistrict
let base: string

beforeAll(async () => {
  browser = await openBrowser()
  district = await openDistrict(3)
  base = await listen(district.running.app)
})
afterAll(async () => {
  await browser?.close()
  await district?.stop()
})

async function at(path: string, device: BrowserContextOptions, work: (page: Page) => Promise<void>): Promise<void> {
  const person = await visitor(browser, { ...device, acceptDownloads: true })
  try {
    await person.page.goto(base + path)
    await work(person.page)
    expect(await person.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    expect(await seriousFaults(person.page)).toEqual([])
    expect(person.faults).toEqual([])
  } finally {
    await person.context.close()
  }
}

/** Drawings that lie below the screen are only fetched when somebody gets there. */
async function drawnWidths(page: Page): Promise<number[]> {
  return await page.evaluate(async () => {
    const drawings = [...document.querySelectorAll<HTMLImageElement>('.topic img')]
    for (const drawing of drawings) drawing.loading = 'eager'
    await Promise.all(drawings.map((drawing) => drawing.decode()))
    return drawings.map(({ naturalWidth }) => naturalWidth)
  })
}

/** A picture of the page for whoever wants to look, where SHOTS names a folder. */
async function shoot(page: Page, name: string): Promise<void> {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true })
}

describe('help', () => {
  test('tells a resident how to answer, with a drawing beside every step, in large type too', async () => {
    await at('/help', phone, async (page) => {
      await page.getByRole('heading', { level: 1, name: '怎样填问卷' }).waitFor()
      const widths = await drawnWidths(page)
      expect(widths.length).toBeGreaterThanOrEqual(6)
      expect(widths.every((width) => width > 0)).toBe(true)
      await shoot(page, 'help-phone')
      await page.getByRole('button', { name: '大字版' }).click()
      const px = await page
        .getByText('对准海报上的二维码')
        .evaluate((line) => Number.parseFloat(getComputedStyle(line).fontSize))
      expect(px).toBeGreaterThanOrEqual(18)
      await shoot(page, 'help-large')
    })
  })

  test('leads a resident on to typing the short code and to withdrawing', async () => {
    await at('/help', phone, async (page) => {
      await page.getByRole('link', { name: '输入短码，打开问卷' }).click()
      await page.getByRole('heading', { name: '打开社区问卷' }).waitFor()
      await page.goBack()
      await page.getByRole('link', { name: '撤回交过的答卷' }).click()
      await page.getByRole('heading', { name: '撤回答卷' }).waitFor()
    })
  })

  test('tells the desk how to go from posters to briefs', async () => {
    await at('/desk', pc, async (page) => {
      await page.getByRole('link', { name: '帮助', exact: true }).click()
      await page.getByRole('heading', { name: '工作台使用帮助' }).waitFor()
      const widths = await drawnWidths(page)
      expect(widths.length).toBeGreaterThanOrEqual(5)
      expect(widths.every((width) => width > 0)).toBe(true)
      await shoot(page, 'desk-help')
    })
  })
})

describe('posters at the desk', () => {
  test('are there before the first answer, and the file carries the short code beside the button', async () => {
    await at('/desk', pc, async (page) => {
      await page.getByRole('link', { name: '海报与桌牌', exact: true }).click()
      const row = page.getByRole('row', { name: /C002社区/ })
      const code = await row.getByRole('code').innerText()
      for (const label of ['海报', '桌牌']) {
        const button = page.getByRole('button', { name: `下载C002社区的${label}` })
        const [file] = await Promise.all([page.waitForEvent('download'), button.click()])
        expect(file.suggestedFilename()).toBe(`C002社区-${label}.pdf`)
        const { pages } = readPdf(await readFile(await file.path()))
        expect(pages.map(({ text }) => text.includes(code))).toEqual([true])
      }
      await shoot(page, 'desk-posters')
    })
  })
})
