import { expect, test } from 'vitest'
import type { Notice } from '../../shared/surveys/notice.ts'
import { questionnaire } from '../../shared/surveys/questionnaire.ts'
import { services } from '../load/answers.ts'
import { phone, seriousFaults } from '../setup/browser.ts'
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

test('a code that does not exist says what to do, and one that is typed by hand opens', async () => {
  const { page, leave } = await pages.visit()
  await page.goto(`${pages.wire.url}/s/YX-000000`)
  await page.getByText('没有找到这个短码，请对照海报核对，或重新扫描二维码。').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByLabel('请输入海报上二维码旁边的短码').fill('随便')
  await page.getByRole('button', { name: '打开问卷' }).click()
  await page.getByText('请对照海报再输一次').waitFor()
  await page.getByLabel('请输入海报上二维码旁边的短码').fill(pages.code.toLowerCase().replace('-', ' '))
  await page.getByRole('button', { name: '打开问卷' }).click()
  await page.getByText('C001社区').waitFor()
  await page.goto(`${pages.wire.url}/s/%E4%B8%AD%E6%96%87`)
  await page.getByText('这个短码不对').waitFor()
  await leave('status of 404')
})

test('a receipt that does not exist is refused in words, and nothing is withdrawn', async () => {
  const before = await pages.stored()
  const { page, leave } = await pages.visit()
  await page.goto(`${pages.wire.url}/withdraw`)
  const field = page.getByLabel('请输入交卷时得到的回执码')
  await field.fill('12345')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByText('请对照回执再输一次').waitFor()
  await field.fill('YX-0000-0000-0000')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '撤回这份答卷' }).click()
  await page.getByText('没有找到这个回执码').waitFor()
  expect(await pages.stored()).toBe(before)
  await leave('status of 404')
})

test('a phone that keeps nothing can answer in one go and is told so', async () => {
  const before = await pages.stored()
  const { page, leave } = await pages.visit()
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', {
      value: {
        open: () => {
          throw new Error('refused')
        },
      },
    })
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new Error('refused')
      },
    })
  })
  await page.goto(pages.poster)
  await page.getByText('这部手机现在存不下内容').waitFor()
  await agree(page)
  await answerAndHandIn(page)
  expect(await pages.stored()).toBe(before + 1)
  const { rows } = await pages.district.pool.query(
    'SELECT device_hash FROM responses ORDER BY received_at DESC LIMIT 1',
  )
  expect(rows).toEqual([{ device_hash: null }])
  await leave()
})

test('a phone that becomes full half-way goes on with what was answered', async () => {
  const { page, leave } = await pages.atPoster()
  await agree(page)
  await answerScreen(page)
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  await next(page).click()
  await answerScreen(page)
  await page.getByText('这部手机现在存不下内容').waitFor()
  await answerAndHandIn(page)
  await leave()
})

test('a phone whose clock is years ahead still hands in, with the right time', async () => {
  const { page, leave } = await pages.visit()
  await page.clock.install({ time: new Date(Date.now() + 3 * 365 * 86_400_000) })
  await page.goto(pages.poster)
  await agree(page)
  await answerAndHandIn(page)
  const { rows } = await pages.district.pool.query('SELECT max(submitted_at) AS at FROM responses')
  expect(Math.abs(rows[0].at - Date.now())).toBeLessThan(120_000)
  await leave()
})

test('2,000 emoji stay in the open question, are counted and refused there', async () => {
  const before = await pages.stored()
  const { page, leave } = await pages.atPoster()
  await agree(page)
  await answerAll(page)
  const box = page.locator('[data-name=suggestion] textarea')
  await box.fill('😀'.repeat(2_000))
  await page.locator('[data-name=suggestion]').getByText('写了 2000 字，最多 500 字，请删去 1500 字。').waitFor()
  await handIn(page).click()
  expect([...(await box.inputValue())]).toHaveLength(2_000)
  expect(await pages.stored()).toBe(before)
  await page.reload()
  await page.locator('[data-name=suggestion]').waitFor()
  expect([...(await box.inputValue())]).toHaveLength(2_000)
  await box.fill('😀'.repeat(500))
  await handIn(page).click()
  await receiptOn(page)
  expect(await pages.stored()).toBe(before + 1)
  await leave()
})

