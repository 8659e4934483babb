import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Locator, Page } from '@playwright/test'
import { describe, expect, test } from 'vitest'
import type { Demand } from '../../shared/demand/api.ts'
import { openDistrict } from '../api/surveys-district.ts'
import { asking, key } from '../setup/app.ts'
import { listen, pc, seriousFaults, visitor } from '../setup/browser.ts'
import { signedIn } from '../setup/people.ts'
import { answer, openDesk } from './desk-district.ts'
import { docxWords, pdfWords, xlsxCells } from './desk-files.ts'
import { forAllTests } from './for-all-tests.ts'

const desk = forAllTests(openDesk)

const saved = (page: Page, button: string) => savedBy(page, page.getByRole('button', { name: button }))

async function savedBy(page: Page, button: Locator): Promise<{ name: string; bytes: Buffer }> {
  // A bundle is composed while the planner waits.
  const [file] = await Promise.all([page.waitForEvent('download', { timeout: 45_000 }), button.click()])
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}

/** Tiers of the sums are drawn by a thread, a few seconds after the answers. */
async function drawn(): Promise<void> {
  for (const until = Date.now() + 30_000; Date.now() < until; await sleep(200)) {
    const { body } = await desk.district.call('GET', '/api/districts/YX/demand')
    const { district: whole, subdistricts } = body as unknown as { district: Demand; subdistricts: Demand[] }
    if ([whole, ...subdistricts].every(({ n, services }) => n === 0 || services[0]?.tier !== null)) return
  }
  throw new Error('tiers were not drawn')
}

