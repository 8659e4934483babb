import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { lockWish } from '../../server/wishes/queries.ts'
import { takeStep } from '../../server/wishes/take-step.ts'
import type { BoardWish } from '../../shared/wishes/api.ts'
import { numbers } from '../load/answers.ts'
import { base, contact, newTicket, openWishes, type Wishes } from './wishes-district.ts'

let yx: Wishes
let now = new Date('2026-11-22T02:00:00Z')
beforeAll(async () => {
  yx = await openWishes({ now: () => now })
})
afterAll(() => yx?.stop())
beforeEach(async () => {
  for (const table of ['claims', 'wish_supporters', 'wish_steps', 'wishes']) await yx.look(`delete from ${table}`)
  now = new Date('2026-11-22T02:00:00Z')
})

const read = (path = '') => yx.must('GET', `${base}${path}`, undefined, {})
const texts = ({ wishes }: { wishes: BoardWish[] }) => wishes.map(({ text }) => text)
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000)
}

const step = (
  wish: string,
  ...[name, role, more]: [Parameters<typeof takeStep>[2], 'staff' | 'sponsor' | 'wisher', object?]
) =>
  yx.db.transaction().execute(async (tx) => {
    const found = (await lockWish(tx, { districtId: 1, id: wish }))!
    await takeStep(tx, found, name, { actor: 'test', role }, now, { reason: '因为', ...more })
  })

async function claim(wish: string): Promise<void> {
  const claimed = { claimed_at: now, due_on: '2026-12-06', extended: false, reminded: 0, ended_at: null, ended: null }
  const rest = { reason: null, note: null, done_on: null, delivered_at: null }
  const of = { district_id: 1, id: randomUUID(), wish_id: wish, sponsor_id: yx.volunteers.id }
  await yx.db
    .insertInto('claims')
    .values({ ...of, person_id: yx.volunteers.members[0]!.id, ...claimed, ...rest })
    .execute()
  await step(wish, 'claim', 'sponsor')
}

async function release(wish: string): Promise<void> {
  const ended = { ended_at: now, ended: 'released' as const }
  await yx.db.updateTable('claims').set(ended).where('district_id', '=', 1).where('wish_id', '=', wish).execute()
  await step(wish, 'release', 'sponsor')
}

async function fulfil(wish: string, more: { note: string; thanks: string }): Promise<void> {
  await claim(wish)
  await step(wish, 'deliver', 'sponsor')
  const ended = { ended_at: now, ended: 'fulfilled' as const, note: more.note, done_on: '2026-11-22' }
  await yx.db.updateTable('claims').set(ended).where('district_id', '=', 1).where('wish_id', '=', wish).execute()
  await step(wish, 'confirm', 'wisher', { fulfilled_at: now, thanks: more.thanks })
}

