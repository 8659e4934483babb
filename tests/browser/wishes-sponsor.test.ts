import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from '@playwright/test'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { at } from '../api/people-district.ts'
import { base, type Headers, openWishes } from '../api/wishes-district.ts'
import {
  isForEverybody,
  listen,
  looksWell,
  openBrowser,
  pc,
  phone,
  seriousFaults,
  type Visitor,
  visitor,
} from '../setup/browser.ts'
import { password } from '../setup/people.ts'
import { signIn } from './desk-district.ts'
import { forAllTests } from './for-all-tests.ts'

const event = forAllTests(async () => {
  const browser = await openBrowser()
  const house = await openWishes()
  const url = await listen(house.app)
  const stop = async () => {
    await browser.close()
    await house.stop()
  }
  return { browser, house, url, stop }
})

/** Somebody whose session was begun elsewhere; every fault on their pages fails the test. */
async function as(
  who: { headers: Headers } | undefined,
  path: string,
  work: (page: Page, one: Visitor) => Promise<void>,
  device: BrowserContextOptions = phone,
): Promise<void> {
  const one = await visitor(event.browser, { ...device, acceptDownloads: true })
  const pairs = who?.headers.cookie?.split('; ').map((pair) => pair.split('=') as [string, string]) ?? []
  await one.context.addCookies(pairs.map(([name, value]) => ({ name, value, url: event.url })))
  try {
    await one.page.goto(event.url + path)
    await work(one.page, one)
    expect(
      one.faults.filter((fault) => !/status of (401|404|409|422)|403 .*[/](demand|communities|catalogue)$/.test(fault)),
    ).toEqual([])
  } finally {
    await one.context.close()
  }
}

const claimsOf = async (wish: string): Promise<number> =>
  (await event.house.look(`select count(*)::integer as n from claims where wish_id = '${wish}'`)).rows[0].n

const hour = 3_600_000
/** Makes a wish wait for so long already. */
const waits = (wish: string, days: number) =>
  event.house.look(`update wishes set opened_at = opened_at - interval '${days} days' where id = '${wish}'`)

test('whoever is of an organisation comes to the board, and narrows it in the address', async () => {
  const { house } = event
  const old = await house.open({
    text: '想要一张片区的清楚地图，送餐不绕路',
    kind: 'place',
    where: { words: '菜场到地铁口这一段', point: null },
  })
  await house.open({ text: '带三个孩子去一次游乐园', kind: 'company', cost: 'over-500', neededBy: soon(2) })
  const written = await house.open({ text: '冬天送餐想要一副防风手套', community: 'C002' })
  // Nobody can post this, but should it ever be there it is words, not a part of the page.
  await house.look(`update wishes set text = '<b>冬天</b>送餐想要一副防风手套' where id = '${written.wish}'`)
  await waits(old.wish, 9)
  const [member] = house.volunteers.members
  await as(member, '/desk', async (page) => {
    await page.getByRole('heading', { name: '心愿墙', level: 1 }).waitFor()
    expect(page.url()).toBe(`${event.url}/desk/board`)
    const ways = page.getByRole('navigation', { name: '主导航' }).getByRole('link')
    expect(await ways.allInnerTexts()).toEqual(['心愿墙', '本单位认领的', '帮助'])
    const cards = page.locator('.wish-card')
    await cards.nth(2).waitFor()
    expect(await cards.first().innerText()).toMatch(/已经等了 9 天/)
    await page.getByText('<b>冬天</b>送餐想要一副防风手套').waitFor()
    await page.getByText(/和平里志愿队：在办 0 个，最多同时认领 5 个/).waitFor()
    await page.getByLabel('社区').selectOption('C001')
    await page.getByLabel('什么时候要').selectOption('3')
    await page.getByText('带三个孩子去一次游乐园').waitFor()
    await expect.poll(() => cards.count()).toBe(1)
    expect(page.url()).toMatch(/community=C001&within=3/)
    await page.reload()
    await page.getByText('带三个孩子去一次游乐园').waitFor()
    expect(await cards.count()).toBe(1)
    await page.getByLabel('种类').selectOption('goods')
    await page.getByText('没有符合条件的心愿').waitFor()
    await page.getByRole('button', { name: '看全部' }).click()
    await cards.nth(2).waitFor()
    await isForEverybody(page, 'sponsor-board')
  })
})

