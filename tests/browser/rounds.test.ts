import type { Page } from '@playwright/test'
import { expect, test } from 'vitest'
import { administrator } from '../api/people-district.ts'
import { openThemes, survey } from '../api/themes-district.ts'
import { definition, numbers, submissionOf } from '../load/answers.ts'
import { isForEverybody, listen, openBrowser, pc, visitor } from '../setup/browser.ts'
import { forAllTests } from './for-all-tests.ts'

const title = '需求调查'
const reworded = JSON.parse(JSON.stringify(definition).replace('您和家人需要社区提供', '您和家人想要社区提供'))
const random = numbers(3)

const desk = forAllTests(async () => {
  const browser = await openBrowser()
  const house = await openThemes()
  const admin = await administrator(house)
  const answer = async (version: number, community: string, share: number, count: number) => {
    for (let made = 0; made < count; made += 1) {
      const needs = made < share * count ? ['health', 'fitness'] : ['fitness']
      const answers = {
        ...{ answering: 'self', residence: 'here', age: '35-59', sex: 'male', children: ['none'], elders: ['none'] },
        ...{ needs, met: Object.fromEntries(needs.map((code) => [code, 25])), top: needs.slice(0, 1) },
      }
      await house.must(
        'POST',
        `${survey}/responses`,
        submissionOf(random, [community], { version, answers }, false),
        {},
      )
    }
  }
  await answer(1, 'C001', 0.9, 40)
  await answer(1, 'C002', 0.5, 40)
  await house.must('POST', `${survey}/versions`, { title, definition: reworded })
  await house.must('POST', `${survey}/versions`, { title, definition: reworded, round: 'new' })
  await answer(3, 'C001', 0.2, 40)
  await answer(3, 'C002', 0.5, 40)
  await house.read()
  const base = await listen(house.app)
  const stop = async () => {
    await browser.close()
    await house.stop()
  }
  return { browser, house, admin, base, stop }
})

async function atPage(path: string, work: (page: Page) => Promise<void>): Promise<void> {
  const person = await visitor(desk.browser, pc)
  await person.context.addCookies([...desk.admin.cookies].map(([name, value]) => ({ name, value, url: desk.base })))
  try {
    await person.page.goto(desk.base + path)
    await work(person.page)
    expect(person.faults).toEqual([])
  } finally {
    await person.context.close()
  }
}

test('versions are compared, the rounds stand beside one another, and the next is begun', async () => {
  await atPage('/desk/surveys/needs2026/rounds', async (page) => {
    await page.getByRole('heading', { name: '轮次与版本', exact: true }).waitFor()
    await page.getByLabel('较早的版本').selectOption('1')
    await page.getByLabel('较晚的版本').selectOption('2')
    await page.getByText('第1版的答卷一并计入第2版的数字').waitFor()
    const row = page.getByRole('row', { name: /您和家人想要社区提供/ })
    expect(await row.innerText()).toContain('文字有改动，口径不变')
    const health = page.getByRole('region', { name: /各轮的需求率/ }).getByRole('row', { name: /健康服务/ })
    await health.getByRole('button', { name: /下降/ }).waitFor()
    await isForEverybody(page, 'rounds')
    await page.getByRole('button', { name: '从本轮问卷开始新一轮' }).click()
    await page.getByRole('button', { name: '确认开始第3轮' }).click()
    await page.getByText('第3轮已经开始').waitFor()
    await page.getByRole('rowheader', { name: '第4版' }).waitFor()
  })
})

test('the board and the lists of answers show what is new since the last round, and earlier rounds when asked', async () => {
  const pages: [string, string][] = [
    ['coverage', '收到'],
    ['quality', '复核结论'],
    ['open-answers', '主题'],
  ]
  for (const [path, word] of pages) {
    await atPage(`/desk/surveys/needs2026/${path}`, async (page) => {
      await page.getByText(word).first().waitFor()
      await page.getByText('本轮新增').waitFor()
      // While it waits for the list, a table is pale.
      await page.locator('.ant-spin-spinning').waitFor({ state: 'detached' })
      await isForEverybody(page, `round-${path}`)
    })
  }
  await atPage('/desk/surveys/needs2026/coverage?round=1', async (page) => {
    await page.getByText('样本目标、拒访、未遇和入户单不分轮次。').waitFor()
    expect(await page.locator('dl.figures dd').first().innerText()).toMatch(/^80\b/)
    await page.getByRole('combobox', { name: '轮次' }).click()
    await page.getByTitle('全部轮次').click()
    await page.locator('dl.figures dd', { hasText: /^160/ }).first().waitFor()
    expect(page.url()).toContain('round=all')
  })
})

test('the district table shows only what differs from the round before, and a community stands beside itself', async () => {
  await atPage('/desk/surveys/needs2026/rounds', async (page) => {
    await page.getByRole('link', { name: '各社区需求总表' }).click()
    await page.getByText('共3个社区').waitFor()
    await page.getByLabel('与第1轮相比').click()
    await page.getByText('只看与上一轮不同的').last().click()
    await page.getByText('共1个社区').waitFor()
    await page.getByRole('link', { name: 'C001社区' }).click()
    await page.getByRole('heading', { name: '与上一轮相比' }).waitFor()
    await isForEverybody(page, 'community-rounds')
  })
})

test('a draft that would lose a question is published once it is said which question follows on it', async () => {
  const drafts = '/districts/YX/survey-drafts'
  await desk.house.must('POST', drafts, { from: 'version', survey: 'needs2026' })
  const renamed = JSON.parse(
    JSON.stringify(reworded)
      .replace('"meal_price"', '"lunch_price"')
      .replace('一顿午饭多少钱，您觉得合适？', '午饭多少钱合适？'),
  )
  const saved = { revision: 1, title, definition: renamed, retentionDays: 180 }
  await desk.house.must('PUT', `${drafts}/needs2026`, saved)
  await atPage('/desk/surveys/needs2026/rounds', async (page) => {
    await page.getByLabel('“一顿午饭多少钱，您觉得合适？”接到').selectOption('lunch_price')
    await isForEverybody(page, 'draft')
    await page.getByRole('button', { name: '按这个对应关系发布，本轮继续' }).click()
    await page.getByRole('rowheader', { name: '第5版' }).waitFor()
  })
  const listed = await desk.house.must('GET', `${survey}/comparison`)
  expect(listed.mapping.questions).toEqual({ meal_price: 'lunch_price' })
})
