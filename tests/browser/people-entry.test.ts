import type { Page } from '@playwright/test'
import { describe, expect, test } from 'vitest'
import { forDistrict } from '../../server/db/database.ts'
import { savePlaces } from '../../server/places/queries.ts'
import { notify } from '../../server/platform/notices.ts'
import type { Slip } from '../../shared/people/api.ts'
import type { Grant } from '../../shared/people/roles.ts'
import { openDistrict } from '../api/surveys-district.ts'
import { key } from '../setup/app.ts'
import { isForEverybody, listen, openBrowser, pc, type Visitor, visitor } from '../setup/browser.ts'
import { oneTimeCode, password } from '../setup/people.ts'
import { signIn } from './desk-district.ts'
import { forAllTests } from './for-all-tests.ts'

const house = forAllTests(openHouse)
const administrator: Grant = { role: 'administrator', level: 'district', code: '' }

/** C001 and C002 in 一街道, C003 in 二街道. */
async function openHouse() {
  const browser = await openBrowser()
  const made: (() => Promise<void>)[] = []
  return {
    async open() {
      const district = await openDistrict(2)
      made.push(district.stop)
      const db = forDistrict(district.running.app.db, 1)
      await savePlaces(db, 1, 'subdistricts', [{ code: 'S02', name: '二街道' }])
      await district.addCommunity('C003', 'S02')
      return { district, base: await listen(district.running.app) }
    },
    visitor: () => visitor(browser, pc),
    async stop() {
      await browser.close()
      for (const stop of made) await stop()
    },
  }
}

type House = Awaited<ReturnType<(typeof house)['open']>>

async function slipFor({ district }: House, username: string, name: string, grant: Grant): Promise<Slip> {
  const { status, body } = await district.call('POST', '/api/districts/YX/people', { username, name, grants: [grant] })
  if (status !== 201) throw new Error(JSON.stringify(body))
  return body as unknown as Slip
}

/** The browser itself writes a refused call into its console: these are meant to be refused. */
const unmeant = ({ faults }: Visitor) =>
  faults.filter(
    (fault) =>
      !/status of 401 .*\/api\/(me|sign-in)|status of 422 .*\/password|status of 404 .*\/C003|status of 403 .*\/audit/.test(
        fault,
      ),
  )

async function choosePassword(page: Page): Promise<void> {
  await page.getByRole('heading', { name: '请设置您自己的密码' }).waitFor()
  await page.getByLabel('新密码', { exact: true }).fill(password)
  await page.getByLabel('再输入一遍', { exact: true }).fill(password)
  await page.getByRole('button', { name: '保存新密码' }).click()
}

/** Ties an authenticator to the account; returns what it knows, and the codes on paper. */
async function tieAuthenticator(page: Page): Promise<{ secret: string; backupCodes: string[] }> {
  await page.getByRole('heading', { name: '请设置动态口令' }).waitFor()
  await page.getByRole('button', { name: '装好了，开始设置' }).click()
  await page.getByRole('img', { name: '动态口令的二维码' }).waitFor()
  const secret = (await page.locator('.secret').innerText()).replaceAll(' ', '')
  const backupCodes = await page.locator('.codes code').allInnerTexts()
  // What is printed is the codes, not the secret that they stand in for.
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.codes').isVisible()).toBe(true)
  expect(await page.locator('.secret, .qr').filter({ visible: true }).count()).toBe(0)
  await page.emulateMedia({ media: 'screen' })
  await isForEverybody(page)
  await page.getByLabel('六位动态口令').fill(oneTimeCode(secret, Date.now()))
  await page.getByLabel('备用码已经打印或抄好').check()
  await page.getByRole('button', { name: '完成设置' }).click()
  return { secret, backupCodes }
}

const table = (page: Page) => page.getByRole('heading', { level: 1, name: '各社区需求总表' })