test('whoever is a member of none hears what to do, and whoever is no sponsor that they only look', async () => {
  const lonely = await event.house.member('yige.ren', undefined, at('sponsor', 'C001'))
  await as(lonely, '/desk/holdings', async (page) => {
    await page.getByText('您还没有加入共建单位，请找社区书记把您加进单位成员名单').waitFor()
    await page.getByRole('link', { name: '心愿墙' }).click()
    await page.locator('.wish-card a').first().click()
    const wish = page.getByRole('dialog')
    await wish.getByText('您还没有加入共建单位').waitFor()
    expect(await wish.getByRole('button', { name: '认领这个心愿' }).count()).toBe(0)
  })
  await as(event.house.secretary, '/desk/board', async (page) => {
    await page.getByText('认领要用“共建单位成员”的账号登录').waitFor()
  })
  await as({ headers: event.house.courier }, '/desk', async (page) => {
    await page.getByRole('link', { name: '我的心愿' }).click()
    await page.getByRole('heading', { name: '我的心愿' }).waitFor()
  })
})

test('of two who press at once one claims, the other is told who has it, and the screen of the event shows it', async () => {
  const { house } = event
  const where = { words: null, point: { lon: 116.4, lat: 39.9 } }
  const wish = await house.open({ text: '驿站门口想要一把遮阳伞', kind: 'place', where })
  const [volunteer] = house.volunteers.members
  const [cook] = house.canteen.members
  const path = `/desk/board?wish=${wish.wish}`
  const screen = await visitor(event.browser, { ...pc, viewport: { width: 1920, height: 1080 } })
  await screen.page.goto(`${event.url}/screen/YX/wishes?community=C001`)
  await screen.page.getByText('驿站门口想要一把遮阳伞').waitFor()
  await screen.page.getByText('第一个认领的单位，会显示在这里').waitFor()
  await as(undefined, path, async (one) => {
    // The code of the event is scanned by somebody who has not signed in yet.
    await signIn(one, volunteer!.username, password)
    await one.getByRole('dialog').getByText('驿站门口想要一把遮阳伞').waitFor()
    await one.getByRole('dialog').getByText('图上标的位置：在和平里').click()
    await looksWell(one, 'sponsor-wish')
    await as(cook, path, async (other) => {
      for (const page of [one, other]) await page.getByRole('button', { name: '认领这个心愿' }).click()
      await looksWell(other, 'sponsor-confirm')
      await Promise.all([one, other].map((page) => page.getByRole('button', { name: '确认认领' }).click()))
      const done = [one, other].map((page) =>
        page
          .getByText('认领成功，谢谢！')
          .waitFor()
          .then(() => page),
      )
      const winner = await Promise.any(done)
      const pressed = performance.now()
      const [loser, who] = winner === one ? [other, '和平里志愿队'] : [one, '社区食堂']
      await loser.getByRole('dialog').getByText(`这个心愿已经由${who}认领，请看看别的心愿。`).first().waitFor()
      await loser.keyboard.press('Escape')
      await loser.getByRole('dialog').waitFor({ state: 'detached' })
      await expect.poll(() => loser.getByText('驿站门口想要一把遮阳伞').count()).toBe(0)
      await screen.page.locator('.event-claims').getByText(who).waitFor({ timeout: 3_000 })
      await screen.page.locator('.event-card.taken').getByText(`✓ ${who} 认领了`).waitFor()
      expect(performance.now() - pressed).toBeLessThan(3_500)
      expect(await claimsOf(wish.wish)).toBe(1)
      await isReadable(screen.page, 'claimed')
      expect(await seriousFaults(screen.page)).toEqual([])
      expect(screen.faults).toEqual([])
      await screen.context.close()
      await winner.getByRole('dialog').getByRole('link', { name: '本单位认领的' }).click()
      await winner.getByRole('heading', { name: '驿站门口想要一把遮阳伞' }).waitFor()
    })
  })
})

test('an answer that is lost claims once, however often it is pressed again', async () => {
  const { house } = event
  const wish = await house.open({ text: '想学怎么用急救箱' })
  const [member] = house.volunteers.members
  await as(member, `/desk/board?wish=${wish.wish}`, async (page, one) => {
    await page.getByRole('button', { name: '认领这个心愿' }).click()
    const ids: string[] = []
    await one.context.route('**/api/districts/**', async (route) => {
      if (!route.request().url().endsWith('/claims')) return ids.length === 1 ? route.abort() : route.continue()
      ids.push(route.request().postDataJSON().id)
      if (ids.length > 1) return route.continue()
      await route.fetch()
      return route.abort()
    })
    await page.getByRole('button', { name: '确认认领' }).click()
    await page.getByText('再按一次“认领”也只算一次').waitFor()
    one.faults.length = 0
    await page.getByRole('button', { name: '确认认领' }).click()
    await page.getByText('认领成功，谢谢！').waitFor()
    expect(new Set(ids).size).toBe(1)
    expect(await claimsOf(wish.wish)).toBe(1)
    // What was lost on the way is told late where the machine is busy.
    one.faults.splice(0, Infinity, ...one.faults.filter((fault) => !fault.includes('net::ERR_FAILED')))
  })
})

