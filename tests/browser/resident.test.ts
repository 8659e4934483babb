import type { Page } from '@playwright/test'
import { describe, expect, test } from 'vitest'
import { pc, seriousFaults } from '../setup/browser.ts'
import { forAllTests } from './for-all-tests.ts'
import { agree, answerAndHandIn, answerScreen, handIn, next, openPages, receiptOn } from './resident-district.ts'

const pages = forAllTests(openPages)

/** Everything that can be touched and everything that is read, as large type asks for it. */
async function tooSmall(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const shown = (one: Element) => one.getClientRects().length > 0 && getComputedStyle(one).visibility === 'visible'
    const out: string[] = []
    for (const one of document.querySelectorAll('button, a.second, label, input[type=text], textarea, select')) {
      const { height } = one.getBoundingClientRect()
      if (shown(one) && !one.closest('.asking') && height < 60) out.push(`${one.outerHTML.slice(0, 80)} ${height}`)
    }
    for (const one of document.querySelectorAll('main *')) {
      const says = [...one.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim())
      const { fontSize, lineHeight } = getComputedStyle(one)
      const px = Number.parseFloat(fontSize)
      if (!says || !shown(one)) continue
      if (px < 18 || Number.parseFloat(lineHeight) / px < 1.3) out.push(`${one.textContent} ${fontSize}/${lineHeight}`)
    }
    return out
  })
}

