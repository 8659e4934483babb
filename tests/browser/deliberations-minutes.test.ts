import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from 'vitest'
import { base, openDeliberations } from '../api/deliberations-district.ts'
import { evening } from '../api/deliberations-evening.ts'
import { isForEverybody, listen, looksWell, openBrowser, pc, phone, visitor } from '../setup/browser.ts'
import { docxWords } from './desk-files.ts'
import { forAllTests } from './for-all-tests.ts'

const rooms = forAllTests(async () => {
  const browser = await openBrowser()
  const house = await openDeliberations()
  const held = await evening(house)
  await house.must('PUT', `${base}/${held.id}/status`, { status: 'closed' }, house.secretary)
  const url = await listen(house.app)
  const stop = async () => {
    await browser.close()
    await house.stop()
  }
  return { browser, house, held, url, stop }
})

async function atDesk(path: string) {
  const person = await visitor(rooms.browser, { ...pc, acceptDownloads: true })
  const cookies = rooms.house.secretary.cookie!.split('; ').map((pair) => {
    const at = pair.indexOf('=')
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url: rooms.url }
  })
  await person.context.addCookies(cookies)
  await person.page.goto(`${rooms.url}/desk/deliberations${path}`)
  return person
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })

test('a secretary finds the minutes written, adds a few words beside somebody else, and has them approved and published', async () => {
  const { id, item } = rooms.held
  const { page, faults } = await atDesk(`/${id}/minutes`)
  await page.getByText('草稿：已按记录写好').waitFor()
  await page.getByText('出席：').waitFor()
  await page.getByLabel('开头').fill('街道派人参加。')

  const texts = [
    { section: item, text: '大家先说吃饭。' },
    { section: 'opening', text: '区里派人参加。' },
  ]
  await rooms.house.must('PUT', `${base}/${id}/minutes`, { revision: 0, texts }, rooms.house.secretary)
  await button(page, '保存').click()
  await page.getByText('刚才别人也保存了纪要').waitFor()
  await page.getByText('别人刚才保存的是').waitFor()
  expect(await page.getByLabel('大家缺什么').inputValue()).toBe('大家先说吃饭。')
  expect(await page.getByLabel('开头').inputValue()).toBe('街道派人参加。')
  await isForEverybody(page, 'minutes-conflict')
  await button(page, '保存').click()
  await page.getByText('都已保存').waitFor()
  await page.locator('article.paper').getByText('大家先说吃饭。').waitFor()
  await isForEverybody(page, 'minutes-draft')

  await button(page, '审定').click()
  await page.getByText('谁也不能再改').waitFor()
  await looksWell(page, 'minutes-approve')
  await button(page, '审定，不再改').click()
  await page.getByText('内容不再改变').waitFor()
  await page.getByText('校验值').waitFor()
  const [file] = await Promise.all([page.waitForEvent('download'), button(page, '下载 DOCX').click()])
  const words = docxWords(await readFile(await file.path()))
  for (const said of ['实到5人，其中手机签到3人、座位卡签到2人', '街道派人参加。', '大家先说吃饭。', '3人赞成'])
    expect(words).toContain(said)
  expect(words).not.toContain('草稿')

  await button(page, '公布给居民').click()
  await button(page, '公布').click()
  await page.getByRole('link', { name: '看居民看到的页面' }).waitFor()
  await isForEverybody(page, 'minutes-published')
  // The browser itself reports what the server refused.
  expect(faults.filter((fault) => !fault.includes('409'))).toEqual([])
})

test('what was promised is written down from a statement, and residents read how far it is', async () => {
  const { id, code, said } = rooms.held
  const { page, faults } = await atDesk(`/${id}/follow-ups?statement=${said[0]}`)
  await page.getByLabel('要办的事').waitFor()
  expect(await page.getByLabel('要办的事').inputValue()).toBe('老人吃饭没有着落')
  await page.getByLabel('要办的事').fill('请社区食堂的运营方来谈')
  await button(page, '保存').click()
  await page.getByText('请写明谁来办。').waitFor()
  await isForEverybody(page, 'follow-up-new')
  await page.getByLabel('谁来办（单位或岗位）').fill('社区居委会')
  await page.getByLabel('什么时候办完').fill('2020-01-31')
  await button(page, '保存').click()
  await page.getByText('已过期').waitFor()
  await page.getByText('回应第1号意见').waitFor()
  await page.getByRole('link', { name: '是否建社区食堂' }).waitFor()
  await isForEverybody(page, 'follow-ups')

  const resident = await visitor(rooms.browser, phone)
  await resident.page.goto(`${rooms.url}/m/YX/${code}/results`)
  await resident.page.getByLabel('您的意见是第几号').fill('2')
  await button(resident.page, '查一查').click()
  await resident.page.getByText('和第1号说的是一件事').first().waitFor()
  await resident.page.getByText('请社区食堂的运营方来谈').first().waitFor()
  await isForEverybody(resident.page, 'results')

  await page.goto(`${rooms.url}/desk/deliberations`)
  await page.getByRole('heading', { name: /还没办完的跟进事项（1件，1件过期）/ }).waitFor()
  await isForEverybody(page, 'deliberations-unsettled')
  await page.getByRole('link', { name: '请社区食堂的运营方来谈' }).click()
  await button(page, '更新第1件').click()
  await page.getByLabel('已办结').check()
  await button(page, '保存').click()
  await page.getByText('请写办结的依据').waitFor()
  await page.getByLabel('办结的依据（居民会看到）').fill('11月30日已签约')
  await looksWell(page, 'follow-up-done')
  await button(page, '保存').click()
  await page.getByText('11月30日已签约').waitFor()
  await resident.page.reload()
  await resident.page.getByText('办好了').last().waitFor()
  await looksWell(resident.page, 'results-done')
  expect([...faults, ...resident.faults]).toEqual([])
})
