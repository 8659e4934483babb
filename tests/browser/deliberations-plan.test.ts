import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { administrator, at, begin, type Browser as Client, openHouse } from '../api/people-district.ts'
import { isForEverybody, listen, openBrowser } from '../setup/browser.ts'
import { pictures, squares } from '../unit/documents/pdf-pictures.ts'
import { forAllTests } from './for-all-tests.ts'
import { personAtDesk } from './survey-desk.ts'

async function open() {
  const browser = await openBrowser()
  const house = await openHouse()
  const admin = await administrator(house)
  const secretary: Client = await begin(house, await admin.add('shuji.one', at('secretary', 'C001')))
  const base = await listen(house.app)
  const stop = async () => {
    await browser.close()
    await house.stop()
  }
  return { browser, house, secretary, base, stop }
}
const desk = forAllTests(open)

test('a secretary plans a forum from an empty list, invites people, prints and starts', async () => {
  const { page, faults } = await personAtDesk(desk, desk.secretary, '/deliberations')
  await page.getByText('还没有开过议事会').waitFor()
  await isForEverybody(page, 'deliberations-none')
  await page.getByRole('button', { name: '筹备议事会' }).click()

  // The form comes filled in; another kind brings its own agenda, and the keyboard reaches everything.
  await page.getByRole('heading', { level: 1, name: '筹备议事会' }).waitFor()
  await page.getByLabel('议程第3项', { exact: true }).waitFor()
  await page.getByLabel('地点').fill(' ')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByText('请写下地点').waitFor()
  await page.getByLabel('地点').fill('二楼活动室')
  await page.getByLabel('主持人').fill('李书记')
  await page.getByRole('button', { name: '议程第3项上移' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '加一项' }).click()
  await page.keyboard.type('表决：建社区食堂')
  await page.getByLabel('议程第4项的分钟数').fill('15')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'C001社区需求座谈会' }).waitFor()
  const code = await page.locator('.plan-code').innerText()
  const id = new URL(page.url()).pathname.split('/').at(-2)

  const roster = page.getByLabel('应到名单，一行一人')
  await roster.fill('王芳 和平里一区 1\n\n王芳 和平里一区')
  await page.getByRole('button', { name: '保存名单' }).click()
  await page.getByText('第 3 行：与第 1 行同名').waitFor()
  await roster.fill('王芳 和平里一区 1\n李明')
  await page.getByRole('button', { name: '保存名单（2人）' }).click()
  await page.getByText('名单已保存，共2人。').waitFor()
  const pdf = { name: '方案草案.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF\n') }
  await page.getByLabel('添加材料').setInputFiles(pdf)
  await page.getByRole('link', { name: '方案草案.pdf' }).waitFor()
  await isForEverybody(page, 'deliberation-plan')
  const [poster] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '海报' }).click(),
  ])
  expect(await page.getByLabel('议程第4项', { exact: true }).inputValue()).toBe('表决：建社区食堂')
  expect(pictures(await readFile(await poster.path()))).toContainEqual(squares(`${desk.base}/m/YX/${code}`))

  await page.getByRole('button', { name: '开始，让居民签到' }).click()
  await page.waitForURL(`**/deliberations/${id}/room`)
  await page.goto(`${desk.base}/desk/deliberations`)
  await page.getByRole('link', { name: '进会场' }).waitFor()
  await isForEverybody(page, 'deliberations')
  // The browser itself reports what the server refused.
  expect(faults.filter((fault) => !fault.includes('422'))).toEqual([])
})

test('a consultation has items in the place of an agenda, and is opened from its plan', async () => {
  const { page, faults } = await personAtDesk(desk, desk.secretary, '/deliberations/new')
  await page.getByLabel('种类').click()
  await page.locator('.ant-select-dropdown:visible').getByTitle('线上征求意见', { exact: true }).click()
  await page.getByLabel('条目第1项', { exact: true }).fill('建社区食堂')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'C001社区行动蓝图征求意见' }).waitFor()
  await page.getByRole('button', { name: '开始征求意见' }).click()
  await page.getByRole('button', { name: '结束征求意见' }).waitFor()
  expect(faults).toEqual([])
})
