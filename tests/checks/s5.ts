import type { Browser } from '@playwright/test'
import { openBrowser, pc, phone } from '../setup/browser.ts'
import { atLeast, type Check, judge, none } from './check.ts'
import { type House, openHouse } from './house.ts'
import { payloads } from './s5-payloads.ts'
import { settle } from './s5-world.ts'

const SETTLED_MS = 300

interface Notes {
  opened: number
  ran: string[]
  elsewhere: string[]
  unsafe: string[]
  /** How many pages showed a script as the words that it is. */
  shown: number
}

/**
 * Scripts stored in every text are words on every page. The pages are built first, so the check has a server of its own. There is
 * no page for a projector yet; posters and their print are PDF, where nothing runs.
 */
export const s5: Check = async (_house, size) => {
  const browser = await openBrowser()
  const house = await openHouse(1)
  try {
    const { administrator, poster, taken } = await settle(house)
    const notes: Notes = { opened: 0, ran: [], elsewhere: [], unsafe: [], shown: 0 }
    await look(browser, house, desk, pc, notes, administrator.headers.cookie)
    await look(browser, house, [`/s/${poster}`, '/withdraw', '/help', '/'], phone, notes)
    const figures = [
      atLeast('payloads', payloads.length, 60),
      atLeast('texts_stored', taken, 100),
      atLeast('pages_opened', notes.opened, desk.length + 4),
      atLeast('pages_that_show_them', notes.shown, 4),
      none('scripts_and_dialogs', notes.ran.length),
      none('requests_elsewhere', notes.elsewhere.length),
      none('pages_without_strict_policy', notes.unsafe.length),
    ]
    return judge('S5', size, figures, [
      ...notes.ran,
      ...notes.elsewhere,
      ...notes.unsafe,
      `${notes.opened} opened, ${notes.shown} showed scripts`,
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
]

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
    const answer = await page.goto(house.url.origin + path, { waitUntil: 'networkidle' })
    const policy = answer?.headers()['content-security-policy'] ?? ''
    if (!policy.includes("default-src 'self'") || policy.includes('unsafe')) notes.unsafe.push(`${path}: ${policy}`)
    await page.waitForTimeout(SETTLED_MS)
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
    await page.emulateMedia({ media: 'print' })
    const ran = await page.evaluate(() => (globalThis as { ran?: number }).ran !== undefined)
    if (ran) notes.ran.push(`${path}: a script ran`)
    if (/onerror=|<script>|javascript:/.test(text)) notes.shown += 1
    notes.opened += 1
    await page.close()
  }
  await context.close()
}
