import type { Browser } from '@playwright/test'
import { openBrowser, pc, phone } from '../setup/browser.ts'
import { atLeast, type Check, judge, none } from './check.ts'
import { type House, openHouse } from './house.ts'
import type { Met } from './s5-meetings.ts'
import { payloads } from './s5-payloads.ts'
import { settle } from './s5-world.ts'

const SETTLED_MS = 300
/** A page that is followed live has shown what there is by then. */
const LIVE_MS = 1_500

interface Notes {
  opened: number
  ran: string[]
  elsewhere: string[]
  unsafe: string[]
  /** How many pages showed a script as the words that it is, and which did not. */
  shown: number
  plain: string[]
}

/**
 * Scripts stored in every text are words on every page: at the desk, on phones, on the wall. The pages are built first, so the
 * check has a server of its own. Posters and their print are PDF, where nothing runs.
 */
export const s5: Check = async (_house, size) => {
  const browser = await openBrowser()
  const house = await openHouse(1)
  try {
    const { administrator, poster, taken, met } = await settle(house)
    const notes: Notes = { opened: 0, ran: [], elsewhere: [], unsafe: [], shown: 0, plain: [] }
    await look(browser, house, [...desk, ...meetingsAtDesk(met)], pc, notes, administrator.headers.cookie)
    await look(
      browser,
      house,
      [`/s/${poster}`, '/withdraw', '/help', '/', '/w/XS', '/w/XS/done', ...meetingsOnPhone(met)],
      phone,
      notes,
    )
    await look(
      browser,
      house,
      [met.open.id, met.published.id, 'wishes'].map((what) => `/screen/XS/${what}`),
      pc,
      notes,
    )
    const figures = [
      atLeast('payloads', payloads.length, 60),
      atLeast('texts_stored', taken, 100),
      atLeast('pages_opened', notes.opened, desk.length + 15),
      atLeast('pages_that_show_them', notes.shown, 20),
      none('scripts_and_dialogs', notes.ran.length),
      none('requests_elsewhere', notes.elsewhere.length),
      none('pages_without_strict_policy', notes.unsafe.length),
    ]
    return judge('S5', size, figures, [
      ...notes.ran,
      ...notes.elsewhere,
      ...notes.unsafe,
      `${notes.opened} opened, ${notes.shown} showed scripts, all but ${notes.plain.join(' ')}`,
    ])
  } finally {
    await browser.close()
    await house.close()
  }
}

const desk = [
  ...[
    '/desk',
    '/desk/communities/C001',
    '/desk/sites/D001/briefs/1',
    '/desk/posters',
    '/desk/people',
    '/desk/people/slips',
  ],
  ...['/desk/audit', '/desk/messages', '/desk/personal-data', '/desk/account', '/desk/inbox'],
  ...['', '/progress', '/sponsors', '/stations', '/statistics'].map((page) => `/desk/wishes${page}`),
  '/desk/board',
]

const meetingsAtDesk = ({ open, published, consultation }: Met): string[] => [
  '/desk/deliberations',
  ...['plan', 'room'].map((page) => `/desk/deliberations/${open.id}/${page}`),
  ...['minutes', 'follow-ups'].map((page) => `/desk/deliberations/${published.id}/${page}`),
  `/desk/deliberations/${consultation.id}/comments`,
]

const meetingsOnPhone = ({ open, published, consultation }: Met): string[] => [
  ...[open, consultation].map(({ code }) => `/m/XS/${code}`),
  `/m/XS/${published.code}/results`,
]

/** These hold a stream open, so that the network is never idle. */
const isLive = (path: string): boolean => /^\/(m|screen)\/|\/(room|comments)$/.test(path)

async function look(
  browser: Browser,
  house: House,
  paths: string[],
  options: typeof pc,
  notes: Notes,
  cookie?: string,
): Promise<void> {
  const context = await browser.newContext(options)
  context.setDefaultTimeout(10_000)
  const [, name = '', value = ''] = /(yixu)=([^;]+)/.exec(cookie ?? '') ?? []
  if (name) await context.addCookies([{ name, value, url: house.url.origin, sameSite: 'Strict', httpOnly: true }])
  for (const path of paths) {
    const page = await context.newPage()
    page.on('dialog', async (dialog) => {
      notes.ran.push(`${path}: a dialog ${dialog.message()}`)
      await dialog.dismiss()
    })
    page.on('request', (request) => {
      const url = request.url()
      if (/^https?:/.test(url) && new URL(url).origin !== house.url.origin) notes.elsewhere.push(`${path}: ${url}`)
    })
    const answer = await page.goto(house.url.origin + path, { waitUntil: isLive(path) ? 'load' : 'networkidle' })
    const policy = answer?.headers()['content-security-policy'] ?? ''
    if (!policy.includes("default-src 'self'") || policy.includes('unsafe')) notes.unsafe.push(`${path}: ${policy}`)
    await page.waitForTimeout(isLive(path) ? LIVE_MS : SETTLED_MS)
    let text = await page.locator('body').innerText()
    // A resident goes on to the questions.
    const begin = page.getByRole('button', { name: '开始填写' })
    if (path.startsWith('/s/') && (await begin.count()) > 0) {
      await page.locator('.tick').click()
      await begin.click()
      await page.locator('form .sd-question').first().waitFor()
      await page.waitForTimeout(SETTLED_MS)
      text += await page.locator('body').innerText()
    }
    // A resident comes in, and reads what everybody has said.
    const comeIn = page.getByRole('button', { name: /^(签到|进去看看)$/ })
    if (path.startsWith('/m/') && (await comeIn.count()) > 0) {
      await comeIn.click()
      await page.locator('input[name="name"]').waitFor({ state: 'detached' })
      await page.waitForTimeout(LIVE_MS)
      await page.locator('details').evaluateAll((parts) => {
        for (const part of parts) part.setAttribute('open', '')
      })
      text += await page.locator('body').innerText()
    }
    await page.emulateMedia({ media: 'print' })
    const ran = await page.evaluate(() => (globalThis as { ran?: number }).ran !== undefined)
    if (ran) notes.ran.push(`${path}: a script ran`)
    if (/onerror=|<script>|javascript:/.test(text)) notes.shown += 1
    else notes.plain.push(path)
    notes.opened += 1
    await page.close()
  }
  await context.close()
}
