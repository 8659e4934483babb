import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { openDistrict } from '../api/surveys-district.ts'
import { asking, key } from '../setup/app.ts'
import { isForEverybody, listen, openBrowser, phone as phoneScreen, visitor } from '../setup/browser.ts'
import { signedIn } from '../setup/people.ts'
import { forAllTests } from './for-all-tests.ts'

const phone = '13612345678'

const house = forAllTests(async () => {
  const browser = await openBrowser()
  const district = await openDistrict(1)
  const { app } = district.running
  await signedIn(
    asking(app),
    { key, district: 'YX' },
    { username: 'zhou', name: '周主任', grants: [{ role: 'administrator', level: 'district', code: '' }] },
  )
  return {
    browser,
    base: await listen(app),
    /** The code in the last message, as the phone shows it. */
    async code() {
      const messages = (await app.sms.outbox(1)).sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
      return /\d{6}/.exec(messages.find((one) => one.phone === phone)?.text ?? '')?.[0] ?? ''
    },
    /** A minute passes, as far as messages are counted. */
    minute: () => app.db.deleteFrom('sign_in_attempts').where('key', 'like', 'phone-minute:%').execute(),
    async stop() {
      await browser.close()
      await district.stop()
    },
  }
})

test('a resident signs in with a phone alone, takes home what is held about them, and has it erased', async () => {
  const { browser, base } = house
  const { page, context, faults } = await visitor(browser, { ...phoneScreen, acceptDownloads: true })
  await page.goto(`${base}/desk`)
  await page.getByRole('link', { name: '用手机验证码登录' }).click()
  await page.getByLabel('手机号').fill('1361234')
  await page.getByRole('button', { name: '发送验证码' }).click()
  await page.getByText('请输入 11 位手机号。').waitFor()
  await page.getByLabel('手机号').fill('136 1234 5678')
  await page.getByRole('button', { name: '发送验证码' }).click()
  await page.getByText('验证码已发出').waitFor()
  await isForEverybody(page, 'phone-sign-in')
  await page.getByLabel('六位验证码').fill(await house.code())
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('heading', { level: 1, name: '您好' }).waitFor()
  await isForEverybody(page, 'phone-first')

  await page.getByRole('link', { name: '手机用户（我的账号）' }).click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出我的个人信息' }).click(),
  ])
  const held = JSON.parse(await readFile(await file.path(), 'utf8'))
  expect(held).toMatchObject({ phone, accounts: [{ kind: 'resident', phone }] })

  await house.minute()
  await page.getByText('注销账号', { exact: true }).click()
  await page.getByLabel('手机号').fill(phone)
  await page.getByRole('button', { name: '发送验证码' }).click()
  await page.getByText('验证码已发出').waitFor()
  await isForEverybody(page, 'phone-account')
  await page.getByLabel('六位验证码').fill(await house.code())
  await page.getByRole('button', { name: '注销账号并删除个人信息' }).click()
  await page.getByRole('heading', { level: 1, name: '登录工作台' }).waitFor()
  expect(await house.code()).toBe('')
  // The browser itself writes into its console that nobody is signed in yet.
  expect(faults.filter((fault) => !/status of 401 .*\/api\/me/.test(fault))).toEqual([])
  await context.close()
})
