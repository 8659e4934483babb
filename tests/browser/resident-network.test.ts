import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { seriousFaults, type Visitor } from '../setup/browser.ts'
import { forAllTests } from './for-all-tests.ts'
import {
  agree,
  answerAll,
  answerAndHandIn,
  answerScreen,
  handIn,
  next,
  openPages,
  receiptOn,
} from './resident-district.ts'

const pages = forAllTests(openPages)

/** The browser is told that it is offline, and nothing gets through either. */
async function cut(visitor: Visitor): Promise<void> {
  await visitor.cut(true)
  await pages.wire.pull()
}
async function mend(visitor: Visitor): Promise<void> {
  await pages.wire.plugIn()
  await visitor.cut(false)
}

/** The page can be opened without network once the service worker has everything. */
const isReadyForOffline = (visitor: Visitor) =>
  visitor.page.waitForFunction(
    async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated',
  )

describe('without network', () => {
  test('an answer waits on the phone, outlives the tab, is sent when the network is back, and counts once', async () => {
    const before = await pages.stored()
    const demanded = await pages.demanded()
    const visitor = await pages.atPoster()
    const { page } = visitor
    await agree(page)
    await isReadyForOffline(visitor)
    await answerAll(page)
    await cut(visitor)
    await handIn(page).click()
    await page.getByText('现在没有网络，答卷已经存在这部手机里').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.close({ runBeforeUnload: false })
    expect(await pages.stored()).toBe(before)

    const again = await visitor.newPage()
    await again.goto(pages.poster)
    await again.getByText('现在没有网络，答卷已经存在这部手机里').waitFor()
    await mend(visitor)
    await receiptOn(again)
    await again.reload()
    await receiptOn(again)
    expect(await pages.stored()).toBe(before + 1)
    expect(await pages.demanded()).toBe(demanded + 1)
    await visitor.leave()
  })

  test('a survey that was opened goes on: reloaded, answered to its end, sent later', async () => {
    const before = await pages.stored()
    const visitor = await pages.atPoster()
    const { page } = visitor
    await agree(page)
    await isReadyForOffline(visitor)
    await answerScreen(page)
    await cut(visitor)
    await page.reload()
    await page.locator('[data-name=answering]').waitFor()
    expect(await page.locator('[data-name=answering] input').first().isChecked()).toBe(true)
    await answerAll(page)
    await handIn(page).click()
    await page.getByText('答卷还没有交出去').waitFor()
    await mend(visitor)
    await receiptOn(page)
    expect(await pages.stored()).toBe(before + 1)
    await visitor.leave()
  })

  test('a receipt that was lost on the way back comes with the second sending, and the answer counts once', async () => {
    const before = await pages.stored()
    const { page, leave } = await pages.atPoster()
    await agree(page)
    await answerAll(page)
    let losses = 0
    await page.route('**/responses', async (route) => {
      if (losses++ > 0) return await route.continue()
      await route.fetch()
      await route.abort('connectionreset')
    })
    await handIn(page).click()
    await receiptOn(page)
    expect(losses).toBe(2)
    expect(await pages.stored()).toBe(before + 1)
    await leave('net::ERR_CONNECTION_RESET')
  })

  test('a busy server is asked again when it said so', async () => {
    const { page, leave } = await pages.atPoster()
    await agree(page)
    await answerAll(page)
    const asked: number[] = []
    await page.route('**/responses', async (route) => {
      asked.push(performance.now())
      if (asked.length > 1) return await route.continue()
      const problem = { code: 'busy', message: '现在提交的人较多，请稍等几秒再试，您填写的内容不会丢失。' }
      await route.fulfill({ status: 503, headers: { 'retry-after': '4' }, json: problem })
    })
    await handIn(page).click()
    await page.getByText('现在交卷的人多，答卷已经存好').waitFor()
    await receiptOn(page)
    expect(asked[1]! - asked[0]!).toBeGreaterThanOrEqual(3_950)
    await leave('503')
  })
})

describe('one answer and no more', () => {
  test('is made by a double tap', async () => {
    const before = await pages.stored()
    const { page, leave } = await pages.atPoster()
    await agree(page)
    await answerAll(page)
    let sent = 0
    page.on('request', (request) => {
      if (request.url().endsWith('/responses')) sent += 1
    })
    await handIn(page).dblclick()
    await receiptOn(page)
    expect(sent).toBe(1)
    expect(await pages.stored()).toBe(before + 1)
    await leave()
  })

  test('is made in two tabs, which show the same answers and the same receipt', async () => {
    const before = await pages.stored()
    const visitor = await pages.visit()
    const first = visitor.page
    await first.goto(pages.poster)
    const second = await visitor.newPage()
    await second.goto(pages.poster)
    await agree(first)
    await second.locator('[data-name=answering]').waitFor()
    await first.locator('[data-name=answering] label').first().click()
    await second.waitForFunction(() => document.querySelector<HTMLInputElement>('[data-name=answering] input')?.checked)
    await answerAll(first)
    await answerScreen(second)
    await next(second).click()
    await answerAll(second)
    const press = () => document.querySelector<HTMLButtonElement>('.sd-navigation__complete-btn')?.click()
    await Promise.all([first.evaluate(press), second.evaluate(press)])
    expect(await receiptOn(first)).toBe(await receiptOn(second))
    expect(await pages.stored()).toBe(before + 1)
    await visitor.leave()
  })

  test('is made when the phone goes back from the receipt, which says so', async () => {
    const before = await pages.stored()
    const { page, leave } = await pages.atPoster()
    await agree(page)
    const receipt = await answerAndHandIn(page)
    await page.goBack()
    await page.getByText('这份答卷已经交了，不用再填').waitFor()
    expect(await receiptOn(page)).toBe(receipt)
    await sleep(300)
    expect(await pages.stored()).toBe(before + 1)
    await leave()
  })

  test('more only when the person says that somebody else of the family answers', async () => {
    const before = await pages.stored()
    const { page, leave } = await pages.atPoster()
    for (const turn of [1, 2]) {
      await agree(page)
      await answerAndHandIn(page)
      expect(await pages.stored()).toBe(before + turn)
      if (turn === 1) await page.getByRole('button', { name: '帮另一位家人填一份' }).click()
    }
    const { rows } = await pages.district.pool.query(
      'SELECT device_hash AS device FROM responses ORDER BY received_at DESC LIMIT 3',
    )
    const [second, first, other] = rows.map(({ device }) => device)
    expect([second === first, first !== null, other !== first]).toEqual([true, true, true])
    await leave()
  })
})
