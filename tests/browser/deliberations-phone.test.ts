import { randomUUID } from 'node:crypto'
import type { BrowserContextOptions, Page } from '@playwright/test'
import { afterEach, expect, test } from 'vitest'
import { seatSecret } from '../../server/deliberations/seat-card.ts'
import type { Planned } from '../../shared/deliberations/api.ts'
import { base, openDeliberations } from '../api/deliberations-district.ts'
import { consultation } from '../api/deliberations-plans.ts'
import { staff } from '../setup/app.ts'
import {
  isForEverybody,
  isLarge,
  listen,
  looksWell,
  openBrowser,
  phone,
  type Visitor,
  visitor,
} from '../setup/browser.ts'
import { cable } from '../setup/cable.ts'
import { forAllTests } from './for-all-tests.ts'

const rooms = forAllTests(async () => {
  const browser = await openBrowser()
  const house = await openDeliberations()
  const wire = await cable(await listen(house.app))
  const enter = async (path: string, options: BrowserContextOptions = phone) => {
    const person = await visitor(browser, options)
    await person.page.goto(`${wire.url}${path}`)
    return person
  }
  return {
    ...{ house, wire, enter },
    address: ({ code }: Pick<Planned, 'code'>) => `/m/YX/${code}`,
    async stop() {
      await browser.close()
      await wire.pull().catch(() => undefined)
      await house.stop()
    },
  }
})

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

async function signIn(page: Page): Promise<void> {
  await button(page, /^签到/).click()
  await button(page, '举手，我要发言').waitFor()
}

/** The desk asks and opens a question. */
async function ask(of: Planned, more: object): Promise<string> {
  const id = randomUUID()
  const asked = { id, title: '问一问', item: null, options: [], picks: 0, secret: false, rule: null, quorum: null }
  await rooms.house.must('POST', `${base}/${of.id}/questions`, { ...asked, requirement: null, ...more })
  await rooms.house.must('PUT', `${base}/${of.id}/questions/${id}/state`, { state: 'open' })
  return id
}

const close = (of: Planned, id: string) =>
  rooms.house.must('PUT', `${base}/${of.id}/questions/${id}/state`, { state: 'closed' })

let isPulled = false

/** The browser is told that it is offline, and nothing gets through either. */
async function cut(person: Visitor): Promise<void> {
  await person.cut(true)
  await rooms.wire.pull()
  isPulled = true
}

async function mend(person?: Visitor): Promise<void> {
  if (isPulled) await rooms.wire.plugIn()
  isPulled = false
  await person?.cut(false)
}

afterEach(() => mend())

/** What the database holds of one deliberation or question, one value a row. */
async function stored(text: string, { id }: { id: string }): Promise<unknown[]> {
  const { rows } = await rooms.house.look(text.replace('$1', `'${id}'`))
  return rows.flatMap((row: object) => Object.values(row))
}

const motion = { kind: 'motion', title: '同意把旧车棚改成食堂', rule: 'simple' }
const options = ['社区食堂', '电梯', '停车位', '晾衣架'].map((text) => ({ id: randomUUID(), text }))

