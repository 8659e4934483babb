import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { numbers, submissionOf } from '../load/answers.ts'
import { asking, key } from '../setup/app.ts'
import { isForEverybody } from '../setup/browser.ts'
import { password, signedIn } from '../setup/people.ts'
import { openDesk, signIn } from './desk-district.ts'
import { forAllTests } from './for-all-tests.ts'

const house = forAllTests(openDesk)
const survey = '/api/districts/YX/surveys/needs2026'

/** One answer that took twelve seconds, once it lies before the staff. */
async function brush(): Promise<void> {
  const { district } = house
  const slow = submissionOf(numbers(77), ['C001'], {}, false)
  const submittedAt = new Date(Date.parse(slow.startedAt) + 12_000).toISOString()
  const { status } = await district.call('POST', `${survey}/responses`, { ...slow, submittedAt })
  expect(status).toBe(201)
  for (let tries = 0; tries < 100; tries += 1) {
    const { body } = await district.call('GET', `${survey}/quality`)
    if ((body as never as { matching: number }).matching === 1) return
    await sleep(200)
  }
  throw new Error('the answer was not put before anybody')
}

test('a secretary excludes a flagged answer by keyboard, and figures with and without it differ by it', async () => {
  const { district, atDesk, base } = house
  await brush()
  const grants = [{ role: 'secretary', level: 'community', code: 'C001' } as const]
  await signedIn(asking(district.running.app), { key, district: 'YX' }, { username: 'shu.ji', name: '李书记', grants })
  await atDesk('/desk/sign-in', async (page, visitor) => {
    await signIn(page, 'shu.ji', password)
    await page.getByRole('button', { name: '退出' }).waitFor()
    await page.goto(`${base}/desk/surveys/needs2026/quality`)
    const card = page.locator('.flagged').first()
    await card.getByText('用时12秒，不到同渠道一般用时').waitFor()
    expect(await card.getByText('您和家人需要社区提供哪些服务？').count()).toBe(1)
    expect(await page.evaluate(() => scrollY)).toBe(0)
    await isForEverybody(page, 'quality')
    await page.keyboard.press('p')
    const dialog = page.getByRole('dialog', { name: '排除这份答卷，理由是' })
    await dialog.waitFor()
    await isForEverybody(page, 'quality-exclude')
    await page.keyboard.press('Enter')
    await page.getByText('已排除1份（答得太快，没有认真填写）。').waitFor()
    await page.getByText('有疑点的1份都复核过了').waitFor()

    await district.folded()
    await page.goto(`${base}/desk/communities/C001`)
    await page.getByText('下面的数字不含复核时排除的1份。').waitFor()
    const answers = page.locator('dl.figures dd').first()
    expect(await answers.innerText()).toMatch(/^40\b/)
    await page.getByText('含已排除答卷', { exact: true }).click()
    await page.getByText('下面的数字含复核时排除的1份。').waitFor()
    await page.locator('dl.figures dd', { hasText: /^41/ }).first().waitFor()
    await isForEverybody(page, 'quality-community')

    await page.goto(`${base}/desk/surveys/needs2026/quality`)
    await page.getByRole('combobox', { name: '复核结论' }).click()
    await page.getByTitle('已排除（1）').click()
    await page.getByText('已排除：答得太快，没有认真填写').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('h1').click()
    await page.keyboard.press('b')
    await page.getByText('已保留1份。').waitFor()
    expect(visitor.faults).toEqual([])
  })
})
