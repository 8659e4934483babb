import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { startProcess } from '../load/server-process.ts'
import { openBrowser, pc, phone, visitor } from '../setup/browser.ts'
import { agree, answerAll, handIn } from './resident-district.ts'

/**
 * `npm run screenshots -- [--out DIR] [--data DIR]`: pictures of the main pages at 1280 and 390 px, into ./.scratch/screenshots. They
 * show the demo district: that of a data folder, or of a new one that is filled first.
 */
const { values } = parseArgs({
  options: { out: { type: 'string', default: '.scratch/screenshots' }, data: { type: 'string' } },
})
const out = resolve(values.out)
const dataDir = values.data ?? (await mkdtemp(join(tmpdir(), 'yixu-screenshots-')))
const community = '619901001'
const site = `${community}S1`

interface Shot {
  name: string
  path: string
  /** Seen when the page is ready. */
  ready: string
  before?(page: Page): Promise<void>
  whole?: boolean
}

const desk: Shot[] = [
  { name: 'first', path: '/', ready: '.next' },
  { name: 'district', path: '/desk', ready: '.ant-table-row' },
  { name: 'district-service', path: '/desk', ready: '.ant-table-row', before: byService },
  { name: 'community', path: `/desk/communities/${community}`, ready: 'canvas', whole: true },
  { name: 'provenance', path: `/desk/communities/${community}`, ready: '.figures .twice', before: provenance },
  { name: 'brief', path: `/desk/sites/${site}/briefs/latest`, ready: '.paper canvas' },
  { name: 'posters', path: '/desk/posters', ready: 'h1' },
  { name: 'sign-in', path: '/desk/sign-in', ready: 'h1' },
  { name: 'first-run', path: '/desk/first-run', ready: 'h1' },
  { name: 'desk-help', path: '/desk/help', ready: 'h1' },
  { name: 'brief-public', path: `/desk/sites/${site}/briefs/1?audience=public`, ready: '.paper canvas', whole: true },
]

const environment = { DATA_DIR: dataDir, DATABASE_URL: '', PORT: '0', SEED: 'demo', LOG_LEVEL: 'warn' }
const browser = await openBrowser()
const house = await startProcess({ script: 'server/main.ts', environment })
try {
  await mkdir(out, { recursive: true })
  const base = house.url.origin
  await composeBoth(base)
  const shots = [...desk, ...(await resident(base))]
  for (const [width, options] of [
    [1280, pc],
    [390, phone],
  ] as const) {
    for (const shot of shots) await take(browser, base, shot, width, options)
  }
} finally {
  await browser.close()
  await house.stop()
  if (!values.data) await rm(dataDir, { recursive: true, force: true })
}

async function take(on: Browser, base: string, shot: Shot, width: number, options: BrowserContextOptions) {
  const { context, page, faults } = await visitor(on, options)
  try {
    await page.goto(base + shot.path)
    await page.locator(shot.ready).first().waitFor()
    await shot.before?.(page)
    await page.screenshot({ path: join(out, `${shot.name}-${width}.png`), fullPage: shot.whole })
  } catch (error) {
    faults.push(error instanceof Error ? error.message : String(error))
  }
  console.log(JSON.stringify({ page: shot.name, width, faults }))
  if (faults.length > 0) process.exitCode = 1
  await context.close()
}

/** A working and a public edition, so that there is a brief to show. */
async function composeBoth(base: string): Promise<void> {
  const key = (await readFile(join(dataDir, 'staff-key'), 'utf8')).trim()
  for (const audience of ['staff', 'public']) {
    const reply = await fetch(`${base}/api/districts/YX/sites/${site}/briefs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ audience }),
    })
    if (!reply.ok) throw new Error(`${site}: ${reply.status} ${await reply.text()}`)
  }
}

/** The residents' pages, reached by the code of a poster. */
async function resident(base: string): Promise<Shot[]> {
  const links = await fetch(`${base}/api/districts/YX/surveys/needs2026/links`)
  const codes = (await links.json()) as { code: string; community: string }[]
  const path = `/s/${codes.find((one) => one.community === community)!.code}`
  return [
    { name: 'notice', path, ready: 'h1' },
    { name: 'notice-large', path, ready: 'h1', before: large },
    { name: 'question', path, ready: 'h1', before: agree },
    { name: 'question-large', path, ready: 'h1', before: (page) => large(page).then(() => agree(page)) },
    { name: 'receipt', path, ready: 'h1', before: receipt },
    { name: 'withdraw', path: '/withdraw', ready: 'h1' },
    { name: 'help', path: '/help', ready: 'h1' },
  ]
}

async function byService(page: Page): Promise<void> {
  await page.getByLabel('按哪项服务看').click()
  await page.getByTitle('养老服务', { exact: true }).click()
  await page.getByRole('columnheader', { name: '缺口' }).waitFor()
}

async function provenance(page: Page): Promise<void> {
  await page.locator('.figures .twice button.figure').click()
  await page.getByRole('dialog', { name: '这个数从哪里来' }).waitFor()
}

async function large(page: Page): Promise<void> {
  await page.getByRole('button', { name: '大字版' }).click()
}

async function receipt(page: Page): Promise<void> {
  await agree(page)
  await answerAll(page)
  await handIn(page).click()
  await page.locator('.ticket').waitFor()
}
