import type { Browser, Locator, Page } from '@playwright/test'
import { expect } from 'vitest'
import type { Submission } from '../../shared/surveys/api.ts'
import { type OpenBriefs, openBriefs } from '../api/briefs-district.ts'
import { numbers, submissionOf } from '../load/answers.ts'
import { asking, key } from '../setup/app.ts'
import { listen, openBrowser, pc, type Visitor, visitor } from '../setup/browser.ts'
import { password, signedIn } from '../setup/people.ts'

/** C003: everybody there needs 养老服务 and has none of it; nobody elsewhere misses it.. */
export const missing = 'C003'

const needy = { needs: ['elder_care'], met: { elder_care: 0 }, top: ['elder_care'] }
const served = { needs: ['elder_care', 'culture'], met: { elder_care: 100, culture: 100 }, top: ['culture'] }
const bands = ['18-34', '35-59', '60-79', '80+']

/** A person of each age and sex in turn, so that every cell of the weights is filled. */
function answers(i: number, community: string): Submission['answers'] {
  const person = { answering: 'self', residence: 'here', age: bands[i % 4], sex: i % 8 < 4 ? 'male' : 'female' }
  const children = i % 5 === 0 ? ['parent_0_3', 'parent_4_6', 'parent_7_12'] : ['none']
  return { ...person, children, elders: ['none'], ...(community === missing ? needy : served) }
}

/** A district whose desk is open to browsers. */
export interface OpenDesk {
  district: OpenBriefs
  browser: Browser
  /** Where its pages are. */
  base: string
  /** A planner at a PC; every fault on the pages fails the test. */
  atDesk(path: string, work: (page: Page, planner: Visitor) => Promise<void>): Promise<void>
  /** The same planner with an account, who has signed in. */
  signedIn(path: string, work: (page: Page, planner: Visitor) => Promise<void>): Promise<void>
  stop(): Promise<void>
}

export async function openDesk(): Promise<OpenDesk> {
  const browser = await openBrowser()
  const district = await openDeskDistrict()
  const base = await listen(district.running.app)
  await addPlanner(district)
  const atDesk: OpenDesk['atDesk'] = async (path, work) => {
    const planner = await visitor(browser, { ...pc, acceptDownloads: true })
    try {
      await planner.page.goto(base + path)
      await work(planner.page, planner)
      expect(planner.faults).toEqual([])
    } finally {
      await planner.context.close()
    }
  }
  return {
    district,
    browser,
    base,
    atDesk,
    signedIn: (path, work) =>
      atDesk('/desk/sign-in', async (page, planner) => {
        await signIn(page, who.username, password)
        await page.getByRole('button', { name: '退出' }).waitFor()
        await page.goto(base + path)
        await work(page, planner)
      }),
    async stop() {
      await browser.close()
      await district.stop()
    },
  }
}

const who = { username: 'gui.hua', name: '林规划', grants: [{ role: 'planner', level: 'district', code: '' } as const] }

async function addPlanner({ running }: OpenBriefs): Promise<void> {
  await signedIn(asking(running.app), { key, district: 'YX' }, who)
}

/** Fills in the form and sends it. */
export async function signIn(page: Page, username: string, word: string): Promise<void> {
  await page.getByLabel('用户名').fill(username)
  await page.getByLabel('密码', { exact: true }).fill(word)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

/** Four communities, three of them with 40 answers; C004 has none. */
async function openDeskDistrict(): Promise<OpenBriefs> {
  const district = await openBriefs()
  for (const community of ['C001', 'C002', missing]) {
    await Promise.all(Array.from({ length: 40 }, (_, i) => answer(district, community, i)))
  }
  await district.folded()
  return district
}

/** One more answer, so that a brief composed after it differs from those before. */
export async function answer(district: OpenBriefs, community: string, i: number): Promise<void> {
  const submission = submissionOf(numbers(i), [community], { answers: answers(i, community) }, false)
  const { status, body } = await district.call('POST', '/api/districts/YX/surveys/needs2026/responses', submission)
  if (status !== 201) throw new Error(JSON.stringify(body))
}

export const figureIn = (where: Locator, text: string) => where.getByRole('button', { name: text, exact: true }).first()

/** What the panel says of a number, after it was opened by the keyboard. */
export async function sourceOf(figure: Locator): Promise<string> {
  const page = figure.page()
  await figure.press('Enter')
  const panel = page.getByRole('dialog', { name: '这个数从哪里来' })
  await panel.waitFor()
  const said = await panel.innerText()
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'hidden' })
  return said
}