test('what is held is seen through: contact, more time, photos as evidence, what the wisher said, and the certificate', async () => {
  const { house } = event
  const held = await Promise.all(
    ['想要一个雨天能充电的地方，最好有顶棚', '想要一盏楼道灯'].map((text) => house.open({ text })),
  )
  const other = house.volunteers.members[1]!
  for (const { wish } of held) await house.must('POST', `${base}/${wish}/claims`, { id: randomUUID() }, other.headers)
  await as(other, '/desk/holdings', async (page) => {
    const card = page.locator('.holding').filter({ hasText: '雨天能充电' })
    await card.getByText('还剩 14 天').waitFor()
    await card.getByText('每次查看都会记录').waitFor()
    await card.getByRole('button', { name: /^查看联系方式/ }).click()
    await card.getByRole('link', { name: '13900000001' }).waitFor()
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
    expect(kept).not.toContain('13900000001')
    await card.getByRole('button', { name: /^延期/ }).click()
    await card.getByLabel('为什么要延期').fill('顶棚下周才到货')
    await card.getByRole('button', { name: '延期', exact: true }).click()
    await card.getByText('（已延期一次）').waitFor()
    expect(await card.getByRole('button', { name: /^延期/ }).count()).toBe(0)
    await card.getByRole('button', { name: /^收起/ }).click()
    await card.getByRole('button', { name: /^查看联系方式/ }).waitFor()

    await card.getByRole('button', { name: /^交办结凭证/ }).click()
    await card.getByRole('button', { name: '交凭证', exact: true }).click()
    await card.getByText('请至少选一张照片').waitFor()
    const large = await sharp({
      create: {
        width: 4000,
        height: 3000,
        channels: 3,
        background: '#3a7',
        noise: { type: 'gaussian', mean: 120, sigma: 60 },
      },
    })
      .jpeg()
      .toBuffer()
    const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/jpeg', buffer })
    const input = card.locator('input[type=file]')
    await input.setInputFiles([file('顶棚.jpg', large), file('假的.jpg', Buffer.from('<svg onload=alert(1)>'))])
    await card.getByRole('img', { name: '第 1 张：顶棚.jpg' }).waitFor()
    await card.getByLabel(/办了什么/).fill('搭好了顶棚，装了四个插座。')
    await isForEverybody(page, 'sponsor-evidence')
    const sent = page.waitForRequest(/\/evidence$/)
    await card.getByRole('button', { name: '交凭证', exact: true }).click()
    expect(Number((await sent).headers()['content-length'] ?? 0)).toBeLessThan(large.length / 2)
    await card
      .getByRole('alert')
      .getByText(/第 2 张/)
      .waitFor()
    await card.getByRole('button', { name: '去掉第 2 张' }).click()
    await card.getByRole('button', { name: '交凭证', exact: true }).click()
    await card.getByText('正在等许愿人确认').waitFor()

    const lamp = page.locator('.holding').filter({ hasText: '楼道灯' })
    await lamp.getByRole('button', { name: /退回/ }).click()
    await lamp.getByLabel('为什么办不了').fill('电工忙不过来')
    await lamp.getByRole('button', { name: '退回', exact: true }).click()
    await page.locator('.holding.ended').getByText('已退回心愿墙').waitFor()

    const { wish } = held[0]!
    const said = { done: false, reason: '插座还没有通电' }
    await house.must('POST', `${base}/${wish}/confirmation`, said, house.courier)
    await page.reload()
    await card.getByText(/许愿人说还没有办好/).waitFor()
    await house.must('POST', `${base}/${wish}/reopening`, { reason: '请把电通上' }, house.secretary.headers)
    await page.reload()
    await card.getByText('退回请您接着办：请把电通上').waitFor()
    await looksWell(page, 'sponsor-holdings')
    const form = await evidence('电通上了', large)
    await page.evaluate(
      async ({ path, ...given }) => {
        const body = new FormData()
        for (const [name, value] of Object.entries(given)) if (name !== 'photo') body.append(name, value)
        const bytes = Uint8Array.from(atob(given.photo), (letter) => letter.charCodeAt(0))
        body.append('file', new File([bytes], 'a.jpg', { type: 'image/jpeg' }))
        await fetch(path, { method: 'POST', body })
      },
      { path: `/api${base}/${wish}/evidence`, ...form },
    )
    const thanked = { done: true, thanks: '再也不怕下雨了', rating: 5, publish: true }
    await house.must('POST', `${base}/${wish}/confirmation`, thanked, house.courier)
    await page.reload()
    await page.locator('.holding.ended').getByText('“再也不怕下雨了”').waitFor()
    await page.getByText('许愿人打分：5 分').waitFor()
    const [file1] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载办结证书（PDF）' }).click(),
    ])
    expect(file1.suggestedFilename()).toMatch(/\.pdf$/)
    await isForEverybody(page, 'sponsor-ended')
  })
})

