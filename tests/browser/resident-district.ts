import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { expect } from 'vitest'
import { type OpenDistrict, openDistrict } from '../api/surveys-district.ts'
import { listen, openBrowser, phone, type Visitor, visitor } from '../setup/browser.ts'
import { type Cable, cable } from '../setup/cable.ts'

export interface Visit extends Visitor {
  /** Ends the visit: nothing may have gone wrong on its pages, but for what the browser writes of a fault that was meant. */
  leave(meant?: string): Promise<void>
}

/** A district with three communities whose pages are open to browsers. */
export interface OpenPages {
  district: OpenDistrict
  browser: Browser
  wire: Cable
  /** Address on the poster of the community C001. */
  poster: string
  code: string
  visit(options?: BrowserContextOptions): Promise<Visit>
  /** A visit that has opened the poster on a phone. */
  atPoster(): Promise<Visit>
  /** Answers that have arrived. */
  stored(): Promise<number>
  /** Answers in the demand of C001, once everything is folded in. */
  demanded(): Promise<number>
  stop(): Promise<void>
}

export async function openPages(): Promise<OpenPages> {
  const browser = await openBrowser()
  const district = await openDistrict()
  const wire = await cable(await listen(district.running.app))
  const links = await district.call('GET', '/api/districts/YX/surveys/needs2026/links')
  const all = links.body as unknown as { code: string; community: string }[]
  const { code } = all.find(({ community }) => community === 'C001')!
  const poster = `${wire.url}/s/${code}`
  return {
    district,
    browser,
    wire,
    code,
    poster,
    visit: (options) => visit(browser, options),
    async atPoster() {
      const person = await visit(browser)
      await person.page.goto(poster)
      return person
    },
    stored: () => district.count('responses'),
    async demanded() {
      await district.folded()
      const { body } = await district.call('GET', '/api/districts/YX/communities/C001/demand')
      return (body as unknown as { n: number }).n
    },
    async stop() {
      await browser.close()
      await wire.pull().catch(() => undefined)
      await district.stop()
    },
  }
}

async function visit(browser: Browser, options: BrowserContextOptions = phone): Promise<Visit> {
  const person = await visitor(browser, options)
  return {
    ...person,
    async leave(meant) {
      expect(person.faults.filter((fault) => meant === undefined || !fault.includes(meant))).toEqual([])
      await person.context.close()
    },
  }
}

export async function agree(page: Page): Promise<void> {
  await page.locator('.tick').click()
  await page.getByRole('button', { name: '开始填写' }).click()
  await page.locator('form .sd-question').first().waitFor()
}

/** What a person of 75 says, question by question; what is not named is left as it is. */
export const saying: Record<string, string[]> = {
  answering: ['我自己填'],
  residence: ['住在本社区'],
  age: ['60～79 岁'],
  sex: ['女'],
  children: ['没有'],
  elders: ['60～79 岁'],
  needs: ['养老服务', '社区助餐'],
  top: ['社区助餐'],
  elder_care_users: ['我自己'],
  meal_times: ['午饭'],
  circumstances_consent: ['不回答'],
}

/** Answers what is on the screen by clicks, also what only appears by answering. */
export async function answerScreen(page: Page): Promise<void> {
  for (const [name, words] of Object.entries(saying)) {
    const question = page.locator(`[data-name="${name}"]`)
    for (const each of words) {
      const label = question.locator('label').filter({ hasText: each }).first()
      if ((await label.isVisible()) && !(await label.locator('input').isChecked())) await label.click()
    }
    if (name === 'needs') await answerRows(page)
  }
  const suggestion = page.locator('[data-name=suggestion] textarea')
  if (await suggestion.isVisible()) await suggestion.fill('楼下多放两把椅子')
}

async function answerRows(page: Page): Promise<void> {
  for (const row of await page.locator('[data-name=met] tr.sd-table__row').all()) {
    await row.locator('label').first().click()
  }
}

export const next = (page: Page) => page.getByRole('button', { name: /^下一[页题]$/ })
export const handIn = (page: Page) => page.getByRole('button', { name: /^提交/ })

/** Answers everything up to the button that hands the answer in. */
export async function answerAll(page: Page): Promise<void> {
  for (let screens = 0; screens < 20; screens += 1) {
    await answerScreen(page)
    if (!(await next(page).isVisible())) return
    const before = await page.locator('.where').innerText()
    await next(page).click()
    await page.waitForFunction((was) => document.querySelector<HTMLElement>('.where')?.innerText !== was, before)
  }
}

export async function receiptOn(page: Page): Promise<string> {
  const receipt = await page.locator('.ticket .code').innerText()
  expect(receipt).toMatch(/^YX-([0-9A-Z]{4}-){2}[0-9A-Z]{4}$/)
  return receipt
}

/** Answers everything and hands it in; returns the receipt. */
export async function answerAndHandIn(page: Page): Promise<string> {
  await answerAll(page)
  await handIn(page).click()
  return await receiptOn(page)
}