describe('the board', () => {
  test('has the longest waiting first and what is claimed behind, with who has it', async () => {
    const first = await yx.open({ text: '第一个' })
    later(1)
    await yx.open({ text: '第二个' })
    await yx.post({ text: '还没有审核' })
    later(1)
    await claim(first.wish)
    const { wishes } = await read()
    expect(texts({ wishes })).toEqual(['第二个', '第一个'])
    expect(wishes[1]).toMatchObject({ state: 'claimed', sponsor: '和平里志愿队', dueOn: '2026-12-06' })
    expect(wishes[0]).toMatchObject({ state: 'open', sponsor: null, dueOn: null, communityName: 'C001社区' })
    expect(texts(await read('?state=open'))).toEqual(['第二个'])
    expect(texts(await read('?state=claimed'))).toEqual(['第一个'])
    await step(first.wish, 'deliver', 'sponsor')
    await step(first.wish, 'dispute', 'wisher')
    expect(await read(`/${first.wish}`)).toMatchObject({ state: 'delivered' })
    expect(texts(await read('?state=claimed'))).toEqual(['第一个'])
  })

  test('filters by kind, place, cost and days left, together', async () => {
    const all = [
      { text: '甲', kind: 'goods', cost: 'none', community: 'C001', neededBy: '2026-11-24' },
      { text: '乙', kind: 'place', cost: 'none', community: 'C002', neededBy: '2026-12-22' },
      { text: '丙', kind: 'goods', cost: 'over-500', community: 'C001' },
      { text: '丁', kind: 'goods', cost: 'none', community: 'C001', neededBy: '2027-05-01' },
      { text: '戊', kind: 'goods', cost: 'none', community: 'C001', neededBy: '2026-11-21' },
    ] as const
    for (const one of all) {
      await yx.open(one)
      later(1)
    }
    expect(texts(await read('?kind=goods'))).toEqual(['甲', '丙', '丁', '戊'])
    expect(texts(await read('?cost=none&community=C001'))).toEqual(['甲', '丁', '戊'])
    expect(texts(await read('?within=1'))).toEqual([])
    expect(texts(await read('?within=2'))).toEqual(['甲'])
    expect(texts(await read('?within=30'))).toEqual(['甲', '乙'])
    expect(texts(await read('?within=365&kind=goods&cost=none&community=C001'))).toEqual(['甲', '丁'])
    expect(texts(await read('?kind=company'))).toEqual([])
    const unknown = await yx.call('GET', `${base}?community=C999`, undefined, {})
    expect([unknown.status, unknown.body.code]).toEqual([404, 'unknown_community'])
  })

  test('says nothing of the wisher, and nothing of wishes that are not on it', async () => {
    const { wish } = await yx.open({ text: '想要一件雨衣', name: '王跑跑' })
    const said = JSON.stringify([await read(), await read(`/${wish}`), await read('/event')])
    const id = (await yx.look(`select person_id from wishes`)).rows[0].person_id
    for (const secret of [contact, '王跑跑', id, 'person', 'ticket', 'station', 'original', 'flags'])
      expect(said).not.toContain(secret)
    const waiting = await yx.post({ text: '待审核' })
    await step(wish, 'withdraw', 'wisher')
    for (const gone of [wish, waiting.wish, randomUUID()]) {
      const { status, body } = await yx.call('GET', `${base}/${gone}`, undefined, {})
      expect([status, body.code]).toEqual([404, 'unknown_wish'])
    }
  })

  test('takes no place in it but those it has given out', async () => {
    for (let n = 0; n < 21; n += 1) await yx.open({ text: `第${n}个` })
    const { next } = await read()
    expect((await read(`?next=${next}`)).wishes).toHaveLength(1)
    const [text, mac] = next.split('.')
    const other = Buffer.from(JSON.stringify(['open', 'x', 'y', 1])).toString('base64url')
    for (const forged of ['x', `${text}x.${mac}`, `${other}.${mac}`, text, `.${mac}`, '%00']) {
      const { status, body } = await yx.call('GET', `${base}?next=${forged}`, undefined, {})
      expect([forged, status, body.code]).toEqual([forged, 400, 'bad_request'])
    }
    const elsewhere = await yx.call('GET', `${base}/fulfilled?next=${next}`, undefined, {})
    expect(elsewhere.status).toBe(400)
  })

  test('gives every wish once, page by page in order, while some are claimed and let go in between', async () => {
    for (let seed = 1; seed <= 3; seed += 1) {
      for (const table of ['claims', 'wish_steps', 'wishes']) await yx.look(`delete from ${table}`)
      const random = numbers(seed)
      const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!
      const all: string[] = []
      const held = new Set<string>()
      for (let n = 0; n < 70; n += 1) {
        // Some came at the same moment.
        if (random() < 0.6) later(1)
        const kind = pick(['goods', 'service', 'company', 'place'] as const)
        all.push((await yx.open({ text: `第${n}个`, kind })).wish)
      }
      later(1)
      for (const wish of all)
        if (random() < 0.4) {
          await claim(wish)
          held.add(wish)
        }
      later(1)
      const before = new Set(held)
      const seen: string[] = []
      let next: string | null = ''
      while (next !== null) {
        const page: { wishes: BoardWish[]; next: string | null } = await read(next === '' ? '' : `?next=${next}`)
        seen.push(...page.wishes.map(({ id }) => id))
        next = page.next
        later(1)
        for (let n = 0; n < 6; n += 1) {
          const wish = pick(all)
          await (held.has(wish) ? release(wish) : claim(wish))
          held[held.has(wish) ? 'delete' : 'add'](wish)
        }
      }
      expect(seen).toHaveLength(all.length)
      expect([...seen].sort()).toEqual([...all].sort())
      const places = await yx.look(`select id, opened_at::text as at from wishes`)
      const at = new Map(places.rows.map((row) => [row.id, `${before.has(row.id) ? 1 : 0} ${row.at} ${row.id}`]))
      expect(seen).toEqual([...seen].sort((a, b) => (at.get(a)! < at.get(b)! ? -1 : 1)))
    }
  })
})