test('what the server refuses is shown at its question, and nothing is lost', async () => {
  const before = await pages.stored()
  const { page, leave } = await pages.atPoster()
  await agree(page)
  await answerAll(page)
  let refusals = 0
  await page.route('**/responses', async (route) => {
    if (refusals++ > 0) return await route.continue()
    const details = [{ at: 'top', rule: 'max', message: '“先办的”请重新选一次' }]
    await route.fulfill({ status: 422, json: { code: 'invalid_answers', message: '有几道题需要改一下。', details } })
  })
  await handIn(page).click()
  await page.locator('[data-name=top]').getByText('“先办的”请重新选一次').waitFor()
  expect(await page.locator('[data-name=top] input').nth(1).isChecked()).toBe(true)
  await answerAll(page).catch(() => undefined)
  await page.locator('[data-name=suggestion]').waitFor()
  expect(await page.locator('textarea').inputValue()).toBe('楼下多放两把椅子')
  await handIn(page).click()
  await receiptOn(page)
  expect(await pages.stored()).toBe(before + 1)
  await leave('status of 422')
})

test('scripts that do not arrive leave words that say what to do', async () => {
  const { page, context } = await pages.visit()
  await page.route('**/assets/*.js', (route) => route.abort())
  await page.goto(pages.poster)
  await page.getByText('网络有些慢。').waitFor({ state: 'visible', timeout: 15_000 })
  await page.unroute('**/assets/*.js')
  await page.route('**/assets/form-*.js', (route) => route.abort())
  await page.reload()
  await page.locator('.tick').click()
  await page.getByRole('button', { name: '开始填写' }).click()
  await page.getByText('网络不好，这一页没有加载完').waitFor()
  await page.unroute('**/assets/form-*.js')
  await page.getByRole('button', { name: '重新打开' }).click()
  await page.locator('form .sd-question').first().waitFor()
  await context.close()
})

test('a browser without scripts says so in one sentence, and nothing else that is not true', async () => {
  const { page, leave } = await pages.visit({ ...phone, javaScriptEnabled: false })
  for (const [address, words] of [
    [pages.poster, '这部手机的浏览器关掉了网页脚本，打不开问卷。请用微信重新扫码，或请社区工作人员帮您填写。'],
    [`${pages.wire.url}/desk`, '浏览器关掉了网页脚本，工作台打不开。请在浏览器设置里允许 JavaScript，再刷新这一页。'],
  ] as const) {
    await page.goto(address)
    expect((await page.locator('body').innerText()).trim()).toBe(words)
    // The words for a slow network take no room, so they do not come up later either.
    for (const late of await page.locator('.late').all()) expect(await late.boundingBox()).toBeNull()
  }
  await leave()
})

test('a survey that was closed meanwhile says so and keeps the answers on the phone', async () => {
  const before = await pages.stored()
  const { page, leave } = await pages.atPoster()
  await agree(page)
  await answerScreen(page)
  await pages.district.call('PUT', '/api/districts/YX/surveys/needs2026/status', { status: 'closed' })
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  await answerAll(page)
  await handIn(page).click()
  await page.getByText('这次调查已经结束').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.reload()
  await page.getByText('这次调查已经结束').waitFor()
  expect(await pages.stored()).toBe(before)
  await pages.district.call('PUT', '/api/districts/YX/surveys/needs2026/status', { status: 'open' })
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  await page.reload()
  await page.locator('textarea').waitFor()
  expect(await page.locator('textarea').inputValue()).toBe('楼下多放两把椅子')
  await leave('status of 403')
})

