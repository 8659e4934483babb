import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seriousFaults, type Visitor } from '../setup/browser.ts'
import {
  agree,
  answerAll,
  answerScreen,
  handIn,
  next,
  type OpenPages,
  openPages,
  receiptOn,
} from './resident-district.ts'

let pages: OpenPages
beforeAll(async () => {
  pages = await openPages()
})
afterAll(() => pages?.stop())

const stored = () => pages.district.count('responses')

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
    const before = await stored()
    const demanded = await pages.demanded()
    const visitor = await pages.visit()
    const { page } = visitor
    await page.goto(pages.poster)
    await agree(page)
    await isReadyForOffline(visitor)
    await answerAll(page)
    await cut(visitor)
    await handIn(page).click()
    await page.getByText('现在没有网络，答卷已经存在这部手机里').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.close({ runBeforeUnload: false })
    expect(await stored()).toBe(before)

    const again = await visitor.newPage()
    await again.goto(pages.poster)
    await again.getByText('现在没有网络，答卷已经存在这部手机里').waitFor()
    await mend(visitor)
    await receiptOn(again)
    await again.reload()
    await receiptOn(again)
    expect(await stored()).toBe(before + 1)
    expect(await pages.demanded()).toBe(demanded + 1)
    expect(visitor.faults).toEqual([])
    await visitor.context.close()
  })

  test('a survey that was opened goes on: reloaded, answered to its end, sent later', async () => {
    const before = await stored()
    const visitor = await pages.visit()
    const { page } = visitor
    await page.goto(pages.poster)
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
    expect(await stored()).toBe(before + 1)
    expect(visitor.faults).toEqual([])
    await visitor.context.close()
  })

  test('a receipt that was lost on the way back comes with the second sending, and the answer counts once', async () => {
    const before = await stored()
    const { page, faults, context } = await pages.visit()
    await page.goto(pages.poster)
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
    expect(await stored()).toBe(before + 1)
    expect(faults.filter((fault) => !fault.includes('net::ERR_CONNECTION_RESET'))).toEqual([])
    await context.close()
  })

  test('a busy server is asked again when it said so', async () => {
    const { page, faults, context } = await pages.visit()
    await page.goto(pages.poster)
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
    expect(faults.filter((fault) => !fault.includes('503'))).toEqual([])
    await context.close()
  })
})

describe('one answer and no more', () => {
  test('is made by a double tap', async () => {
    const before = await stored()
    const { page, faults, context } = await pages.visit()
    await page.goto(pages.poster)
    await agree(page)
    await answerAll(page)
    let sent = 0
    page.on('request', (request) => {
      if (request.url().endsWith('/responses')) sent += 1
    })
    await handIn(page).dblclick()
    await receiptOn(page)
    expect(sent).toBe(1)
    expect(await stored()).toBe(before + 1)
    expect(faults).toEqual([])
    await context.close()
  })

  test('is made in two tabs, which show the same answers and the same receipt', async () => {
    const before = await stored()
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
    expect(await stored()).toBe(before + 1)
    expect(visitor.faults).toEqual([])
    await visitor.context.close()
  })

  test('is made when the phone goes back from the receipt, which says so', async () => {
    const before = await stored()
    const { page, faults, context } = await pages.visit()
    await page.goto(pages.poster)
    await agree(page)
    await answerAll(page)
    await handIn(page).click()
    const receipt = await receiptOn(page)
    await page.goBack()
    await page.getByText('这份答卷已经交了，不用再填').waitFor()
    expect(await receiptOn(page)).toBe(receipt)
    await sleep(300)
    expect(await stored()).toBe(before + 1)
    expect(faults).toEqual([])
    await context.close()
  })

  test('more only when the person says that somebody else of the family answers', async () => {
    const before = await stored()
    const { page, faults, context } = await pages.visit()
    await page.goto(pages.poster)
    for (const turn of [1, 2]) {
      await agree(page)
      await answerAll(page)
      await handIn(page).click()
      await receiptOn(page)
      expect(await stored()).toBe(before + turn)
      if (turn === 1) await page.getByRole('button', { name: '帮另一位家人填一份' }).click()
    }
    expect(faults).toEqual([])
    await context.close()
  })
})
