import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import ExcelJs from 'exceljs'
import { expect, test, vi } from 'vitest'
import { line, readSav } from '../api/exports-readers.ts'
import { numbers, submissionOf } from '../load/answers.ts'
import { isForEverybody, phone, visitor } from '../setup/browser.ts'
import { pictures, squares } from '../unit/documents/pdf-pictures.ts'
import { forAllTests } from './for-all-tests.ts'
import { agree, answerAll, handIn } from './resident-district.ts'
import { addConditional, beginShipped, openSurveyDesk, personAtDesk, publishEdited } from './survey-desk.ts'

const desk = forAllTests(openSurveyDesk)
const asked = '您想让食堂开在哪里？'
const OTHERS = 40

/**
 * Neighbours in C001 send what the first of them has said, as their phones would: ten have something to add on parking, and
 * one took twelve seconds for everything.
 */
async function neighbours(survey: string, { suggestion: _, ...answers }: Record<string, unknown>): Promise<void> {
  const path = `/districts/YX/surveys/${survey}/responses`
  for (let n = 0; n <= OTHERS; n += 1) {
    const one = submissionOf(numbers(n), ['C001'])
    const words = n < 10 ? { suggestion: `停车太难，${n + 5}点以后就没有位子了，我是第${n}个说的` } : {}
    const submittedAt = n === OTHERS ? new Date(Date.parse(one.startedAt) + 12_000).toISOString() : one.submittedAt
    const sent = { ...one, submittedAt, answers: { ...answers, ...words } }
    const { status } = await desk.house.browser().call('POST', path, sent, { 'sec-fetch-site': '' })
    expect(status).toBe(201)
  }
}

const row = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })

