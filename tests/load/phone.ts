import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { openBrowser, phone } from '../setup/browser.ts'
import { type Cable, cable } from '../setup/cable.ts'
import { measureTable } from './desk-table.ts'
import { note, quantileOf, report } from './measure.ts'
import { prepare } from './prepare.ts'
import { startProcess } from './server-process.ts'
import { bench, ROUNDS, seenOn, watchedPage } from './watched-page.ts'

const key = 'a-key-for-benchmarks'
const weakSignal = { latencyMs: 150, downMbit: 1.6, upMbit: 0.75 }
const SLOWER = 4

/** Milliseconds since the visit began, taken inside the page when something has been drawn. */
interface Seen {
  notice?: number
  question?: number
  steps: number[]
}

/** Agrees as soon as the notice is there, as the quickest of readers would, and takes down what was seen when. */
function watch(agrees: boolean): void {
  const seen: Seen = { steps: [] }
  Object.assign(window, { seen })
  const drawn = (then: (at: number) => void) => requestAnimationFrame(() => setTimeout(() => then(performance.now())))
  const look = () => {
    if (seen.notice === undefined && document.querySelector('.notice dd')) {
      seen.notice = 0
      drawn((at) => {
        seen.notice = at
        if (!agrees) return
        document.querySelector<HTMLElement>('.tick input')?.click()
        // React has to see the tick first.
        setTimeout(() => document.querySelector<HTMLElement>('.foot .main')?.click())
      })
    }
    if (seen.question === undefined && document.querySelector('form .sd-question')) {
      seen.question = 0
      drawn((at) => {
        seen.question = at
      })
    }
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true })
}

async function slowPage(context: BrowserContext, agrees: boolean): Promise<Page> {
  const { page, session } = await watchedPage(context, weakSignal, watch, agrees)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  return page
}

const newPhone = (browser: Browser) => browser.newContext({ ...phone, deviceScaleFactor: 2 })

/** Somebody who has never been there agrees at once: when the notice can be read, when the first question can be answered, what it took. */
async function coldVisit(browser: Browser, wire: Cable, poster: string) {
  const context = await newPhone(browser)
  const before = wire.sent()
  const page = await slowPage(context, true)
  await page.goto(poster)
  const seen = await seenOn<Seen>(page, 'question')
  await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration())?.active, undefined, {
    timeout: 30_000,
  })
  await page.waitForLoadState('networkidle')
  return { context, page, seen, kb: (wire.sent() - before) / 1000 }
}

/** How long it takes from the tap until the next question is drawn, in large type, where every question is a screen. */
async function steps(page: Page): Promise<number[]> {
  await page.getByRole('button', { name: '大字版' }).click()
  const taken: number[] = []
  for (let screens = 0; screens < 9; screens += 1) {
    await answer(page)
    taken.push(await page.evaluate(nextQuestion))
  }
  return taken
}

async function answer(page: Page): Promise<void> {
  for (const row of await page.locator('tr.sd-table__row').all()) await row.locator('label').first().click()
  if ((await page.locator('tr.sd-table__row').count()) > 0) return
  const choice = page.locator('form label').first()
  if (await choice.isVisible()) await choice.click()
}

function nextQuestion(): Promise<number> {
  return new Promise((resolve) => {
    const at = document.querySelector('form .sd-question')
    const button = document.querySelector<HTMLElement>('.sd-navigation__next-btn')
    const began = performance.now()
    const observer = new MutationObserver(() => {
      if (document.querySelector('form .sd-question') === at) return
      observer.disconnect()
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)))
    })
    observer.observe(document, { childList: true, subtree: true })
    button?.click()
  })
}

/** The same phone again: the notice once more for somebody who only had a look, the questions for somebody who had begun. */
async function secondVisit(context: BrowserContext, poster: string, what: 'notice' | 'question'): Promise<number> {
  const page = await slowPage(context, false)
  await page.goto(poster)
  return (await seenOn<Seen>(page, what))[what]!
}

async function onlyLooked(browser: Browser, poster: string): Promise<number> {
  const context = await newPhone(browser)
  const page = await slowPage(context, false)
  await page.goto(poster)
  await page.waitForLoadState('networkidle')
  await page.close()
  const again = await secondVisit(context, poster, 'notice')
  await context.close()
  return again
}

async function measure(browser: Browser, wire: Cable, poster: string): Promise<void> {
  const figures = { notice: [] as number[], question: [] as number[], kb: [] as number[], next: [] as number[] }
  const again = { notice: [] as number[], draft: [] as number[] }
  for (let round = 0; round < ROUNDS; round += 1) {
    const { context, page, seen, kb } = await coldVisit(browser, wire, poster)
    figures.notice.push(seen.notice!)
    figures.question.push(seen.question!)
    figures.kb.push(kb)
    figures.next.push(...(await steps(page)))
    await page.close()
    again.draft.push(await secondVisit(context, poster, 'question'))
    await context.close()
    again.notice.push(await onlyLooked(browser, poster))
  }
  const lower = { bench, better: 'lower' as const }
  const ms = { ...lower, unit: 'ms' }
  report({ ...ms, figure: 'notice_readable', value: quantileOf(figures.notice, 0.5), limit: 1_500 })
  report({ ...ms, figure: 'first_question_answerable', value: quantileOf(figures.question, 0.5), limit: 4_000 })
  report({ ...lower, figure: 'transfer', value: quantileOf(figures.kb, 1), unit: 'kB', limit: 450 })
  report({ ...ms, figure: 'next_question', value: quantileOf(figures.next, 0.5), limit: 100 })
  note({ ...ms, figure: 'next_question_slowest', value: quantileOf(figures.next, 1) })
  report({ ...ms, figure: 'second_visit', value: quantileOf(again.notice, 0.5), limit: 1_000 })
  note({ ...ms, figure: 'second_visit_to_draft', value: quantileOf(again.draft, 0.5), limit: 1_000 })
}

/** Runs the server as it is started, on an empty or a demo database of its own. */
async function withServer(seed: 'none' | 'demo', work: (base: URL) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'yixu-bench-phone-'))
  const environment = {
    DATA_DIR: dataDir,
    DATABASE_URL: '',
    PORT: '0',
    SEED: seed,
    STAFF_KEY: key,
    LOG_LEVEL: 'warn',
  }
  const server = await startProcess({ script: 'server/main.ts', environment })
  try {
    await work(server.url)
  } finally {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** A phone of 390 px with a quarter of this machine's speed on a weak signal; then a planner's PC. */
async function main(): Promise<void> {
  const browser = await openBrowser()
  try {
    await withServer('none', async (base) => {
      await prepare(base, key, 2)
      const links = await fetch(new URL('/api/districts/YX/surveys/needs2026/links', base))
      const [link] = (await links.json()) as { code: string }[]
      const wire = await cable(base.href)
      await measure(browser, wire, `${wire.url}/s/${link!.code}`)
      await wire.pull()
    })
    await withServer('demo', (base) => measureTable(browser, base))
  } finally {
    await browser.close()
  }
}

await main()
