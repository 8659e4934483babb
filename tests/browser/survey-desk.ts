import type { BrowserContextOptions, Browser as Chromium, FrameLocator, Page } from '@playwright/test'
import { administrator, type Browser as Client, type House, openHouse } from '../api/people-district.ts'
import { listen, openBrowser, pc, type Visitor, visitor } from '../setup/browser.ts'

export interface SurveyDesk {
  browser: Chromium
  house: House
  admin: Awaited<ReturnType<typeof administrator>>
  base: string
  stop(): Promise<void>
}

/** A district with an administrator, a server that browsers reach, and a browser. */
export async function openSurveyDesk(): Promise<SurveyDesk> {
  const browser = await openBrowser()
  const house = await openHouse()
  const admin = await administrator(house)
  const base = await listen(house.app)
  const stop = async () => {
    await browser.close()
    await house.stop()
  }
  return { browser, house, admin, base, stop }
}

/** Somebody at the desk whose session an API client began. */
export async function personAtDesk(
  { browser, base }: Pick<SurveyDesk, 'browser' | 'base'>,
  client: Client,
  path: string,
  device: BrowserContextOptions = pc,
): Promise<Visitor> {
  const person = await visitor(browser, { ...device, acceptDownloads: true })
  const cookies = [...client.cookies].map(([name, value]) => ({ name, value, url: base }))
  await person.context.addCookies(cookies)
  await person.page.goto(`${base}/desk${path}`)
  return person
}

/** From the list of surveys into the editor, with the questionnaire that comes along. Answers with the survey's code. */
export async function beginShipped(page: Page, title: string): Promise<string> {
  await page.getByRole('button', { name: '新建问卷' }).click()
  await page.getByLabel('问卷名称（可不填，以后能改）').fill(title)
  await page.getByRole('button', { name: '开始编辑' }).click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  return new URL(page.url()).pathname.split('/').at(-2) as string
}

export const phoneOn = (page: Page): FrameLocator => page.frameLocator('iframe[title="居民在手机上看到的问卷"]')

async function pickFrom(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).click()
  await page.locator('.ant-select-dropdown:visible').getByTitle(option, { exact: true }).click()
}

/** A single-choice question at the end of a page, asked of those only who gave a certain answer to an earlier one. */
export async function addConditional(
  page: Page,
  { after, title, when, answer }: { after: string; title: string; when: string; answer: string },
): Promise<void> {
  await page.getByRole('button', { name: `在“${after}”里加一道题` }).click()
  await page.getByRole('menuitem', { name: '单选题' }).click()
  const form = page.getByRole('region', { name: '正在编辑' })
  await form.getByLabel('题目', { exact: true }).fill(title)
  await form.getByText('满足条件才问').click()
  await pickFrom(page, '第1个条件：题目', when)
  await pickFrom(page, '第1个条件：选项', answer)
}

/** Publishes what is being edited; the list of surveys then says so. */
export async function publishEdited(page: Page): Promise<void> {
  await page.locator('.edit-bar').getByRole('button', { name: '发布', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '发布', exact: true }).click()
  await page.getByText('已经发布，居民打开的就是这一版。').waitFor()
}
