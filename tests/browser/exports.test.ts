import { readFile } from 'node:fs/promises'
import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import { definition, numbers, submissionOf } from '../load/answers.ts'
import { staff } from '../setup/app.ts'
import { isForEverybody } from '../setup/browser.ts'
import { forAllTests } from './for-all-tests.ts'
import { openSurveyDesk, personAtDesk } from './survey-desk.ts'

const desk = forAllTests(openSurveyDesk)
const survey = '/districts/YX/surveys/needs2026'
const ANSWERS = 40

async function answered(): Promise<void> {
  const random = numbers(3)
  const byKey = { ...staff, 'sec-fetch-site': '' }
  const client = desk.house.browser()
  const { status } = await client.call('POST', `${survey}/versions`, { title: '需求调查', definition }, byKey)
  expect(status).toBe(201)
  for (let n = 0; n < ANSWERS; n += 1) {
    const sent = await client.call(
      'POST',
      `${survey}/responses`,
      submissionOf(random, ['C001', 'C002'], {}, false),
      byKey,
    )
    expect(sent.status).toBe(201)
  }
}

test('an administrator exports answers as XLSX, watches it come, and reads in the file what the page says of it', async () => {
  await answered()
  const { page, faults } = await personAtDesk(desk, desk.admin, '/surveys/needs2026/exports')
  await page.getByText('还没有导出过').waitFor()
  await page.getByRole('button', { name: '开始导出' }).click()
  await page.getByText('请先写明用途').waitFor()
  await page.getByLabel('用途').fill('年度分析')
  await page.getByRole('button', { name: '开始导出' }).click()
  await page.getByText('已开始，进度见下面的表。').waitFor()
  const row = page.getByRole('row', { name: /答卷微观数据 XLSX/ })
  await row.getByText(`共${ANSWERS}行`).waitFor()
  await row.getByRole('button', { name: '展开行' }).click()
  const said = await page.locator('.exports-about code').innerText()
  await isForEverybody(page, 'exports')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    row.getByRole('button', { name: '下载 答卷微观数据 XLSX' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^needs2026答卷微观数据-.*\.xlsx$/)
  const book = new ExcelJS.Workbook()
  await book.xlsx.load((await readFile((await download.path())!)) as never)
  expect(book.getWorksheet('数据')!.rowCount).toBe(ANSWERS + 2)
  expect(JSON.stringify(book.getWorksheet('导出说明')!.getSheetValues())).toContain(said)
  await row.getByRole('button', { name: '删除 答卷微观数据 XLSX' }).click()
  await row.getByText('文件已删除').waitFor()
  expect(faults).toEqual([])
})