test('a neighbour comes in, votes and writes without network too, and each counts once', async () => {
  const of = await rooms.house.open()
  const person = await rooms.enter('/s')
  const { page } = person
  await page.getByLabel('请输入海报上二维码旁边的短码').waitFor()
  await page.evaluate(keepDraft)
  const other = await person.newPage()
  await other.goto(`${rooms.wire.url}/s`)
  await page.goto(`${rooms.wire.url}${rooms.address(of)}`)
  await page.getByText('和平里社区需求座谈会').waitFor()
  await looksWell(page, 'phone-arrive')
  const began = Date.now()
  await signIn(page)
  expect(Date.now() - began).toBeLessThan(10_000)
  const first = await ask(of, motion)
  await button(page, '赞成').click()
  await page.getByText('您选的是“赞成”').waitFor()
  await page.getByText('1 人中已有 1 人表决').waitFor()
  await page.getByLabel('写一条意见').fill('楼道灯坏了，晚上看不见')
  await button(page, '提交').click()
  await page.getByText('已收到，等工作人员看过').waitFor()
  await page.getByText('第 1 号').waitFor()
  await page.waitForFunction(async () => !!(await caches.match('/m')))

  await cut(person)
  await page.reload()
  await page.getByText('楼道灯坏了，晚上看不见').waitFor()
  await button(page, '反对').click()
  await button(page, '弃权').click()
  await page.getByLabel('写一条意见').fill('再多放两把椅子')
  await button(page, '提交').click()
  await button(page, '举手，我要发言').click()
  await page.getByText('3 条存在这部手机里').waitFor()
  await looksWell(page, 'phone-offline')
  await page.reload()
  await page.getByText('3 条存在这部手机里').waitFor()

  await mend(person)
  await page.getByText('已经举手').waitFor()
  await page.getByText('第 2 号').waitFor()
  const statements = await stored('SELECT text FROM statements WHERE deliberation_id = $1 ORDER BY number', of)
  expect(statements).toEqual(['楼道灯坏了，晚上看不见', '再多放两把椅子'])
  // Of two that waited on the same the last one was sent.
  const cast = await stored('SELECT choice FROM vote_log WHERE question_id = $1 ORDER BY cast_at', { id: first })
  expect(cast).toEqual(['agree', 'pass'])
  await close(of, first)
  await page.getByText('1 人弃权').last().waitFor()
  await looksWell(page, 'phone-after')
  expect(await page.evaluate(keptDraft)).toBe('半份问卷')
  expect(person.faults).toEqual([])
  await person.context.close()
})