describe('the way into the desk', () => {
  test('leads an administrator from a slip over password and second factor to the table, and an officer to their own part of it', async () => {
    const made = await house.open()
    const slip = await slipFor(made, 'zhou', '周主任', administrator)
    const chief = await house.visitor()
    const { page } = chief
    const loaded: string[] = []
    page.on('request', (request) => loaded.push(request.url()))
    await page.goto(`${made.base}/desk`)
    await isForEverybody(page)
    expect(loaded.filter((url) => url.includes('desk-district'))).toEqual([])

    await signIn(page, 'zhou', 'not-the-code')
    await page.getByText('用户名或密码不对').waitFor()
    await isForEverybody(page)
    await signIn(page, 'zhou', slip.code)
    await page.getByRole('heading', { name: '请设置您自己的密码' }).waitFor()
    await isForEverybody(page)
    await page.getByLabel('新密码', { exact: true }).fill('short')
    await page.getByLabel('再输入一遍', { exact: true }).fill('short')
    await page.getByRole('button', { name: '保存新密码' }).click()
    await page.getByText('密码至少要 8 个字符，请换一个。').waitFor()
    await choosePassword(page)
    const { backupCodes } = await tieAuthenticator(page)
    await table(page).waitFor()
    await isForEverybody(page)

    // Signed out and in again, now with the second step.
    await page.getByRole('button', { name: '退出' }).click()
    await signIn(page, 'zhou', password)
    await page.getByLabel('六位动态口令').fill('000000')
    await page.getByRole('button', { name: '完成登录' }).click()
    await page.getByText('动态口令不对，或者刚刚用过').waitFor()
    await isForEverybody(page)
    await page.getByRole('button', { name: '用备用码' }).click()
    await page.getByLabel('备用码', { exact: true }).fill(backupCodes[0]!)
    await page.getByRole('button', { name: '完成登录' }).click()
    await table(page).waitFor()

    const code = await addOfficer(page)
    expect(unmeant(chief)).toEqual([])
    await chief.context.close()
    await isOfficer(made, code)
  })

  test('begins in a new district with the page that makes the administrator', async () => {
    const { base } = await house.open()
    const first = await house.visitor()
    const { page } = first
    await page.goto(`${base}/desk`)
    await page.getByText('共3个社区').waitFor()
    await isForEverybody(page)
    await page.getByRole('link', { name: '设立第一位管理员' }).click()
    await page.getByRole('heading', { name: '设立第一位管理员' }).waitFor()
    await isForEverybody(page)
    await page.getByLabel('用户名').fill('Zhou Min')
    await page.getByLabel('姓名').fill('周敏')
    await page.getByLabel('新密码', { exact: true }).fill(password)
    await page.getByLabel('再输入一遍', { exact: true }).fill('something else')
    await page.getByRole('button', { name: '设立管理员' }).click()
    await page.getByText('两次输入的不一样').waitFor()
    await page.getByLabel('再输入一遍', { exact: true }).fill(password)
    await page.getByRole('button', { name: '设立管理员' }).click()
    await page.getByText('以字母或数字开头').waitFor()
    await isForEverybody(page)
    expect(first.faults.splice(0)).toEqual([expect.stringMatching(/status of 400 .*\/api\/setup/)])
    await page.getByLabel('用户名').fill('zhou.min')
    await page.getByRole('button', { name: '设立管理员' }).click()
    await tieAuthenticator(page)
    await table(page).waitFor()
    expect(new URL(page.url()).pathname).toBe('/desk')
    await page.getByRole('link', { name: '周敏' }).waitFor()
    expect(first.faults).toEqual([])
    await first.context.close()
  })

  test('is closed to other machines until somebody with the staff key makes the administrator', async () => {
    const { base } = await house.open()
    const elsewhere = await house.visitor()
    const { page } = elsewhere
    await page.setExtraHTTPHeaders({ 'x-forwarded-for': '10.0.0.9' })
    await page.goto(`${base}/desk`)
    await page.getByRole('heading', { name: '工作台还没有开通' }).waitFor()
    await isForEverybody(page)
    await page.getByRole('link', { name: '在这台电脑上设立' }).click()
    await page.getByLabel('用户名').fill('zhou')
    await page.getByLabel('姓名').fill('周敏')
    await page.getByLabel('新密码', { exact: true }).fill(password)
    await page.getByLabel('再输入一遍', { exact: true }).fill(password)
    await page.getByRole('button', { name: '设立管理员' }).click()
    await page.getByText('第一位管理员只能在服务器本机设立').waitFor()
    await page.getByLabel('工作密钥', { exact: true }).fill(key)
    await page.getByRole('button', { name: '设立管理员' }).click()
    await page.getByRole('heading', { name: '请设置动态口令' }).waitFor()
    expect(elsewhere.faults.filter((fault) => !/status of (401|403) /.test(fault))).toEqual([])
    await elsewhere.context.close()
  })

  test('says for how long it stays shut after too many tries', async () => {
    const made = await house.open()
    await slipFor(made, 'li.jun', '李军', { role: 'officer', level: 'subdistrict', code: 'S01' })
    const { page, context } = await house.visitor()
    await page.goto(`${made.base}/desk/sign-in`)
    for (let tries = 0; tries < 6; tries += 1) {
      const answer = page.waitForResponse(/\/api\/sign-in$/)
      await signIn(page, 'li.jun', `guess-${tries}`)
      await answer
    }
    await page.getByText('尝试次数太多，已暂停，请 5 分钟后再试').waitFor()
    await isForEverybody(page)
    await context.close()
  })

  test('is found again after a long rest and after a session was ended elsewhere, with the reason, at the same page', async () => {
    const made = await house.open()
    const { secretary, person } = await withSecretary(made)
    const { page } = secretary
    await page.getByRole('link', { name: '消息' }).click()
    await page.getByText('还没有消息').waitFor()
    await page.clock.fastForward('31:00')
    await page.getByText('您已有一段时间没有操作，已自动退出').waitFor()
    await isForEverybody(page)
    await signIn(page, 'wang.shu', password)
    await page.getByRole('heading', { level: 1, name: '我的消息' }).waitFor()

    const { running } = made.district
    await running.look(`DELETE FROM auth_session WHERE user_id = '${person}'`)
    running.app.people.sessions.forget(person)
    await page.getByRole('link', { name: '我的账号' }).click()
    await page.getByText('这里的登录已经结束').waitFor()
    await signIn(page, 'wang.shu', password)
    await page.getByRole('heading', { level: 1, name: '我的账号' }).waitFor()

    // Whoever leaves in one window has left in all.
    const second = await secretary.newPage()
    await second.goto(`${made.base}/desk/account`)
    await second.getByRole('heading', { level: 1, name: '我的账号' }).waitFor()
    await page.getByRole('button', { name: '退出' }).click()
    await page.getByRole('heading', { name: '登录工作台' }).waitFor()
    await second.getByText('这里的登录已经结束').waitFor()
    expect(secretary.faults.filter((fault) => !/status of 401 .*\/api\/me/.test(fault))).toEqual([])
    await secretary.context.close()
  })

  test('shows somebody their messages, where they are signed in, and lets them change what they sign in with', async () => {
    const made = await house.open()
    const { secretary, person } = await withSecretary(made)
    const { page } = secretary
    const { running } = made.district
    const db = forDistrict(running.app.db, 1)
    const tell = (text: string, link?: string) => notify(db, { districtId: 1, person, text, link }, new Date())
    await tell('C001社区的方案有了新的一稿。', '/desk/communities/C001')
    await tell('本周五下午开会。')
    await page.reload()
    await page.getByText('2 条未读').first().waitFor()
    await page.getByRole('link', { name: '消息' }).click()
    await page.getByText('本周五下午开会。').waitFor()
    await isForEverybody(page)
    await page.getByRole('button', { name: '标为已读', exact: true }).first().click()
    await page.getByText('1 条未读').first().waitFor()
    await page.getByRole('link', { name: '去看看' }).click()
    await page.getByRole('heading', { level: 1, name: 'C001社区' }).waitFor()
    await page.getByText('1 条未读').waitFor({ state: 'detached' })

    const other = await house.visitor()
    await other.page.goto(`${made.base}/desk/sign-in`)
    await signIn(other.page, 'wang.shu', password)
    await other.page.getByText('王书记').first().waitFor()
    await page.getByRole('link', { name: '我的账号' }).click()
    await page.getByText('社区书记').waitFor()
    await page.getByRole('button', { name: /^结束/ }).click()
    await page.getByText('已结束那一处的登录').waitFor()
    expect(await page.getByRole('button', { name: /^结束/ }).count()).toBe(0)
    await page.getByText('就是这里').waitFor()

    await page.locator('summary', { hasText: '修改密码' }).click()
    await isForEverybody(page)
    await page.getByLabel('现在的密码', { exact: true }).fill('wrong')
    await page.getByLabel('新密码', { exact: true }).fill('Xin-Mi-Ma-2027')
    await page.getByLabel('再输入一遍', { exact: true }).fill('Xin-Mi-Ma-2027')
    await page.getByRole('button', { name: '保存新密码' }).click()
    await page.getByText('密码不对，请核对后再试').waitFor()
    await page.getByLabel('现在的密码', { exact: true }).fill(password)
    await page.getByRole('button', { name: '保存新密码' }).click()
    await page.getByText('密码已修改').waitFor()
    expect(secretary.faults.filter((fault) => !/status of 401 .*\/api\/me\/password/.test(fault))).toEqual([])
    await secretary.context.close()
    await other.context.close()
  })
})