test('a version that changed meanwhile takes the answers along, says so, and is handed in as the new one', async () => {
  const { page, leave } = await pages.atPoster()
  await agree(page)
  await answerAll(page)
  const shorter = questionnaire(services.filter(({ code }) => code !== 'community_meals'))
  const { body } = await pages.district.publish({ title: '需求调查', definition: shorter })
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  await handIn(page).click()
  await page.getByText('问卷更新过了：您填过的内容已经带过来').waitFor()
  expect(await page.locator('[data-name=answering] input').first().isChecked()).toBe(true)
  await next(page).click()
  await page.locator('[data-name=needs]').waitFor()
  expect(await page.locator('[data-name=needs] input').first().isChecked()).toBe(true)
  await page.locator('[data-name=top] label').filter({ hasText: '养老服务' }).click()
  await next(page).click()
  await next(page).click()
  await handIn(page).click()
  await receiptOn(page)
  const { rows } = await pages.district.pool.query(
    'SELECT version, answers FROM responses ORDER BY received_at DESC LIMIT 1',
  )
  expect(rows[0]).toMatchObject({
    version: body.version,
    answers: { needs: ['elder_care'], suggestion: '楼下多放两把椅子' },
  })
  await leave('status of 409')
})

test('a draft is there before the network has said anything, and goes along when it says that the version is another one', async () => {
  const { page, leave } = await pages.atPoster()
  await agree(page)
  await answerScreen(page)
  await next(page).click()
  let letThrough = () => {}
  const isLet = new Promise<void>((resolve) => {
    letThrough = resolve
  })
  await page.route(/\/surveys\/needs2026$/, async (route) => {
    await isLet
    await route.continue()
  })
  await page.reload()
  const health = page.locator('[data-name=needs] label').filter({ hasText: '健康服务' })
  await health.click()
  await pages.district.publish()
  letThrough()
  await page.getByText('问卷更新过了：您填过的内容已经带过来').waitFor()
  expect(await page.locator('[data-name=answering] input').first().isChecked()).toBe(true)
  await next(page).click()
  expect(await health.locator('input').isChecked()).toBe(true)
  await leave()
})

test('a district’s own notice is what its residents see, and one that changes is agreed to anew with everything answered so far', async () => {
  const own = (version: string): Notice => ({
    version,
    title: '以需区告知书',
    points: [{ heading: '谁在问', text: `以需区民政局，批准文号以民〔2026〕7号（${version}）。` }],
    consent: '我知道了，愿意填写。',
  })
  const publish = async (version: string) => {
    const definition = { ...questionnaire(services), notice: own(version) }
    expect((await pages.district.publish({ title: '需求调查', definition })).status).toBe(201)
    await new Promise((resolve) => setTimeout(resolve, 1_100))
  }
  await publish('own-1')
  const { page, leave } = await pages.atPoster()
  await page.getByText('批准文号以民〔2026〕7号（own-1）').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await agree(page)
  await answerAll(page)
  await publish('own-2')
  await handIn(page).click()
  await page.getByText('告知书更新过了，请您再看一遍').waitFor()
  await page.getByText('批准文号以民〔2026〕7号（own-2）').waitFor()
  expect(await page.locator('.tick input').isChecked()).toBe(false)
  await page.locator('.tick').click()
  await page.getByRole('button', { name: '接着填写' }).click()
  await page.getByText('问卷更新过了：您填过的内容已经带过来').waitFor()
  for (let screens = 0; screens < 3; screens += 1) await next(page).click()
  expect(await page.locator('textarea').inputValue()).toBe('楼下多放两把椅子')
  await handIn(page).click()
  await receiptOn(page)
  const { rows } = await pages.district.pool.query(
    'SELECT consent_version AS agreed, answers FROM responses ORDER BY received_at DESC LIMIT 1',
  )
  expect(rows[0]).toMatchObject({ agreed: 'own-2', answers: { suggestion: '楼下多放两把椅子' } })
  await leave('status of 409')
})
