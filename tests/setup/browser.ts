import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from '@playwright/test'
import packed from '@sparticuz/chromium'
import type { FastifyInstance } from 'fastify'
import { expect } from 'vitest'
import { inTurn } from './turn.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const flags =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'

/** The phone of product.md, and a planner's PC. */
export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
}
export const pc: BrowserContextOptions = {
  viewport: { width: 1280, height: 800 },
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
}

/** Starts Chromium: the one that CHROMIUM_PATH names, or the one from the npm package. Builds the pages first when a source is newer. */
export async function openBrowser(): Promise<Browser> {
  await buildPages()
  const executablePath = process.env.CHROMIUM_PATH || (await inTurn('chromium', () => packed.executablePath()))
  const env = { ...process.env, FONTCONFIG_FILE: await chineseFonts() } as Record<string, string>
  return await chromium.launch({ executablePath, args: flags.split(' '), env })
}

/** Makes web/dist up to date; of several test files one builds and the others wait. */
export async function buildPages(): Promise<void> {
  await inTurn('pages', async () => {
    await promisify(execFile)(process.execPath, [join(root, 'web/build.mjs')])
  })
}

/** A bare machine has no Chinese font: the one that comes with the documents' fonts is shown to fontconfig. */
async function chineseFonts(): Promise<string> {
  const fonts = join(root, 'node_modules/@expo-google-fonts/noto-sans-sc')
  const folder = join(tmpdir(), 'yixu-fonts')
  const file = join(folder, `fonts-${process.pid}.conf`)
  await mkdir(folder, { recursive: true })
  const dirs = ['400Regular', '500Medium', '700Bold'].map((weight) => `<dir>${join(fonts, weight)}</dir>`).join('')
  const prefer = ['sans-serif', 'serif', 'system-ui', 'monospace']
    .map((family) => `<alias><family>${family}</family><prefer><family>Noto Sans SC</family></prefer></alias>`)
    .join('')
  await writeFile(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${dirs}<cachedir>${folder}</cachedir>${prefer}</fontconfig>`,
  )
  return file
}

/** Opens a port for browsers and says where. */
export async function listen(app: FastifyInstance): Promise<string> {
  await app.listen({ host: '127.0.0.1', port: 0 })
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}

/** A visitor of their own, and everything that went wrong on their pages. */
export interface Visitor {
  context: BrowserContext
  page: Page
  /** Console errors and uncaught exceptions so far; those about the network are left out while it is cut. */
  faults: string[]
  newPage(): Promise<Page>
  /** Really cuts the network of this visitor, or mends it. */
  cut(offline: boolean): Promise<void>
}

export async function visitor(browser: Browser, options: BrowserContextOptions = phone): Promise<Visitor> {
  const context = await browser.newContext(options)
  context.setDefaultTimeout(15_000)
  const faults: string[] = []
  let isCut = false
  context.on('weberror', (error) => faults.push(String(error.error().stack ?? error.error())))
  context.on('console', (message) => {
    if (message.type() !== 'error') return
    const text = `${message.text()} ${message.location().url}`
    if (isCut && /net::ERR|Failed to load resource|Failed to fetch/.test(text)) return
    faults.push(text)
  })
  return {
    context,
    page: await context.newPage(),
    faults,
    newPage: () => context.newPage(),
    async cut(offline) {
      if (offline) isCut = true
      await context.setOffline(offline)
      if (!offline) isCut = false
    },
  }
}

/** Waits until nothing on the page fades or slides any more; what turns without end is not waited for. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime ?? Infinity))
    await Promise.allSettled(ending.map((animation) => animation.finished))
  })
}

/**
 * What axe calls serious or critical on the page as it stands, one line each; an empty list is what a test wants. The
 * colours in the middle of a fade are nobody's choice, so it waits for their end.
 */
export async function seriousFaults(page: Page): Promise<string[]> {
  await settled(page)
  // Its types come from another minor version of Playwright.
  const { violations } = await new AxeBuilder({ page: page as never }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)
}

/** Nobody meets a barrier on the page as it stands; where SHOTS names a folder, a picture for whoever wants to look. */
export async function looksWell(page: Page, name?: string): Promise<void> {
  const { SHOTS } = process.env
  if (SHOTS && name) await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true })
  expect(await seriousFaults(page)).toEqual([])
  expect(await page.getByRole('heading', { level: 1 }).count()).toBeLessThanOrEqual(1)
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(page.viewportSize()!.width)
}

/** The same at a desk, on a tablet and on a phone. */
export async function isForEverybody(page: Page, name?: string): Promise<void> {
  const before = page.viewportSize()
  for (const width of [390, 820, 1280]) {
    await page.setViewportSize({ width, height: 844 })
    await looksWell(page, name && `${name}-${width}`)
  }
  if (before) await page.setViewportSize(before)
}

/** In large type no letter is smaller than 18 px, and nothing that is touched is smaller than 60 px. */
export async function isLarge(page: Page): Promise<void> {
  const small = await page.evaluate(() => {
    const found: string[] = []
    const isSeen = (of: Element) => of.checkVisibility({ visibilityProperty: true }) && !of.closest('.unseen')
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const of = text.parentElement!
      const words = text.textContent!.trim()
      const px = Number.parseFloat(getComputedStyle(of).fontSize)
      if (words && isSeen(of) && px < 18) found.push(`${px} px: ${words.slice(0, 40)}`)
    }
    for (const each of document.querySelectorAll('a, button, input, select, textarea, summary')) {
      const target = (each.matches('[type=checkbox], [type=radio]') && each.closest('label')) || each
      const { width, height } = target.getBoundingClientRect()
      if (isSeen(each) && Math.min(width, height) < 60)
        found.push(`${width} × ${height}: ${each.outerHTML.slice(0, 80)}`)
    }
    return found
  })
  expect(small).toEqual([])
}
