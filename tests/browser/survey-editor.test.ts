import { expect, test } from 'vitest'
import { looksWell, pc, phone } from '../setup/browser.ts'
import { forAllTests } from './for-all-tests.ts'
import { addConditional, beginShipped, openSurveyDesk, personAtDesk, phoneOn, publishEdited } from './survey-desk.ts'

const desk = forAllTests(openSurveyDesk)
const tablet = { ...pc, viewport: { width: 820, height: 1180 } }

test('an official makes a survey, adds a question that only some are asked, tries it on the phone and publishes it', async () => {
  const one = await personAtDesk(desk, desk.admin, '/surveys')
  const { page } = one
  await page.getByText('还没有问卷').waitFor()
  await looksWell(page, 'surveys-empty')
  const survey = await beginShipped(page, '临湖区需求调查')

  await addConditional(page, {
    ...{ after: '您需要哪些服务', title: '您想让食堂开在哪里？' },
    ...{ when: '您和家人需要社区提供哪些服务？', answer: '社区助餐（社区食堂、送餐上门）' },
  })
  await page.getByText('时才问这一题。').waitFor()
  await page.getByLabel('选项1', { exact: true }).fill('小区门口')
  const inHand = phoneOn(page)
  await inHand.getByText('正在编辑的题，按现在的回答还不会出现。').waitFor()

  const choose = (words: string) => inHand.getByText(words, { exact: true }).click()
  for (const words of ['我自己填', '住在本社区', '35～59 岁', '女']) await choose(words)
  await inHand
    .getByRole('group', { name: /12 岁及以下/ })
    .getByText('没有', { exact: true })
    .click()
  await inHand.getByRole('button', { name: '下一页' }).click()
  const asked = inHand.getByText('您想让食堂开在哪里？').first()
  await inHand.getByText('您和家人需要社区提供哪些服务？').first().waitFor()
  expect(await asked.count()).toBe(0)
  await choose('社区助餐（社区食堂、送餐上门）')
  await asked.waitFor()
  await inHand.getByText('小区门口').waitFor()
  await looksWell(page, 'editor')
  await choose('社区助餐（社区食堂、送餐上门）')
  await asked.waitFor({ state: 'detached' })

  await page.getByText('有修改还没有保存').waitFor()
  await page.getByRole('link', { name: '问卷', exact: true }).first().click()
  await page.getByRole('heading', { level: 1, name: '问卷' }).waitFor()
  await page.getByRole('link', { name: '接着编辑' }).click()
  await page.getByText('有修改还没有保存').waitFor()
  await page.getByRole('button', { name: '撤销' }).click()
  await page.getByRole('button', { name: '重做' }).click()
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByText('已保存').waitFor()
  await publishEdited(page)
  await looksWell(page, 'surveys')
  const { body } = await desk.admin.call('GET', `/districts/YX/surveys/${survey}`)
  const added = body.definition.pages[1].elements.at(-1)
  expect(added).toMatchObject({ title: '您想让食堂开在哪里？', visibleIf: "{needs} contains 'community_meals'" })
  expect((await desk.house.look('select count(*)::int as n from responses')).rows[0].n).toBe(0)

  await page.getByRole('button', { name: '暂停' }).click()
  await page.getByText('已暂停').waitFor()
  const [link] = (await desk.admin.call('GET', `/districts/YX/surveys/${survey}/links`)).body
  const resident = await personAtDesk(desk, desk.admin, `/../s/${link.code}`, phone)
  await resident.page.getByText('这次调查暂停一下，请过些时候再来。').waitFor()
  await page.getByRole('button', { name: '恢复' }).click()
  await page.getByText('开放中').waitFor()
  await resident.page.getByRole('button', { name: '再看看开始了没有' }).click()
  await resident.page.getByText('这次调查暂停一下').waitFor({ state: 'detached' })
  expect([...one.faults, ...resident.faults]).toEqual([])
  await Promise.all([one.context.close(), resident.context.close()])
})

test('of two who edit at once the second is told, can look, and loses nothing; what cannot be published is led to', async () => {
  const { body: draft } = await desk.admin.call('POST', '/districts/YX/survey-drafts', { from: 'questionnaire' })
  const one = await personAtDesk(desk, desk.admin, `/surveys/${draft.survey}/edit`, tablet)
  const { page } = one
  const { title, definition, retentionDays } = draft
  await page.getByRole('button', { name: /您的年龄是/ }).click()
  const form = page.getByRole('region', { name: '正在编辑' })
  await form.getByText('计入需求测算：加权用的居民特征').waitFor()
  await form.getByLabel('题目', { exact: true }).fill('您多大年纪？')
  definition.pages[0].elements[4].title = '您是男是女？'
  const theirs = { revision: 1, title, definition, retentionDays }
  await desk.admin.call('PUT', `/districts/YX/survey-drafts/${draft.survey}`, theirs)
  await page.keyboard.press('Control+s')
  await page.getByText('已经保存了别的修改').waitFor()
  await page.getByRole('button', { name: '看看对方改了什么' }).click()
  await page.getByText('两边不一样的题：').waitFor()
  await looksWell(page, 'editor-conflict-820')
  await page.getByRole('button', { name: '留下我的，再保存一次' }).click()
  for (const _ of [1, 2, 3, 4, 5]) await form.getByRole('button', { name: /^删去/ }).first().click()
  await form.getByRole('button', { name: '删除' }).click()
  await page.getByRole('dialog').getByText('这道题计入需求测算').waitFor()
  await page.getByRole('button', { name: /取\s?消/ }).click()
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByText('发布前要改的地方').waitFor()
  await page.getByRole('button', { name: '问卷名称和说明' }).click()
  await page.locator('.edit-problems .link').first().click()
  await form.getByLabel('题目', { exact: true }).waitFor()
  expect(await form.getByLabel('题目', { exact: true }).inputValue()).toBe('您多大年纪？')
  await page.setViewportSize({ width: 390, height: 844 })
  await looksWell(page, 'editor-390')
  expect(one.faults).toEqual(one.faults.filter((fault) => fault.includes('409')))
  await one.context.close()
})

test('a draft goes over what somebody published meanwhile only once that was looked at', async () => {
  const drafts = '/districts/YX/survey-drafts'
  const { survey, title, definition } = (await desk.admin.call('POST', drafts, { from: 'questionnaire' })).body
  await desk.admin.call('POST', `${drafts}/${survey}/publication`, { revision: 1 })
  await desk.admin.call('POST', drafts, { from: 'version', survey })
  const one = await personAtDesk(desk, desk.admin, `/surveys/${survey}/edit`, tablet)
  const { page } = one
  const button = page.getByRole('button', { name: '发布', exact: true }).first()
  const agree = page.getByRole('dialog').getByRole('button', { name: /发\s?布/ })
  await button.click()
  await page.getByText('发布第 2 版？').waitFor()
  await desk.admin.call('POST', `/districts/YX/surveys/${survey}/versions`, { title, definition })
  await agree.click()
  await page.getByText('这份草稿是照第 1 版改的，照现在这样发布会丢掉对方的修改').waitFor()
  await button.click()
  await page.getByText('发布第 3 版？').waitFor()
  expect(await agree.isDisabled()).toBe(true)
  await looksWell(page, 'editor-outdated-820')
  await page.getByText('我看过第 2 版，仍用这份草稿').click()
  await agree.click()
  await page.waitForURL('**/desk/surveys')
  const { body } = await desk.admin.call('GET', `/districts/YX/surveys/${survey}`)
  expect(body.version).toBe(3)
  expect(one.faults).toEqual(one.faults.filter((fault) => fault.includes('409')))
  await one.context.close()
})
