import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { openDistrict } from '../api/surveys-district.ts'
import { asking, key } from '../setup/app.ts'
import { isForEverybody, listen, openBrowser, pc, visitor } from '../setup/browser.ts'
import { oneTimeCode, password, signedIn } from '../setup/people.ts'
import { signIn } from './desk-district.ts'
import { forAllTests } from './for-all-tests.ts'

const phone = '13612345678'
const who = {
  username: 'zhou',
  name: '周主任',
  grants: [{ role: 'administrator', level: 'district', code: '' } as const],
}

const house = forAllTests(async () => {
  const browser = await openBrowser()
  const district = await openDistrict(1)
  const { app } = district.running
  const { secret } = await signedIn(asking(app), { key, district: 'YX' }, who)
  const grants = [{ role: 'courier', level: 'community', code: 'C001' }]
  await district.call('POST', '/api/districts/YX/people', { username: 'rider', name: '王跑跑', phone, grants })
  await district.call('POST', '/api/sign-in/phone', { district: 'YX', phone }, {})
  const base = await listen(app)
  return {
    base,
    browser,
    code: () => oneTimeCode(secret!, Date.now() + 30_000),
    stop: async () => {
      await browser.close()
      await district.stop()
    },
  }
})

test('an administrator hands over what is held about a number, then erases it, and is told what became of it', async () => {
  const { base, browser, code } = house
  const { page, context, faults } = await visitor(browser, { ...pc, acceptDownloads: true })
  await page.goto(`${base}/desk/sign-in`)
  await signIn(page, who.username, password)
  await page.getByLabel('六位动态口令').fill(code())
  await page.getByRole('button', { name: '完成登录' }).click()
  await page.getByRole('link', { name: '个人信息', exact: true }).click()
  await page.getByRole('heading', { name: '个人信息请求' }).waitFor()

  await page.getByRole('button', { name: '导出给本人' }).click()
  await page.getByText('请输入 11 位手机号。').waitFor()
  await page.getByText('请写明用途，至少 2 个字。').waitFor()
  await isForEverybody(page, 'personal-data-refused')

  await page.getByLabel('手机号').fill('136 1234 5678')
  await page.getByLabel('用途').fill('窗口来访，要求查看')
  const arriving = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出给本人' }).click()
  const file = await arriving
  expect(file.suggestedFilename()).toMatch(/^个人信息-.+\.json$/)
  const held = JSON.parse(await readFile(await file.path(), 'utf8'))
  expect([held.phone, held.accounts[0].name, held.messages.length]).toEqual([phone, '王跑跑', 1])
  await page.getByText('里面是本区持有的全部内容').waitFor()

  await page.getByLabel('用途').fill('窗口来访，要求删除')
  await page.getByRole('button', { name: '删除……' }).click()
  const dialog = page.getByRole('dialog', { name: '删除 136 1234 5678 的全部个人信息？' })
  await dialog.getByText('删除后不能恢复。').waitFor()
  await isForEverybody(page, 'personal-data-asked')
  await dialog.getByRole('button', { name: /取\s?消/ }).click()
  await dialog.waitFor({ state: 'hidden' })

  await page.getByRole('button', { name: '删除……' }).click()
  await dialog.getByRole('button', { name: '永久删除' }).click()
  await page.getByText('已删除：居民或骑手账号 1 个、短信 1 条、没用过的验证码 1 个。').waitFor()
  await isForEverybody(page, 'personal-data-erased')
  await page.getByRole('button', { name: '删除……' }).click()
  await dialog.getByRole('button', { name: '永久删除' }).click()
  await page.getByText('本区没有这个手机号的个人信息，没有可以删除的。').waitFor()
  // The browser itself writes a refused call into its console: nobody was signed in when the desk first asked.
  expect(faults.filter((fault) => !/status of 401 .*\/api\/me/.test(fault))).toEqual([])
  await context.close()
})
