import { readFile } from 'node:fs/promises'
import type { BrowserContextOptions, Page } from '@playwright/test'
import { describe, expect, test, vi } from 'vitest'
import { forDistrict } from '../../server/db/database.ts'
import type { Grant } from '../../shared/people/roles.ts'
import {
  administrator,
  at,
  begin,
  type Browser as Client,
  type House,
  openHouse,
  password,
} from '../api/people-district.ts'
import { listen, looksWell, openBrowser, pc, phone, visitor } from '../setup/browser.ts'
import { startSmsProvider } from '../setup/sms-provider.ts'
import { xlsxCells } from './desk-files.ts'
import { forAllTests } from './for-all-tests.ts'

const desk = forAllTests(async () => {
  const browser = await openBrowser()
  const house = await openHouse()
  const admin = await administrator(house)
  const base = await listen(house.app)
  const stop = async () => {
    await browser.close()
    await house.stop()
  }
  return { browser, house, admin, base, stop }
})

/** Somebody at the desk whose session an API client began; every fault on the pages fails the test. */
async function atDesk(
  client: Client,
  path: string,
  work: (page: Page) => Promise<void>,
  device: BrowserContextOptions = pc,
  base = desk.base,
): Promise<void> {
  const person = await visitor(desk.browser, { ...device, acceptDownloads: true })
  const cookies = [...client.cookies].map(([name, value]) => ({ name, value, url: base }))
  await person.context.addCookies(cookies)
  try {
    await person.page.goto(`${base}/desk${path}`)
    await work(person.page)
    expect(person.faults).toEqual([])
  } finally {
    await person.context.close()
  }
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(label).click()
  await page.locator('.ant-select-dropdown:visible').getByTitle(option, { exact: true }).click()
}

const drawer = (page: Page) => page.getByRole('dialog').first()

async function fillNew(page: Page, who: { name: string; username: string; role: string; place?: string }) {
  await page.getByRole('button', { name: '添加人员' }).click()
  await page.getByLabel('姓名', { exact: true }).fill(who.name)
  await page.getByLabel('用户名（登录用）').fill(who.username)
  await choose(page, '第1个角色：角色', who.role)
  if (who.place) await choose(page, '第1个角色：范围', who.place)
  await page.getByRole('button', { name: '添加并出纸条' }).click()
}

/** The slip as it would be printed: the only thing on the sheet. */
async function printed(page: Page): Promise<string> {
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', 'yes')
  })
  await page.getByRole('button', { name: '打印', exact: true }).click()
  expect(await page.locator('body').getAttribute('data-printed')).toBe('yes')
  await page.emulateMedia({ media: 'print' })
  const words = await page.locator('body').innerText()
  await page.emulateMedia({ media: null })
  return words
}

const codeIn = (words: string) => /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(words)?.[0] ?? ''
const listedIn = (page: Page) => page.locator('.people-table').getByRole('rowheader')

async function staff(house: House, username: string, ...grants: Grant[]): Promise<Client> {
  return await begin(house, await desk.admin.add(username, ...grants))
}

