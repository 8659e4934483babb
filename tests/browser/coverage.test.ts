import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from 'vitest'
import { asking, key } from '../setup/app.ts'
import { isForEverybody, pc } from '../setup/browser.ts'
import { password, signedIn } from '../setup/people.ts'
import { signIn } from './desk-district.ts'
import { pdfWords } from './desk-files.ts'
import { forAllTests } from './for-all-tests.ts'
import { agree, answerAll, handIn, openPages } from './resident-district.ts'

const pages = forAllTests(openPages)
const board = '/desk/surveys/needs2026/coverage'

/** An officer of the subdistrict, at a PC and signed in. */
async function atBoard(path: string) {
  const who = { username: 'jie.dao', name: '陈街道', grants: [{ role: 'officer', level: 'subdistrict', code: 'S01' }] }
  await signedIn(asking(pages.district.running.app), { key, district: 'YX' }, who as never)
  const officer = await pages.visit({ ...pc, acceptDownloads: true })
  await officer.page.goto(`${pages.wire.url}/desk/sign-in`)
  await signIn(officer.page, who.username, password)
  await officer.page.getByRole('button', { name: '退出' }).waitFor()
  await officer.page.goto(pages.wire.url + path)
  return officer
}

const row = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })

test('an officer sets a target, prints slips, takes down visits, and sees the board move by itself when a slip is answered', async () => {
  const officer = await atBoard(board)
  const { page } = officer
  await row(page, 'C001社区').getByText('还没有').waitFor()
  await isForEverybody(page, 'coverage')

  await page.getByRole('link', { name: 'C001社区' }).click()
  await page.getByRole('button', { name: '修改目标' }).click()
  await page.getByRole('spinbutton', { name: '60～79 岁线上的目标' }).fill('4')
  await page.getByRole('button', { name: '保存目标' }).click()
  await page.getByRole('cell', { name: '0 / 4' }).first().waitFor()

  await page.getByRole('spinbutton', { name: '张数' }).fill('3')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '开一批并下载' }).click(),
  ])
  const { rows } = await pages.district.running.look('select code from household_slips order by code')
  expect(rows.length).toBe(3)
  const words = pdfWords(await readFile(await file.path()))
  for (const { code } of rows) expect(words).toContain(code)

  await page.getByRole('spinbutton', { name: '户数' }).fill('2')
  await page.getByRole('button', { name: '记一次未遇' }).click()
  await page.getByText('未遇 2 户（我记的）').waitFor()
  await page.getByRole('button', { name: '记一次拒访' }).click()
  await page.getByRole('listitem').filter({ hasText: '拒访 1 户' }).getByRole('button', { name: '撤销' }).click()
  await page.getByText('拒访 0 户，未遇 2 户').waitFor()
  await isForEverybody(page, 'coverage-community')

  await page.goto(`${pages.wire.url}${board}?show=short`)
  await row(page, 'C001社区').getByText('0 / 3').waitFor()
  const resident = await pages.visit()
  await resident.page.goto(`${pages.poster}?slip=${rows[0].code}`)
  expect(await resident.page.locator('body').innerText()).not.toContain(rows[0].code)
  await agree(resident.page)
  await answerAll(resident.page)
  await handIn(resident.page).click()
  await resident.page.getByText('回执码').first().waitFor()
  await resident.leave()

  const line = row(page, 'C001社区')
  await line.getByText('1 / 3').waitFor({ timeout: 20_000 })
  await line.getByText('25.0%').waitFor()
  expect(await line.getByRole('img').getAttribute('aria-label')).toContain('共1份')
  // What was chosen stands in the address: without a target there is nothing to be short of.
  expect(await page.getByRole('rowheader').count()).toBe(1)
  await officer.leave()
})