test('six digits open a room in the chosen district, and ten wrong ones have to wait', async () => {
  const of = await rooms.house.planned()
  // Tries are counted by browser: the other tests are not to wait.
  const { page, context } = await rooms.enter('/m', { ...phone, userAgent: 'of somebody who types' })
  const field = page.getByLabel('请输入海报或桌卡上的六位房间号')
  await button(page, '进入').click()
  await page.getByText('请先选您在哪个区').waitFor()
  await page.getByLabel('您在哪个区').selectOption('YX')
  await field.fill('12 34')
  await button(page, '进入').click()
  await page.getByText('房间号是六位数字').waitFor()
  await looksWell(page, 'phone-find')
  await field.fill(of.code.replace(/(...)/, '$1 '))
  await button(page, '进入').click()
  await button(page, '签到').waitFor()
  await button(page, '签到').click()
  await page.getByText('会议还没有开始').waitFor()
  await rooms.house.must('PUT', `${base}/${of.id}/status`, { status: 'open' })
  await button(page, '举手，我要发言').waitFor()
  const wrong = of.code === '000000' ? '000001' : '000000'
  await page.goto(`${rooms.wire.url}/m/YX/${wrong}`)
  await page.getByText('没有这个房间号').waitFor()
  await page.getByLabel('您在哪个区').selectOption('YX')
  for (let tries = 1; tries < 10; tries += 1) {
    await field.fill(wrong)
    await Promise.all([page.waitForResponse(/\/rooms\//), button(page, '进入').click()])
    await button(page, '进入').waitFor()
  }
  await button(page, '进入').click()
  await page.getByText('房间号输错的次数太多').waitFor()
  await context.close()
})

test('a seat card takes its seat, and one that is no card of this room does not', async () => {
  const of = await rooms.house.open()
  const secret = seatSecret(rooms.house.app.secrets, { districtId: 1, id: of.id }, 12)
  const card = await rooms.enter(`${rooms.address(of)}#seat=12.${secret}`)
  await button(card.page, '签到，坐 12 号').click()
  await card.page.getByText('您是 12 号座').waitFor()
  expect(card.page.url()).not.toContain('seat')
  const false_ = await rooms.enter(`${rooms.address(of)}#seat=13.${secret}`)
  await button(false_.page, '签到，坐 13 号').click()
  await false_.page.getByText('这张座位卡不是这次会议的').waitFor()
  expect(await stored('SELECT seat FROM participants WHERE deliberation_id = $1', of)).toEqual([12])
  await button(card.page, '举手，我要发言').click()
  await card.page.getByText('下一位就是您').waitFor()
  await button(card.page, '我要先走，签退').click()
  await button(card.page, '确定签退').click()
  await card.page.getByText('您已经签退了').waitFor()
  await card.context.close()
  await false_.context.close()
})

test('votes of every kind, in letters and targets that can be seen and hit', async () => {
  const of = await rooms.house.open()
  const { page, faults, context } = await rooms.enter(rooms.address(of))
  await button(page, '大字版').click()
  await page.locator('summary').click()
  await isLarge(page)
  await looksWell(page, 'phone-arrive-large')
  await signIn(page)
  const items = of.plan.agenda
  await rooms.house.must('PUT', `${base}/${of.id}/item`, { item: items[1]!.id })
  const statement = await rooms.house.must('POST', `${base}/${of.id}/statements/taken`, {
    ...{ id: randomUUID(), text: '中午没有地方吃饭' },
  })
  const dots = await ask(of, { kind: 'dots', title: '最要紧的三项', options, picks: 3 })
  const ranking = await ask(of, { kind: 'ranking', title: '排个先后', options, picks: 3 })
  const secret = await ask(of, { ...motion, secret: true, title: '无记名：建食堂' })
  const opinion = await ask(of, {
    ...{ kind: 'opinion', title: '逐条表态', options: [{ id: statement.id, text: statement.text }] },
  })
  const form = (title: string) => page.getByRole('region', { name: title })
  for (const name of ['电梯', '停车位', '社区食堂', '晾衣架'])
    await form('最要紧的三项').getByRole('button', { name }).click()
  await form('最要紧的三项').getByText('最多选 3 项。想换一项').waitFor()
  await form('最要紧的三项').getByRole('button', { name: '提交' }).click()
  await form('最要紧的三项').getByText('您的选择已经提交').waitFor()
  for (const name of ['电梯', '停车位', '社区食堂']) await form('排个先后').getByRole('button', { name }).click()
  await form('排个先后').getByRole('button', { name: '第 3：社区食堂' }).click()
  await form('排个先后').getByRole('button', { name: '晾衣架' }).click()
  await form('逐条表态').getByRole('button', { name: '赞成' }).click()
  await form('无记名：建食堂').getByRole('button', { name: '赞成' }).click()
  await page.getByText('投出就不能改了').waitFor()
  await isLarge(page)
  await looksWell(page, 'phone-votes-large')
  for (let steps = 0; steps < 4; steps += 1) await button(page, '字大一点').click()
  await looksWell(page, 'phone-votes-largest')
  await form('排个先后').getByRole('button', { name: '提交' }).click()
  await button(page, '确定投出').click()
  await page.getByText('您已经投过票了').waitFor()
  await page.reload()
  await page.getByText('您已经投过票了').waitFor()
  await form('排个先后').getByText('您的选择已经提交').waitFor()
  for (const question of [dots, ranking, secret, opinion]) await close(of, question)
  await page.getByText('表决结果').waitFor()
  await isLarge(page)
  await looksWell(page, 'phone-results-large')
  expect(await stored('SELECT choice FROM ballots WHERE question_id = $1', { id: secret })).toEqual(['agree'])
  await button(page, '回到标准字号').click()
  await isForEverybody(page, 'phone-results')
  // The reload cut the answer to the ballot off: it was sent again, and the box held it already.
  expect(faults.filter((fault) => !fault.includes('409 (Conflict)'))).toEqual([])
  await context.close()
})

test('a vote that comes after closing is told as not counted', async () => {
  const of = await rooms.house.open()
  const person = await rooms.enter(rooms.address(of))
  const { page } = person
  await signIn(page)
  const question = await ask(of, motion)
  await button(page, '赞成').waitFor()
  await cut(person)
  await button(page, '赞成').click()
  await page.getByText('1 条存在这部手机里').waitFor()
  await close(of, question)
  await mend(person)
  await page.getByText('您这次的没有计入').waitFor()
  await button(page, '知道了').click()
  expect(await stored('SELECT count(*)::int FROM votes WHERE question_id = $1', { id: question })).toEqual([0])
  await rooms.house.must('PUT', `${base}/${of.id}/status`, { status: 'closed' })
  await page.getByText('你提的 → 结果').waitFor()
  await person.context.close()
})

test('a draft plan is weighed and commented item by item, and every comment shows its answer', async () => {
  const of = await rooms.house.open(consultation({ moderated: false }))
  const form = new FormData()
  form.set('file', new Blob(['%PDF-1.7\n%%EOF']), '行动蓝图（草案）.pdf')
  const path = `${rooms.wire.url}/api${base}/${of.id}/documents`
  expect((await fetch(path, { method: 'POST', headers: staff, body: form })).status).toBe(201)
  const { page, faults, context } = await rooms.enter(rooms.address(of))
  await looksWell(page, 'phone-consultation-arrive')
  await button(page, '进去看看').click()
  const canteen = page.getByRole('group', { name: '建社区食堂' })
  await canteen.getByRole('button', { name: '赞成' }).click()
  await page.getByText('已有 1 人表态').first().waitFor()
  await page.getByText('对这一条提意见').first().click()
  await page.getByLabel('对“建社区食堂”的意见').fill('要有软饭')
  await button(page, '提交').first().click()
  await page.getByText('看大家的意见（1 条）').click()
  await page.getByText('还没有答复').waitFor()
  const [comment] = await stored('SELECT id FROM statements WHERE deliberation_id = $1', of)
  const answer = { answer: 'adopted', result: '菜单每天有软饭' }
  await rooms.house.must('PUT', `${base}/${of.id}/statements/${comment}/answer`, answer)
  await page.getByText('答复：采纳。菜单每天有软饭').waitFor()
  await page.getByRole('link', { name: '行动蓝图（草案）.pdf（1 KB）' }).waitFor()
  await looksWell(page, 'phone-consultation')
  await button(page, '大字版').click()
  await isLarge(page)
  await rooms.house.must('PUT', `${base}/${of.id}/status`, { status: 'closed' })
  await page.getByText('1 人表态：1 人赞成').waitFor()
  await looksWell(page, 'phone-consultation-closed')
  await page.getByRole('link', { name: '你提的 → 结果' }).click()
  await page.getByRole('heading', { name: '办理结果' }).waitFor()
  await page.getByText('要有软饭').first().waitFor()
  await isLarge(page)
  await looksWell(page, 'phone-outcome-large')
  expect(faults).toEqual([])
  await context.close()
})

/** What a survey page of before there were rooms has kept. */
function keepDraft(): Promise<void> {
  return new Promise((resolve) => {
    indexedDB.open('yixu', 1).onsuccess = ({ target }) => {
      const { result } = target as IDBOpenDBRequest
      result.transaction('fillings', 'readwrite').objectStore('fillings').put('半份问卷', 'a').onsuccess = () =>
        resolve()
    }
  })
}

function keptDraft(): Promise<unknown> {
  return new Promise((resolve) => {
    indexedDB.open('yixu').onsuccess = ({ target }) => {
      const { result } = target as IDBOpenDBRequest
      const asked = result.transaction('fillings').objectStore('fillings').get('a')
      asked.onsuccess = () => resolve(asked.result)
    }
  })
}