async function evidence(note: string, photo: Buffer) {
  const small = await sharp(photo).resize(400).jpeg().toBuffer()
  return { note, on: soon(0), photo: small.toString('base64') }
}

/** The day in China so many days ahead. */
function soon(days: number): string {
  return new Date(Date.now() + 8 * hour + days * 24 * hour).toISOString().slice(0, 10)
}

test('the screen turns its pages slowly, and says quietly when the network is lost', async () => {
  const { house } = event
  for (let at = 0; at < 7; at += 1) await house.open({ community: 'C003', text: `${at + 1} 号楼想要一个能坐的地方` })
  await house.open({ community: 'C003', text: '带三个孩子去一次游乐园，'.repeat(16).slice(0, 190) })
  await house.open({
    community: 'C003',
    text: '菜场到地铁口这一段路，跑单的时候想有个地方能坐下来歇一歇，喝口热水，夏天能避一避太阳。',
  })
  const one = await visitor(event.browser, { ...pc, viewport: { width: 1280, height: 720 } })
  const { page } = one
  await page.goto(`${event.url}/screen/YX/wishes?community=C003`)
  await page.getByRole('heading', { name: 'C003社区微心愿' }).waitFor()
  await page.getByText('第 1 页，共 3 页').waitFor()
  for (const [width, height] of [
    [1280, 720],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height })
    for (const way of ['ArrowRight', 'ArrowRight', 'ArrowRight']) {
      await isReadable(page, `${await page.locator('footer span').innerText()}`)
      await page.keyboard.press(way)
    }
  }
  await page.keyboard.press(' ')
  expect(await page.getByRole('button', { name: '停在这一页' }).getAttribute('aria-pressed')).toBe('true')
  await one.cut(true)
  await page.getByText('网络断了，正在重连').waitFor()
  await house.open({ community: 'C003', text: '新来的心愿' })
  await one.cut(false)
  await expect.poll(() => page.getByText('网络断了').count(), { timeout: 5_000 }).toBe(0)
  await expect.poll(() => page.locator('.event dd').first().innerText()).toBe('10')
  expect(one.faults).toEqual([])
  await one.context.close()
})

/** Whoever sits in the last row can read all of it, and nothing is cut off. */
async function isReadable(page: Page, name: string): Promise<void> {
  const { SHOTS } = process.env
  const { width, height } = page.viewportSize()!
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `event-${name}-${width}.png`) })
  const found = await page.evaluate(() => {
    const { width, height } = document.documentElement.getBoundingClientRect()
    const words = [...document.querySelectorAll<HTMLElement>('.event *')].filter((one) =>
      [...one.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim()),
    )
    const isCut = (one: HTMLElement) => {
      const card = (one.closest('.event-card, header, aside') ?? one).getBoundingClientRect()
      const box = one.getBoundingClientRect()
      const isBelow = box.top < card.top - 1 || box.bottom > Math.min(card.bottom, height) + 1
      return isBelow || box.right > Math.min(card.right, width) + 1 || one.scrollWidth > one.clientWidth + 1
    }
    return {
      smallest: Math.min(...words.map((one) => Number.parseFloat(getComputedStyle(one).fontSize))),
      cut: words.filter((one) => getComputedStyle(one).display !== 'inline' && isCut(one)).map((one) => one.innerText),
      tall: document.documentElement.scrollHeight,
      wide: document.documentElement.scrollWidth,
    }
  })
  expect(found.cut).toEqual([])
  expect(found.smallest).toBeGreaterThanOrEqual(height / 30 - 0.1)
  expect(found.wide).toBeLessThanOrEqual(width)
  expect(found.tall).toBeLessThanOrEqual(height)
}
