import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { BrowserContextOptions, Page } from '@playwright/test'
import { startProcess } from '../load/server-process.ts'
import { openBrowser, pc, phone, visitor } from '../setup/browser.ts'
import { agree, answerAll, handIn } from './resident-district.ts'
import { campaign, type Official, official, runCampaign } from './screenshots-campaign.ts'
import { holdMeeting, roomShots } from './screenshots-room.ts'
import { eventShot, projector, wishDeskShots, wishForSomebody, wishShots } from './screenshots-wishes.ts'

/**
 * `npm run screenshots -- [--out DIR] [--data DIR]`: pictures of the main pages at 1280 and 390 px, and of the screen at
 * an event, into ./.scratch/screenshots. They show the demo district: that of a data folder, or of a new one that is filled
 * first. A campaign is run and a meeting is held in it, by an administrator who is added.
 */
const { values } = parseArgs({
  options: { out: { type: 'string', default: '.scratch/screenshots' }, data: { type: 'string' } },
})
const out = resolve(values.out)
const dataDir = values.data ?? (await mkdtemp(join(tmpdir(), 'yixu-screenshots-')))
const community = '619901001'
const site = `${community}S1`

export interface Shot {
  name: string
  path: string
  /** Seen when the page is ready. */
  ready: string
  before?(page: Page): Promise<void>
  whole?: boolean
}

/** Before anybody has an account. */
const entry: Shot[] = [
  { name: 'sign-in', path: '/desk/sign-in', ready: 'h1' },
  { name: 'first-run', path: '/desk/first-run', ready: 'h1' },
]

const desk: Shot[] = [
  { name: 'first', path: '/', ready: '.next' },
  { name: 'district', path: '/desk', ready: '.ant-table-row' },
  { name: 'district-service', path: '/desk', ready: '.ant-table-row', before: byService },
  { name: 'community', path: `/desk/communities/${community}`, ready: 'canvas', whole: true },
  { name: 'provenance', path: `/desk/communities/${community}`, ready: '.figures .twice', before: provenance },
  { name: 'brief', path: `/desk/sites/${site}/briefs/latest`, ready: '.paper canvas' },
  { name: 'posters', path: '/desk/posters', ready: 'h1' },
  { name: 'desk-help', path: '/desk/help', ready: 'h1' },
  { name: 'brief-public', path: `/desk/sites/${site}/briefs/1?audience=public`, ready: '.paper canvas', whole: true },
]

const environment = { DATA_DIR: dataDir, DATABASE_URL: '', PORT: '0', SEED: 'demo', LOG_LEVEL: 'warn' }
const browser = await openBrowser()
const house = await startProcess({ script: 'server/main.ts', environment })
try {
  await mkdir(out, { recursive: true })
  const base = house.url.origin
  await takeAll(base, entry)
  const one = await official(base, (await readFile(join(dataDir, 'staff-key'), 'utf8')).trim())
  await runCampaign(one)
  for (const audience of ['staff', 'public']) {
    await one.call('POST', `/api/districts/YX/sites/${site}/briefs`, { audience })
  }
  await takeAll(base, [...desk, ...campaign(community)], one)
  await takeAll(base, roomShots(await holdMeeting(one, community)), one)
  await takeAll(base, [...(await resident(one)), ...wishShots])
  await wishForSomebody(one, community)
  await takeAll(base, wishDeskShots, one)
  await take({ base }, eventShot, 1920, projector)
} finally {
  await browser.close()
  await house.stop()
  if (!values.data) await rm(dataDir, { recursive: true, force: true })
}

async function takeAll(base: string, shots: Shot[], by?: Official): Promise<void> {
  for (const [width, options] of [
    [1280, pc],
    [390, phone],
  ] as const) {
    for (const shot of shots) await take({ base, by }, shot, width, options)
  }
}

interface At {
  base: string
  /** Who has signed in, if anybody. */
  by?: Official
}

async function take({ base, by }: At, shot: Shot, width: number, options: BrowserContextOptions): Promise<void> {
  const { context, page, faults } = await visitor(browser, options)
  try {
    if (by) await context.addCookies(by.cookies)
    await page.goto(base + shot.path)
    await page.locator(shot.ready).first().waitFor()
    await shot.before?.(page)
    await page.screenshot({ path: join(out, `${shot.name}-${width}.png`), fullPage: shot.whole })
  } catch (error) {
    faults.push(error instanceof Error ? error.message : String(error))
  }
  // In a folder that has accounts already, the first pages ask in vain who is here.
  const wrong = faults.filter((fault) => by || !fault.endsWith('/api/me'))
  console.log(JSON.stringify({ page: shot.name, width, faults: wrong }))
  if (wrong.length > 0) process.exitCode = 1
  await context.close()
}

/** The residents' pages, reached by the code of a poster. */
async function resident({ call }: Official): Promise<Shot[]> {
  const codes = await call<{ code: string; community: string }[]>('GET', '/api/districts/YX/surveys/needs2026/links')
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