test('the task force runs a survey from one screen, from its first question to files for the statisticians', async () => {
  const { page, faults, newPage } = await personAtDesk(desk, desk.admin, '/surveys')
  const survey = await beginShipped(page, '临湖区需求调查')
  await addConditional(page, {
    ...{ after: '您需要哪些服务', title: asked },
    ...{ when: '您和家人需要社区提供哪些服务？', answer: '社区助餐（社区食堂、送餐上门）' },
  })
  await page.getByLabel('选项1', { exact: true }).fill('小区门口')
  await publishEdited(page)
  const here = `${desk.base}/desk/surveys/${survey}`

  // A slip is printed, and its QR code leads a phone to the survey.
  await page.goto(`${here}/coverage/C001`)
  await page.getByRole('spinbutton', { name: '张数' }).fill('1')
  const [slip] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '开一批并下载' }).click(),
  ])
  const { rows } = await desk.house.look('select code from household_slips')
  const links = (await desk.admin.call('GET', `/districts/YX/surveys/${survey}/links`)).body
  const { code } = links.find(({ community }: { community: string }) => community === 'C001')
  const address = `${desk.base}/s/${code}?slip=${rows[0].code}`
  expect(pictures(await readFile(await slip.path()))).toContainEqual(squares(address))
  await page.goto(`${here}/coverage`)
  await row(page, 'C001社区').getByText('0 / 1').waitFor()

  const board = page
  const resident = await visitor(desk.browser, phone)
  await resident.page.goto(address)
  await agree(resident.page)
  await answerAll(resident.page)
  await handIn(resident.page).click()
  await resident.page.getByText('回执码').first().waitFor()
  expect(resident.faults).toEqual([])
  await resident.context.close()
  await row(board, 'C001社区').getByText('1 / 1').waitFor({ timeout: 20_000 })
  const { rows: stored } = await desk.house.look('select answers from responses')
  expect(stored[0].answers.needs).toContain('community_meals')

  // One of the others is excluded with a reason; every figure is read with and without it.
  await neighbours(survey, stored[0].answers)
  await row(board, 'C001社区').getByText('42', { exact: true }).first().waitFor({ timeout: 20_000 })
  await isForEverybody(board)
  await page.goto(`${here}/quality`)
  await vi.waitUntil(
    async () => {
      await page.reload()
      await page.getByRole('heading', { level: 1 }).waitFor()
      return (await page.locator('.flagged', { hasText: '用时12秒' }).count()) === 1
    },
    { timeout: 30_000, interval: 1_000 },
  )
  await page.keyboard.press('p')
  await page.getByRole('dialog', { name: '排除这份答卷，理由是' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('已排除1份（答得太快，没有认真填写）。').waitFor()
  await isForEverybody(page)
  const table = await newPage()
  for (const path of ['communities/C001', '']) {
    await vi.waitUntil(
      async () => {
        await table.goto(`${desk.base}/desk/${path}`)
        await table.getByText('复核时排除的1份').first().waitFor()
        return true
      },
      { timeout: 30_000, interval: 1_000 },
    )
    const answers = path ? table.locator('dl.figures dd').first() : row(table, 'C001社区').getByRole('cell').first()
    for (const [which, n] of [
      ['不含已排除答卷', /^41\b/],
      ['含已排除答卷', /^42\b/],
    ] as const) {
      await table.getByText(which, { exact: true }).click()
      await vi.waitUntil(async () => n.test(await answers.innerText()), { timeout: 10_000 })
    }
    await isForEverybody(table)
  }

  // Ten open answers are confirmed at once.
  await page.goto(`${here}/open-answers`)
  const parking = page.locator('.open-answers tbody tr[data-row-key]', { hasText: '停车太难' })
  await vi.waitUntil(
    async () => {
      await page.reload()
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.locator('.open-answers tbody tr').first().waitFor()
      return (await parking.count()) === 10
    },
    { timeout: 30_000, interval: 1_000 },
  )
  for (const line of await parking.all()) await line.getByRole('checkbox').check()
  await page.getByRole('button', { name: '确认建议' }).click()
  await page.getByRole('status').filter({ hasText: '已确认 10 条' }).waitFor()
  const theme = page.locator('.themes-table tr', { hasText: '停车' }).getByRole('button').first()
  await vi.waitUntil(async () => (await theme.innerText().catch(() => '')) === '10', { timeout: 10_000 })
  await isForEverybody(page)

  // What statisticians take home is opened by readers that are not ours.
  await page.goto(`${here}/exports`)
  const xlsx = await exported(page, 'XLSX')
  const book = new ExcelJs.Workbook()
  await book.xlsx.load(xlsx.file as never)
  const data = book.getWorksheet('数据')!
  expect(data.rowCount).toBe(41 + 2)
  const cells = (at: number) =>
    Array.from(
      { length: data.columnCount },
      (_, column) => (data.getRow(at).getCell(column + 1).value ?? null) as string,
    )
  const lines = Array.from({ length: 41 }, (_, at) => line(cells(at + 3)))
  expect(createHash('sha256').update(lines.join('')).digest('hex')).toBe(xlsx.told)
  expect(JSON.stringify(book.getWorksheet('导出说明')!.getSheetValues())).toContain(xlsx.told)
  expect(JSON.stringify([cells(1), cells(2)])).toContain(asked)
  const sav = await exported(page, 'SPSS')
  const { meta } = await readSav(sav.file)
  expect([meta.header.n_cases, meta.header.fileLabel]).toEqual([41, sav.told])
  expect(meta.sysvars.map(({ label }) => label)).toContain(asked)
  expect(meta.getValueLabels(meta.sysvars.find(({ label }) => label === asked)!.name)![0]!.label).toBe('小区门口')
  await isForEverybody(page)
  expect(faults).toEqual([])
}, 240_000)

/** Has the answers exported in one format; the file, and the checksum that the page tells of it. */
async function exported(page: Page, format: string): Promise<{ file: Buffer; told: string }> {
  await page.getByText(format, { exact: false }).first().click()
  await page.getByLabel('用途').fill('年度分析')
  await page.getByRole('button', { name: '开始导出' }).click()
  const made = page.getByRole('row', { name: new RegExp(`答卷微观数据.*${format}`) })
  await made.getByText('共41行').waitFor({ timeout: 30_000 })
  await made.getByRole('button', { name: '展开行' }).click()
  const told = await page.locator('.exports-about code').filter({ visible: true }).innerText()
  const [file] = await Promise.all([page.waitForEvent('download'), made.getByRole('button', { name: /^下载/ }).click()])
  await made.getByRole('button', { name: '关闭行' }).click()
  return { file: await readFile(await file.path()), told }
}