describe('people at the desk', () => {
  test('an administrator adds an officer, prints the slip, and the officer adds a secretary of their own part alone', async () => {
    let code = ''
    await atDesk(desk.admin, '/people', async (page) => {
      await page.getByRole('heading', { level: 1, name: '人员' }).waitFor()
      await fillNew(page, { name: '陈静', username: 'chen.jing', role: '街道干部', place: 'S01街道' })
      await page.getByText('已添加陈静').waitFor()
      code = codeIn(await drawer(page).innerText())
      await looksWell(page, 'people-new-slip')
      await drawer(page).getByRole('link', { name: '打印纸条' }).click()
      await page.getByRole('heading', { name: '首次登录的纸条' }).waitFor()
      await looksWell(page, 'people-slips')
      const words = await printed(page)
      expect(words).toContain(code)
      expect(words).toContain('chen.jing')
      expect(words).toContain(`${desk.base}/desk`)
      expect(words).not.toContain('收起纸条')
      const kept = await page.evaluate(() =>
        JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]),
      )
      expect(kept + page.url()).not.toContain(code)
      const asked = new Promise((resolve) => {
        page.once('dialog', (dialog) => dialog.accept().then(() => resolve(dialog.type())))
      })
      await page.reload()
      expect(await asked).toBe('beforeunload')
      await page.getByText('这个窗口里没有纸条').waitFor()
    })
    const officer = await begin(desk.house, { username: 'chen.jing', code } as never)
    await atDesk(officer, '/people', async (page) => {
      const tree = page.getByRole('tree')
      await tree.getByText('S01街道').waitFor()
      expect(await tree.innerText()).not.toMatch(/YX区|S02/)
      await page.getByRole('button', { name: '添加人员' }).click()
      await page.getByLabel('第1个角色：角色', { exact: true }).click()
      const offered = await page.locator('.ant-select-dropdown:visible').innerText()
      expect(offered).toContain('社区书记')
      expect(offered).not.toMatch(/区级管理员|审计员|街道干部/)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: /Close|关闭/ }).click()
      await fillNew(page, { name: '刘洋', username: 'liu.yang', role: '社区书记', place: 'S01街道 · C002社区' })
      await page.getByText('已添加刘洋').waitFor()
      await page.getByRole('button', { name: /Close|关闭/ }).click()
      await page.getByText('共1人').waitFor()
      expect(await listedIn(page).allInnerTexts()).toEqual([expect.stringContaining('刘洋')])
      await page.getByText('这个窗口里有1张首次登录的纸条').waitFor()
    })
  })

  test('roles are changed, and disabling is asked back and ends every session', async () => {
    const planner = await staff(desk.house, 'sun', at('planner', 'C003'))
    await atDesk(desk.admin, '/people', async (page) => {
      await page.getByLabel('姓名、用户名或角色').fill('规划师')
      await page.getByRole('button', { name: 'sun同志' }).click()
      const panel = page.getByRole('dialog', { name: 'sun同志' })
      await panel.getByRole('button', { name: '结束这处登录' }).waitFor()
      await looksWell(page, 'person')
      await panel.getByRole('button', { name: '再加一个角色' }).click()
      await choose(page, '第2个角色：角色', '入户员')
      await panel.getByRole('button', { name: '保存角色和范围' }).click()
      await panel.getByText('请把每一行的角色和范围都选好').waitFor()
      await choose(page, '第2个角色：范围', 'S02街道')
      await panel.getByRole('button', { name: '保存角色和范围' }).click()
      await panel.getByText('已保存，立即生效').waitFor()
      await panel.getByText('入户员（S02街道）').waitFor()
      expect((await planner.call('GET', '/me')).body.grants).toHaveLength(2)

      await panel.getByRole('button', { name: '停用' }).click()
      const asked = page.getByRole('dialog', { name: '停用sun同志的账号？' })
      expect(await asked.innerText()).toContain('立即退出所有登录')
      await looksWell(page, 'person-disable')
      await asked.getByRole('button', { name: '停用' }).click()
      await panel.getByText('已停用').waitFor()
      await panel.getByText('现在没有登录').waitFor()
      expect((await planner.call('GET', '/me')).status).toBe(401)
      await panel.getByRole('button', { name: '启用' }).click()
      await page.getByRole('dialog', { name: '启用sun同志的账号？' }).getByRole('button', { name: '启用' }).click()
      await panel.getByText('在用', { exact: true }).waitFor()
      expect((await planner.signIn('sun', password)).status).toBe(200)

      await panel.getByRole('button', { name: '重新出纸条' }).click()
      const slip = page.getByRole('dialog', { name: '给sun同志重新出一张纸条？' })
      expect(await slip.innerText()).toContain('原来的密码、动态口令和备用码随之作废')
      await slip.getByRole('button', { name: '重新出纸条' }).click()
      await page.getByRole('heading', { name: '首次登录的纸条' }).waitFor()
      expect(await page.locator('.slips > li').count()).toBe(1)
      await page.getByRole('button', { name: '已经打印好，收起纸条' }).click()
      await page.getByRole('heading', { level: 1, name: '人员' }).waitFor()
      expect(await page.getByText('张首次登录的纸条').count()).toBe(0)
    })
  })

  test('a list with a fault is answered row by row and brings nobody; put right it brings everybody with a slip', async () => {
    const head = '用户名,姓名,手机,角色,范围'
    const list = (...rows: string[]) => ({
      name: '名单.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from([head, ...rows].join('\n')),
    })
    await atDesk(desk.admin, '/people', async (page) => {
      await page.getByRole('button', { name: '从表格导入' }).click()
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: '下载模板' }).click(),
      ])
      expect(file.suggestedFilename()).toBe('人员导入模板.xlsx')
      expect(await xlsxCells(await readFile(await file.path()))).toEqual(
        expect.arrayContaining(['用户名', '区级管理员']),
      )

      const send = async (given: ReturnType<typeof list>) => {
        await page.getByLabel('填好的表格（XLSX 或 CSV）').setInputFiles(given)
        await page.getByRole('button', { name: '导入', exact: true }).click()
      }
      await send(list('wang.li,王丽,,入户员,C003', 'WANG.LI,王力,,书记官,C003'))
      await page.getByText('一个人也没有导入').waitFor()
      const rows = await page.getByRole('region', { name: '要改的地方' }).getByRole('row').allInnerTexts()
      expect(rows.slice(1).map((row) => row.split(/\s+/).slice(0, 2))).toEqual([
        ['3', '用户名'],
        ['3', '角色'],
      ])
      await looksWell(page, 'people-import-report')
      expect((await desk.admin.call('GET', '/districts/YX/people')).body.map(({ name }: never) => name)).not.toContain(
        '王丽',
      )
      await send(list('wang.li,王丽,,入户员,C003', 'wang.li2,王力,,社区书记,C003'))
      await page.getByRole('link', { name: '打印2张纸条' }).click()
      await page.locator('.slips').waitFor()
      expect(await page.locator('.slips > li').allInnerTexts()).toEqual([
        expect.stringMatching(/王丽[\s\S]*wang\.li/),
        expect.stringMatching(/王力[\s\S]*wang\.li2/),
      ])
    })
  })

  test('an auditor finds in words who did what, and takes it home with a purpose', async () => {
    const auditor = await staff(desk.house, 'qian', at('auditor'))
    const officer = await desk.admin.add('zhao.min', at('officer', 'S02'))
    await desk.admin.call('PUT', `/districts/YX/people/${officer.person}/grants`, {
      grants: [at('officer', 'S01'), at('officer', 'S02')],
    })
    await atDesk(auditor, '/audit', async (page) => {
      await choose(page, '做了什么', '修改角色和范围')
      const newest = page.locator('.audit > li').first()
      await newest.getByText('修改角色和范围').waitFor()
      await newest.getByText(/zhao\.min同志/).waitFor()
      expect(await newest.innerText()).toContain('周主任')
      await newest.getByText('变更和来源').click()
      expect(await newest.getByRole('row', { name: /角色和范围/ }).innerText()).toMatch(
        /街道干部（S02街道）[\s\S]*街道干部（S01街道）/,
      )
      await looksWell(page, 'audit')
      const button = page.getByRole('button', { name: '导出查到的记录（CSV）' })
      await page.getByLabel('导出的用途（必填，会记入审计）').fill('季度审计')
      const [file] = await Promise.all([page.waitForEvent('download'), button.click()])
      const csv = await readFile(await file.path(), 'utf8')
      expect(csv.trim().split('\n').length).toBeGreaterThan(1)
      expect(csv).toContain('/grants')
      await page.getByRole('button', { name: '清空查找条件' }).click()
      await page.locator('.audit > li').first().getByText('用途：季度审计').waitFor()
      await page.getByLabel('到哪天').fill('2020-01-01')
      await page.getByText('没有符合条件的记录').waitFor()
    })
    await atDesk(auditor, '/people', async (page) => {
      await page.getByText('您可以查看全区人员，不能修改').waitFor()
      expect(await page.getByRole('button', { name: '添加人员' }).count()).toBe(0)
    })
  })

  test('an administrator reads what no provider sends', async () => {
    const phoneNumber = '13911112222'
    const added = await desk.admin.call('POST', '/districts/YX/people', {
      ...{ username: 'courier1', name: '何骑手', phone: phoneNumber, grants: [at('courier', 'C001')] },
    })
    expect(added.status).toBe(201)
    await desk.house.browser('10.0.0.9').call('POST', '/sign-in/phone', { district: 'YX', phone: phoneNumber })
    await atDesk(desk.admin, '/messages', async (page) => {
      await page.getByText('还没有设置短信服务').waitFor()
      await page.getByRole('heading', { name: phoneNumber }).waitFor()
      await page.getByText('没有发送失败的短信').waitFor()
      await looksWell(page, 'messages')
    })
  })

  test('what a provider did not take is listed with the reason and sent again', async () => {
    const provider = await startSmsProvider()
    provider.answer(422)
    const house = await openHouse({ smsUrl: provider.url, smsToken: 'token-1' })
    const stop = async () => {
      await house.stop()
      await provider.stop()
    }
    try {
      const admin = await administrator(house)
      const message = { districtId: 1, phone: '13912345678', text: '验证码 428613', purpose: 'sign-in-code' }
      await house.app.sms.send(forDistrict(house.app.db, 1), message, new Date())
      await vi.waitFor(async () => {
        const { body } = await admin.call('GET', '/districts/YX/sms/failures')
        expect(body[0]?.status).toBe('failed')
      }, 15_000)
      provider.answer(200)
      const base = await listen(house.app)
      await atDesk(
        admin,
        '/messages',
        async (page) => {
          await page.getByText('短信服务没有接收（HTTP 422）').waitFor()
          expect(await page.locator('body').innerText()).not.toContain('13912345678')
          await looksWell(page, 'messages-failed')
          await page.getByRole('button', { name: '重新发送' }).click()
          await page.getByText('已重新交给短信服务').waitFor()
          await vi.waitFor(() => expect(provider.received).toHaveLength(2), 15_000)
          await page.reload()
          await page.getByText('没有发送失败的短信').waitFor()
        },
        pc,
        base,
      )
    } finally {
      await stop()
    }
  })

  test('everything is there on a phone, with no serious barrier', async () => {
    const rows = Array.from({ length: 120 }, (_, i) => `field${i},入户员${i},,入户员,C00${(i % 3) + 1}`)
    const file = {
      name: 'a.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(['用户名,姓名,手机,角色,范围', ...rows].join('\n')),
    }
    await atDesk(
      desk.admin,
      '/people',
      async (page) => {
        await page
          .getByText(/共\d+人/)
          .first()
          .waitFor()
        await looksWell(page, 'phone-people')
        await page.getByRole('button', { name: '从表格导入' }).click()
        await page.getByLabel('填好的表格（XLSX 或 CSV）').setInputFiles(file)
        await page.getByRole('button', { name: '导入', exact: true }).click()
        await page.getByRole('link', { name: '打印120张纸条' }).waitFor()
        await looksWell(page, 'phone-import')
        await page.getByRole('link', { name: '打印120张纸条' }).click()
        await page.getByRole('heading', { name: '首次登录的纸条' }).waitFor()
        await looksWell(page, 'phone-slips')
        // Chromium lays the sheets out as a printer would get them: eight slips each.
        const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
        expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(15)
        expect(pdf).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12]/)
        await page.getByRole('link', { name: '回到人员' }).click()
        await page.getByLabel('姓名、用户名或角色').fill('field7')
        await page.getByRole('button', { name: '入户员7', exact: true }).click()
        await page.getByRole('dialog', { name: '入户员7' }).getByText('现在没有登录').waitFor()
        await looksWell(page, 'phone-person')
      },
      phone,
    )
    await atDesk(
      desk.admin,
      '/messages',
      async (page) => {
        await page.getByText('还没有设置短信服务').waitFor()
        await looksWell(page, 'phone-messages')
      },
      phone,
    )
    await atDesk(desk.admin, '/people', async (page) => {
      await page
        .getByText(/共\d+人/)
        .first()
        .waitFor()
      await page.getByRole('tree').getByText('S01街道').click()
      await page.getByRole('heading', { level: 2, name: 'S01街道' }).waitFor()
      await page.locator('.ant-tree-switcher_close').first().click()
      await page.getByRole('tree').getByText('C002社区').waitFor()
      await page.getByTitle('2', { exact: true }).click()
      await page.locator('.ant-pagination-item-2.ant-pagination-item-active').waitFor()
      await looksWell(page, 'people')
    })
    const auditor = await staff(desk.house, 'qian2', at('auditor'))
    await atDesk(
      auditor,
      '/audit',
      async (page) => {
        await page.locator('.audit > li').first().waitFor()
        await page.getByRole('button', { name: '再往前看' }).click()
        await page.getByText(/已列出(1[0-9]{2}|200)条/).waitFor()
        await page.evaluate(() => scrollTo(0, 0))
        await looksWell(page, 'phone-audit')
      },
      phone,
    )
  })
})