describe('a planner at the desk', () => {
  test('finds the community with the greatest unmet need, reads why, and takes home a brief with the numbers of the page', async () => {
    await desk.signedIn('/', async (page) => {
      await page.getByRole('link', { name: '工作台：各社区需求总表' }).click()
      const header = page.getByRole('columnheader', { name: '未满足率最高的服务' })
      await header.click()
      const first = page
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader') })
        .first()
      await first.getByText('C003社区').waitFor()
      expect(await first.innerText()).toContain('养老服务')

      // All forty said so, whatever they weigh.
      await first
        .getByRole('button', { name: /^100\.0%/ })
        .last()
        .press('Enter')
      const panel = page.getByRole('dialog', { name: '这个数从哪里来' })
      expect(await panel.innerText()).toMatch(
        /C003社区[\s\S]*居民需求 › 养老服务 › 未满足率[\s\S]*人数\s*40[\s\S]*答卷汇总：C003社区/,
      )
      await page.keyboard.press('Escape')
      await panel.waitFor({ state: 'hidden' })

      await first.getByRole('link', { name: 'C003社区' }).click()
      await page.getByRole('heading', { level: 1, name: 'C003社区' }).waitFor()
      await page.getByRole('button', { name: '编制新稿' }).click()

      await page.getByRole('heading', { level: 1, name: /建设方案/ }).waitFor()
      const shares = await page.locator('.paper p.text button.figure').allInnerTexts()
      expect(shares).toContain('100.0%')
      const docx = await saved(page, '下载 DOCX')
      expect(docx.name).toMatch(/C003.*\.docx$/)
      const pdf = await saved(page, '下载 PDF')
      const xlsx = await saved(page, '下载 XLSX')
      const [inDocx, inPdf] = [docxWords(docx.bytes), pdfWords(pdf.bytes).replace(/\s/g, '')]
      for (const share of shares) {
        expect(inDocx).toContain(share)
        expect(inPdf).toContain(share.replace(/\s/g, ''))
      }
      // What a table of the page says stands in a cell of the workbook: as the number itself, or as words.
      const cells = await xlsxCells(xlsx.bytes)
      expect(cells).toContain(40)
      expect(cells.some((cell) => cell === 1 || String(cell).startsWith('100.0%'))).toBe(true)
    })
  })

  test('reads without an account where nobody has one yet, but is not offered to compose', async () => {
    await desk.district.edition('S1')
    await desk.atDesk('/desk/sites/S1/briefs/latest', async (page) => {
      await page.getByText('还没有设立管理员').waitFor()
      await page.getByRole('button', { name: '下载 DOCX' }).waitFor()
      expect(await page.getByRole('button', { name: '编制新稿' }).count()).toBe(0)
    })
  })

  test('leaves the old edition as it was with every new one', async () => {
    const first = await desk.district.edition('S1')
    await desk.signedIn('/desk/sites/S1/briefs/latest', async (page) => {
      const compose = page.getByRole('button', { name: '编制新稿' })
      await compose.click()
      await page.getByText('数据没有变化').waitFor()
      await answer(desk.district, 'C001', 3)
      await desk.district.folded()
      await compose.click()
      await page.getByRole('link', { name: /工作版第2稿/ }).click()
      await page.getByText('41份').waitFor()
      await page.getByRole('link', { name: /工作版第1稿/ }).click()
      await page.waitForURL(/briefs\/1\?audience=staff$/)
      await page.getByText('41份').waitFor({ state: 'detached' })
      const { bytes } = await saved(page, '下载 JSON')
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(first.hash)
    })
  })

  test('unfolds what the district and a subdistrict need as a whole, with tiers', async () => {
    await drawn()
    await desk.atDesk('/desk', async (page) => {
      await page.getByText('全区和各街道合计').click()
      const table = page.getByRole('table', { name: '各项服务的需求，按优先度排列' })
      const first = table.getByRole('row').nth(1)
      await first.getByText('第一档').waitFor()
      expect(await first.innerText()).toContain('养老服务')
      await page.getByLabel('范围').selectOption('一街道')
      await first.getByText('第一档').waitFor()
      await first.getByRole('button').first().click()
      expect(await page.getByRole('dialog', { name: '这个数从哪里来' }).innerText()).toContain('一街道')
    })
  })

  test('narrows the table, sees it again as it was left, and is told what to do where there is nothing', async () => {
    await desk.atDesk('/desk', async (page) => {
      const rows = page.getByRole('rowheader')
      await rows.first().waitFor()
      expect(await rows.count()).toBe(4)
      await page.getByLabel('社区名称').fill('C002')
      await page.getByText('共1个社区').waitFor()
      await page.getByLabel('按哪项服务看').click()
      await page.getByTitle('养老服务', { exact: true }).click()
      await page.getByRole('columnheader', { name: '缺口' }).waitFor()
      await page.reload()
      await page.getByText('共1个社区').waitFor()
      expect(await page.getByRole('columnheader', { name: '缺口' }).count()).toBe(1)
      await page.getByLabel('社区名称').fill('没有这个')
      await page.getByRole('button', { name: '清除筛选条件' }).click()
      await page.getByText('共4个社区').waitFor()
    })
    await desk.atDesk('/desk/communities/C004', async (page) => {
      await page.getByText('本社区还没有收到答卷').waitFor()
    })
  })

  test('reads every chart as a table, and takes a picture of it', async () => {
    await desk.atDesk('/desk/communities/C003', async (page) => {
      const chart = page.locator('figure.chart').first()
      await chart.getByRole('button', { name: '看数字表格' }).click()
      const table = page.getByRole('region', { name: /需求率与未满足率（表格）/ })
      expect(await table.getByRole('row', { name: /^养老服务/ }).innerText()).toMatch(/100\.0%（\d+\.\d–100\.0）/)
      const png = await savedBy(page, chart.getByRole('button', { name: '下载图片' }))
      expect(png.name).toMatch(/C003社区.*\.png$/)
      expect(png.bytes.subarray(1, 4).toString()).toBe('PNG')
    })
  })

  test('takes all briefs home in one ZIP and sees how many of them have come', async () => {
    await desk.atDesk('/desk', async (page) => {
      await page.getByRole('button', { name: '下载全部一社一案' }).waitFor()
      await page.evaluate(() => {
        const said = new Set<string>()
        Object.assign(window, { said })
        const status = document.querySelector('.actions [role=status]')!
        const look = () => said.add(status.textContent ?? '')
        new MutationObserver(look).observe(status, { childList: true, subtree: true, characterData: true })
      })
      const zip = await saved(page, '下载全部一社一案')
      expect(zip.bytes.subarray(0, 2).toString()).toBe('PK')
      // Five sites in three formats, and the list of them.
      await page.getByText(/已下载“.*\.zip”：16个文件/).waitFor()
      const said = await page.evaluate(() => [...(window as unknown as { said: Set<string> }).said])
      expect(said[0]).toBe('正在编制第一份，请稍候……')
      expect(said.some((words) => /已完成[1-5]份，共5份（\d+\.\d MB）/.test(words))).toBe(true)
    })
  })

  test('is told who opens the desk where it is closed and nobody has an account yet', async () => {
    const locked = await openDistrict(2, { desk: 'key' })
    const planner = await visitor(desk.browser, pc)
    try {
      await planner.page.goto(`${await listen(locked.running.app)}/desk`)
      await planner.page.getByRole('heading', { name: '工作台还没有开通' }).waitFor()
      expect(planner.faults.filter((fault) => !fault.includes('401'))).toEqual([])
    } finally {
      await planner.context.close()
      await locked.stop()
    }
  })

  test('is told what to do where the code of a page does not arrive', async () => {
    for (const [path, lost] of [
      ['/desk', '**/assets/desk-*.js'],
      ['/desk', '**/assets/desk-district-*.js'],
      ['/desk/communities/C001', '**/assets/desk-community-*.js'],
    ] as const) {
      const planner = await visitor(desk.browser, pc)
      await planner.page.route(lost, (route) => route.abort())
      await planner.page.goto(desk.base + path)
      await planner.page.getByText('这一页没有加载完，请刷新后再试。').waitFor()
      await planner.page.unroute(lost)
      await planner.page.reload()
      await planner.page
        .getByText(path === '/desk' ? '共4个社区' : '居民需求')
        .first()
        .waitFor()
      await planner.context.close()
    }
  })

  test('meets no serious barrier on any page', async () => {
    await desk.district.edition('S2')
    const pages: Record<string, string> = {
      '/': '.next',
      '/desk': '.ant-table-row',
      '/desk/communities/C001': 'canvas',
      '/desk/communities/C004': 'h2',
      '/desk/sites/S2/briefs/latest': '.paper canvas',
      '/desk/sites/S4x/briefs/latest': 'h1',
      '/desk/nowhere': 'h1',
    }
    for (const [path, ready] of Object.entries(pages)) {
      await desk.atDesk(path, async (page) => {
        await page.locator(ready).first().waitFor()
        expect(await seriousFaults(page)).toEqual([])
      })
    }
  })

  // The last: once there is an administrator, the desk is closed to whoever has no account.
  test('meets no serious barrier on any page of a survey', async () => {
    const ask = asking(desk.district.running.app)
    const who = {
      username: 'guan.li',
      name: '周主任',
      grants: [{ role: 'administrator', level: 'district', code: '' }],
    }
    const { headers } = await signedIn(ask, { key, district: 'YX' }, who as never)
    const body = { from: 'version', survey: 'needs2026' }
    expect((await ask('POST', '/api/districts/YX/survey-drafts', { body, headers })).status).toBe(201)
    const cookies = (headers.cookie ?? '').split('; ').map((pair) => {
      const [name = '', ...value] = pair.split('=')
      return { name, value: value.join('='), url: desk.base }
    })
    const pages: Record<string, string> = {
      '': 'tbody tr',
      '/needs2026/edit': '.edit-desk',
      '/needs2026/coverage': '.ant-table-row',
      '/needs2026/coverage/C001': '.cells',
      '/needs2026/quotas': '.quotas',
      '/needs2026/quality': '.filters',
      '/needs2026/open-answers': '.open-answers',
      '/needs2026/rounds': 'canvas',
      '/needs2026/exports': '.exports-form',
    }
    const { page, faults, context } = await visitor(desk.browser, pc)
    await context.addCookies(cookies)
    for (const [path, ready] of Object.entries(pages)) {
      await page.goto(`${desk.base}/desk/surveys${path}`)
      await page.locator(ready).first().waitFor()
      expect({ path, faults: await seriousFaults(page) }).toEqual({ path, faults: [] })
    }
    expect(faults).toEqual([])
    await context.close()
  })
})