describe('a resident of 75 on a phone', () => {
  test('answers in large type by touch, one question on a screen, and gets a receipt', async () => {
    const before = await pages.stored()
    const { page, leave } = await pages.atPoster()
    await page.getByText('C001社区').waitFor()
    expect(await page.locator('.tick input').isChecked()).toBe(false)
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('button', { name: '大字版' }).tap()
    await page.getByRole('button', { name: '字大一点' }).tap()
    expect(await tooSmall(page)).toEqual([])
    await page.getByRole('button', { name: '开始填写' }).tap()
    await page.getByText('请先在上面的方框里打勾').waitFor()
    await agree(page)
    for (let screens = 0; screens < 20; screens += 1) {
      expect(await page.locator('form .sd-question').count()).toBe(1)
      await answerScreen(page)
      expect(await tooSmall(page)).toEqual([])
      if (screens % 5 === 1) expect(await seriousFaults(page)).toEqual([])
      if (!(await next(page).isVisible())) break
      const at = await page.locator('form .sd-question').getAttribute('data-name')
      await next(page).tap()
      await page.locator(`[data-name="${at}"]`).waitFor({ state: 'detached' })
    }
    await handIn(page).tap()
    await receiptOn(page)
    await page.getByText('邻居们最需要什么').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    expect(await tooSmall(page)).toEqual([])
    expect(await pages.stored()).toBe(before + 1)

    await page.goto(pages.poster)
    await receiptOn(page)
    expect(await page.locator('html').getAttribute('class')).toBe('large')
    await leave()
  })

  test('can make the letters as large as 30 px, and nothing sticks out of the screen', async () => {
    const { page, leave } = await pages.atPoster()
    await page.getByRole('button', { name: '大字版' }).tap()
    for (let tap = 0; tap < 4; tap += 1) await page.getByRole('button', { name: '字大一点' }).tap()
    expect(await page.evaluate(() => getComputedStyle(document.querySelector('.notice dd')!).fontSize)).toBe('30px')
    expect(await page.getByRole('button', { name: '字大一点' }).isDisabled()).toBe(true)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    await agree(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    await leave()
  })

  test('has the question read to them where the browser has a Chinese voice', async () => {
    const { page, context } = await pages.visit()
    await page.addInitScript(() => {
      const said: string[] = []
      const voice = { lang: 'zh-CN', name: '婷婷' }
      const speech = {
        getVoices: () => [voice],
        cancel: () => undefined,
        speak: (one: { text: string }) => said.push(one.text),
      }
      Object.defineProperty(window, 'speechSynthesis', { value: speech })
      Object.assign(window, {
        said,
        SpeechSynthesisUtterance: function Utterance(this: { text: string }, text: string) {
          this.text = text
        },
      })
    })
    await page.goto(pages.poster)
    await page.getByRole('button', { name: '大字版' }).tap()
    await agree(page)
    await next(page).tap()
    await page.locator('[data-name=answering]').waitFor()
    await page.getByRole('button', { name: '读给我听' }).tap()
    const said = await page.evaluate(() => (window as unknown as { said: string[] }).said.join())
    expect(said).toContain('这份问卷由谁来填')
    expect(said).toContain('替家人填')
    await context.close()
  })
})

describe('a resident at a keyboard', () => {
  /** Presses Tab until what has the focus is, or lies in, what is looked for. */
  async function tabTo(page: Page, selector: string): Promise<void> {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab')
      if (await page.evaluate((wanted) => document.activeElement?.closest(wanted) !== null, selector)) return
    }
    throw new Error(`no Tab leads to ${selector}`)
  }

  test('answers in large type by keyboard alone', async () => {
    const before = await pages.stored()
    const { page, leave } = await pages.visit(pc)
    await page.goto(pages.poster)
    await page.getByText('C001社区').waitFor()
    await tabTo(page, '.controls button')
    await page.keyboard.press('Enter')
    await tabTo(page, '.tick')
    await page.keyboard.press('Space')
    await tabTo(page, '.main')
    await page.keyboard.press('Enter')
    await page.locator('form .sd-question').first().waitFor()
    for (let screens = 0; screens < 20; screens += 1) {
      const at = (await page.locator('form .sd-question').getAttribute('data-name'))!
      const rows = await page.locator('tr.sd-table__row').count()
      for (let row = 0; row < rows; row += 1) {
        await tabTo(page, `tr.sd-table__row:nth-of-type(${row + 1})`)
        await page.keyboard.press('Space')
      }
      if (rows === 0 && (await page.locator('form input').count()) > 0) {
        await tabTo(page, `[data-name="${at}"]`)
        if (at === 'age')
          for (const key of ['Space', 'ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key)
        else await page.keyboard.press('Space')
      }
      if (at === 'suggestion') {
        await tabTo(page, 'textarea')
        await page.keyboard.type('灯再亮一点')
        break
      }
      await tabTo(page, '.sd-navigation__next-btn')
      await page.keyboard.press('Enter')
      await page.locator(`[data-name="${at}"]`).waitFor({ state: 'detached' })
    }
    await tabTo(page, '.sd-navigation__complete-btn')
    await page.keyboard.press('Enter')
    await receiptOn(page)
    expect(await pages.stored()).toBe(before + 1)
    const { rows } = await pages.district.pool.query(
      "SELECT answers FROM responses WHERE answers->>'suggestion' = '灯再亮一点'",
    )
    expect(rows[0].answers).toMatchObject({
      answering: 'self',
      age: '60-79',
      needs: ['elder_care'],
      met: { elder_care: 0 },
    })
    await leave()
  })
})

test('a reload, or going back and forth, stays at the question with everything answered so far', async () => {
  const { page, leave } = await pages.atPoster()
  await agree(page)
  await answerScreen(page)
  await next(page).click()
  await page.locator('[data-name=needs]').waitFor()
  await page.locator('[data-name=needs] label').first().click()
  await page.reload()
  await page.locator('[data-name=needs]').waitFor()
  expect(await page.locator('[data-name=needs] input').first().isChecked()).toBe(true)
  await page.goBack()
  await page.locator('[data-name=answering]').waitFor()
  expect(await page.locator('[data-name=answering] input').first().isChecked()).toBe(true)
  await page.goForward()
  await page.locator('[data-name=needs]').waitFor()
  await leave()
})

test('a withdrawn answer is gone from the figures, and the phone may answer anew', async () => {
  const { page, leave } = await pages.atPoster()
  await agree(page)
  const receipt = await answerAndHandIn(page)
  const before = await pages.demanded()
  await page.getByRole('link', { name: '撤回这份答卷' }).click()
  expect(await page.getByLabel('请输入交卷时得到的回执码').inputValue()).toBe(receipt)
  expect(await seriousFaults(page)).toEqual([])
  await page.getByLabel('请输入交卷时得到的回执码').fill(` ${receipt.toLowerCase().replaceAll('-', ' ')} `)
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByText('没有办法恢复').waitFor()
  await page.getByRole('button', { name: '撤回这份答卷' }).click()
  await page.getByText('答卷已经撤回。').waitFor()
  expect(await pages.demanded()).toBe(before - 1)
  await page.goto(pages.poster)
  await page.getByRole('button', { name: '开始填写' }).waitFor()
  await leave()
})