describe('我也想', () => {
  const also = (wish: string, ticket: string, headers = {}) =>
    yx.call('POST', `${base}/${wish}/supporters`, { ticket }, headers)
  const rows = async () => (await yx.look(`select count(*)::int as n from wish_supporters`)).rows[0].n
  const counted = async () => (await yx.look(`select sum(supporters)::int as n from wishes`)).rows[0].n

  test('counts each phone once, however many press at once', async () => {
    const { wish } = await yx.open()
    const { seq } = await read('/event')
    const tickets = Array.from({ length: 30 }, newTicket)
    const answers = await Promise.all([...tickets, ...tickets, ...tickets].map((ticket) => also(wish, ticket)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(Math.max(...answers.map(({ body }) => body.supporters))).toBe(30)
    expect([await rows(), await counted()]).toEqual([30, 30])
    expect((await read(`/${wish}`)).supporters).toBe(30)
    expect((await read(`/event?since=${seq}`)).changed).toBe(true)
  })

  test('counts an account once on several phones, and the phone with it', async () => {
    const { wish } = await yx.open()
    const headers = await yx.byPhone('13800009999')
    const ticket = newTicket()
    expect((await also(wish, ticket)).body.supporters).toBe(1)
    expect((await also(wish, ticket, headers)).body.supporters).toBe(1)
    const neighbour = await yx.byPhone('13800009998')
    for (let n = 0; n < 2; n += 1) expect((await also(wish, newTicket(), neighbour)).body.supporters).toBe(2)
    expect([await rows(), await counted()]).toEqual([2, 2])
  })

  test('counts a phone once, whether its owner has signed in or out meanwhile', async () => {
    const { wish } = await yx.open()
    const ticket = newTicket()
    const headers = [await yx.byPhone('13800009997'), {}, await yx.byPhone('13800009996')]
    for (const one of headers) expect((await also(wish, ticket, one)).body).toEqual({ supporters: 1 })
    expect([await rows(), await counted()]).toEqual([1, 1])
    const other = await yx.open()
    await also(other.wish, ticket)
    await yx.moderate(other.wish, { decision: 'merge', into: wish })
    // Whoever posted the other one joins; the phone is known already.
    expect((await read(`/${wish}`)).supporters).toBe(1)
  })

  test('is not for the wisher, nor for what is not open', async () => {
    const ticket = newTicket()
    const { wish } = await yx.open()
    const own = await also(wish, newTicket(), yx.courier)
    expect([own.status, own.body.code, own.body.message]).toEqual([409, 'wish_state', expect.stringContaining('自己')])
    const waiting = await yx.post()
    for (const gone of [waiting.wish, randomUUID()]) expect((await also(gone, ticket)).body.code).toBe('unknown_wish')
    await also(wish, ticket)
    await claim(wish)
    expect((await also(wish, ticket)).body).toEqual({ supporters: 1 })
    const late = await also(wish, newTicket())
    expect([late.status, late.body.code]).toEqual([409, 'wish_state'])
    expect((await also(wish, randomBytes(8).toString('hex'))).status).toBe(400)
    expect([await rows(), await counted()]).toEqual([1, 1])
  })
})

describe('the screen of an event', () => {
  test('shows cards, the newest claims and totals, and says when nothing has changed', async () => {
    const wishes: { wish: string; number: number }[] = []
    for (let n = 0; n < 12; n += 1) {
      wishes.push(await yx.open({ text: `第${n}个`, community: n === 0 ? 'C002' : 'C001' }))
      later(1)
    }
    const empty = await read('/event')
    expect(empty).toMatchObject({ changed: true, claims: [], totals: { open: 12, claimed: 0, fulfilled: 0 } })
    expect(await read(`/event?since=${empty.seq}`)).toMatchObject({ changed: false, wishes: [], claims: [] })
    for (const { wish } of wishes.slice(0, 11)) {
      await claim(wish)
      later(1)
    }
    await release(wishes[5]!.wish)
    const after = await read(`/event?since=${empty.seq}`)
    expect(after.totals).toEqual({ open: 2, claimed: 10, fulfilled: 0 })
    expect(after.wishes.slice(0, 3).map((one: BoardWish) => [one.text, one.state])).toEqual([
      ['第5个', 'open'],
      ['第11个', 'open'],
      ['第0个', 'claimed'],
    ])
    const newest = [10, 9, 8, 7, 6, 4, 3, 2, 1, 0].map((n) => wishes[n]!.number)
    expect(after.claims.map(({ number }: { number: number }) => number)).toEqual(newest)
    expect(after.claims[0].sponsor).toBe('和平里志愿队')
    const local = await read('/event?community=C002')
    expect(local.claims.map(({ number }: { number: number }) => number)).toEqual([wishes[0]!.number])
    expect(local.totals).toEqual({ open: 0, claimed: 1, fulfilled: 0 })
    expect(texts(local)).toEqual(['第0个'])
  })
})

describe('what was fulfilled', () => {
  test('is shown to everybody where the wisher agreed, the newest first, with numbers and names hidden', async () => {
    const shown = await yx.open({ text: '想要一张地图', publish: true })
    const hidden = await yx.open({ text: '不想公开', publish: false })
    await fulfil(shown.wish, { note: '请打13812345678联系', thanks: '谢谢，很好用' })
    await fulfil(hidden.wish, { note: '送到了', thanks: '谢谢' })
    later(1)
    const newer = await yx.open({ text: '想要雨衣', publish: true })
    await fulfil(newer.wish, { note: '送到了', thanks: '一三八 0000 1234 是我的电话' })
    const { wishes, next } = await read('/fulfilled')
    expect([texts({ wishes }), next]).toEqual([['想要雨衣', '想要一张地图'], null])
    expect(wishes[1]).toMatchObject({
      sponsor: '和平里志愿队',
      doneOn: '2026-11-22',
      note: '请打〔已隐去〕联系',
      photos: [],
    })
    expect(wishes[0].thanks).toBe('〔已隐去〕 是我的电话')
    expect(texts(await read('?state=fulfilled'))).toEqual(['想要雨衣', '想要一张地图'])
    expect((await read(`/${newer.wish}`)).sponsor).toBe('和平里志愿队')
    expect((await yx.call('GET', `${base}/${hidden.wish}`, undefined, {})).status).toBe(404)
    expect((await read('/event')).totals).toEqual({ open: 0, claimed: 0, fulfilled: 3 })
  })
})

test('says where wishes can be for, with the compounds of one community', async () => {
  const all = await read('/places')
  expect(all.communities[0]).toEqual({ code: 'C001', name: 'C001社区', subdistrict: expect.any(String) })
  expect(all.compounds).toEqual([])
  expect(all.services.length).toBeGreaterThan(8)
  const one = await read('/places?community=C001')
  expect(one.compounds[0]).toEqual({ name: '和平里一区', lon: 116.4, lat: 39.9 })
  expect((await yx.call('GET', `${base}/places?community=C999`, undefined, {})).body.code).toBe('unknown_community')
})
