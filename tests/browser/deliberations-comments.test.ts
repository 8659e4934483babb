import { randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import { consultation } from '../api/deliberations-plans.ts'
import { administrator, at, begin, openHouse } from '../api/people-district.ts'
import { isForEverybody, listen, openBrowser } from '../setup/browser.ts'
import { forAllTests } from './for-all-tests.ts'
import { personAtDesk } from './survey-desk.ts'

async function open() {
  const browser = await openBrowser()
  const house = await openHouse()
  const admin = await administrator(house)
  const secretary = await begin(house, await admin.add('shuji.one', at('secretary', 'C001')))
  const base = await listen(house.app)
  const stop = async () => {
    await browser.close()
    await house.stop()
  }
  return { browser, house, secretary, base, stop }
}
const desk = forAllTests(open)

const all = '/districts/YX/deliberations'
const must = async (reply: Promise<{ status: number; body: unknown }>) => {
  const { status, body } = await reply
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body
}

test('a secretary reads what residents say about a draft plan, answers it by keyboard and takes the table along', async () => {
  const plan = consultation()
  const id = randomUUID()
  await must(desk.secretary.call('POST', all, { id, community: plan.community, plan }))
  await must(desk.secretary.call('PUT', `${all}/${id}/status`, { status: 'open' }))
  const { page, faults } = await personAtDesk(desk, desk.secretary, `/deliberations/${id}/comments`)
  await page.getByText('还没有人提意见').waitFor()
  await isForEverybody(page, 'comments-none')

  const resident = desk.house.browser()
  const ticket = randomBytes(32).toString('base64url')
  await must(resident.call('POST', `${all}/${id}/attendance`, { participant: randomUUID(), ticket }))
  const write = (text: string, proposal?: string) =>
    must(resident.call('POST', `${all}/${id}/statements`, { id: randomUUID(), ticket, text, proposal }))
  const [canteen, lifts] = plan.proposals
  await write('食堂要便宜，老人有优惠', canteen!.id)
  await write('食堂别太贵', canteen!.id)
  await write('电梯先装六号楼', lifts!.id)
  await page.getByText('共 3 条意见，3 条待审核，0 条待答复。').waitFor()

  // By keyboard alone: shown, merged, answered.
  await page.getByRole('button', { name: /1\. 建社区食堂/ }).click()
  expect(await page.getByRole('listitem', { name: /电梯/ }).count()).toBe(0)
  const comment = (name: RegExp) => page.getByRole('listitem', { name })
  await comment(/食堂别太贵/).focus()
  await page.keyboard.press('a')
  await comment(/食堂要便宜/).focus()
  await page.keyboard.press('a')
  await page.getByText('1 条待审核，2 条待答复').waitFor()
  await page.getByRole('button', { name: /^待答复/ }).click()
  await comment(/食堂别太贵/).focus()
  await page.keyboard.press('m')
  await page.keyboard.type('1')
  await page.keyboard.press('Enter')
  await page.getByText('1 条待审核，1 条待答复').waitFor()
  await comment(/食堂要便宜/).focus()
  await page.keyboard.press('e')
  await page.getByRole('form', { name: '答复第 1 条' }).waitFor()
  await isForEverybody(page, 'comments')
  expect((await page.locator('.room-queue').boundingBox())!.height).toBeGreaterThan(200)
  await page.getByText('部分采纳').click()
  await page.getByLabel('理由，提的人和大家都会看到').fill('早餐先优惠，看一个季度')
  await page.keyboard.press('Control+Enter')
  await page.getByText('1 条待审核，0 条待答复').waitFor()

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载答复表（XLSX）' }).click(),
  ])
  const book = new ExcelJS.Workbook()
  await book.xlsx.load((await readFile(await file.path())) as never)
  const cells = JSON.stringify(book.worksheets[0]!.getSheetValues())
  expect(cells).toContain('部分采纳')
  expect(cells).toContain('第 1 号')
  expect(faults).toEqual([])
}, 60_000)