/** A secretary of C001 who has come in with a slip; the clock of their page can be turned. */
async function withSecretary(made: House): Promise<{ secretary: Visitor; person: string }> {
  const slip = await slipFor(made, 'wang.shu', '王书记', { role: 'secretary', level: 'community', code: 'C001' })
  const secretary = await house.visitor()
  const { page } = secretary
  await page.clock.install()
  await page.goto(`${made.base}/desk/sign-in`)
  await signIn(page, 'wang.shu', slip.code)
  await choosePassword(page)
  await page.getByText('共1个社区').waitFor()
  return { secretary, person: slip.person }
}

/** An account for somebody who looks after 一街道, handed out on the page of people; what stands on their slip. */
async function addOfficer(page: Page): Promise<string> {
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '人员' }).click()
  await page.getByRole('button', { name: '添加人员' }).click()
  await page.getByLabel('姓名', { exact: true }).fill('陈静')
  await page.getByLabel('用户名（登录用）').fill('chen.jing')
  await page.getByLabel('第1个角色：角色').click()
  await page.getByTitle('街道干部').click()
  await page.getByLabel('第1个角色：范围').click()
  await page.getByTitle('一街道').last().click()
  await page.getByRole('button', { name: '添加并出纸条' }).click()
  await page.getByText('已添加陈静').waitFor()
  return await page.getByRole('dialog').locator('code').innerText()
}

async function isOfficer({ base }: House, code: string): Promise<void> {
  const officer = await house.visitor()
  const { page } = officer
  // The page that somebody wanted is where they land.
  await page.goto(`${base}/desk/communities/C001`)
  // By keyboard alone.
  await page.getByLabel('用户名').focus()
  await page.keyboard.type('chen.jing')
  await page.keyboard.press('Tab')
  await page.keyboard.type(code)
  await page.keyboard.press('Enter')
  await choosePassword(page)
  await page.getByRole('heading', { level: 1, name: 'C001社区' }).waitFor()
  const ways = page.getByRole('navigation', { name: '主导航' })
  expect(await ways.getByRole('link', { name: '审计' }).count()).toBe(0)
  await page.goto(`${base}/desk/communities/C003`)
  await page.getByText('没有找到，或者不在您负责的范围内').waitFor()
  await isForEverybody(page)
  await page.goto(`${base}/desk/audit`)
  await page.getByText('您的角色不能办理这一项').waitFor()
  await page.goto(`${base}/desk`)
  await page.getByText('共2个社区').waitFor()
  expect(unmeant(officer)).toEqual([])
  await officer.context.close()
}
