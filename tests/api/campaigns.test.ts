import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CommunityCoverage, Coverage, Quota } from '../../shared/campaigns/api.ts'
import { numbers, submissionOf } from '../load/answers.ts'
import { asking, key, staff } from '../setup/app.ts'
import { signedIn } from '../setup/people.ts'
import { readPdf } from '../unit/documents/pdf-reader.ts'
import { type OpenDistrict, openDistrict } from './surveys-district.ts'

let district: OpenDistrict
beforeAll(async () => {
  district = await openDistrict(3)
})
afterAll(() => district?.stop())

const base = '/api/districts/YX/surveys/needs2026'
const random = numbers(41)
// biome-ignore lint/suspicious/noExplicitAny: each call knows what it asked for
const ask = async (method: string, path: string, body?: unknown, headers: object = staff): Promise<any> => {
  const reply = await district.call(method, `${base}/${path}`, body, headers)
  return { status: reply.status, body: reply.body }
}
const board = async (headers: object = staff): Promise<Coverage> =>
  (await ask('GET', 'coverage', undefined, headers)).body
const rowOf = (of: Coverage, community: string): CommunityCoverage =>
  of.communities.find((row) => row.community === community)!

interface Person {
  channel: string
  answers: Record<string, unknown>
}

/** In the way of the questionnaire, not of the server: who is weighted, and in which band. */
const bandOf = ({ answers }: Person): string => {
  const weighted = ['18-34', '35-59', '60-79', '80+'].includes(String(answers.age))
  return weighted && answers.residence === 'here' && answers.sex !== 'unstated' ? String(answers.age) : 'outside'
}

async function answered(community: string, channel: string, n: number): Promise<Person[]> {
  const sent = Array.from({ length: n }, () =>
    submissionOf(random, [community], { channel: channel as 'online' }, false),
  )
  for (const one of sent) expect((await district.send(one, channel === 'online' ? {} : staff)).status).toBe(201)
  await district.folded()
  return sent as unknown as Person[]
}

describe('the coverage board', () => {
  test('adds up to an independent count of what was sent, by community, channel and age band', async () => {
    const sent = [
      ...(await answered('C001', 'online', 40)),
      ...(await answered('C001', 'visit', 15)),
      ...(await answered('C002', 'paper', 12)),
    ]
    const found = await board()
    expect(found.communities.map(({ community }) => community)).toEqual(['C001', 'C002', 'C003'])
    const seen = new Map<string, number>()
    for (const { community, cells } of found.communities) {
      for (const { channel, band, reached, valid, target } of cells) {
        expect([valid, target]).toEqual([reached, 0])
        seen.set(`${community} ${channel} ${band}`, reached)
      }
    }
    const expected = new Map<string, number>()
    for (const one of sent) {
      const key = `${(one as never as { community: string }).community} ${one.channel} ${bandOf(one)}`
      expected.set(key, (expected.get(key) ?? 0) + 1)
    }
    expect([...seen].sort()).toEqual([...expected].sort())
    expect(rowOf(found, 'C001').days).toEqual([{ day: expect.stringMatching(/^20\d\d-\d\d-\d\d$/), n: 55 }])
    expect(rowOf(found, 'C003')).toEqual({
      ...{ community: 'C003', cells: [], refused: 0, notHome: 0, days: [] },
      slips: { issued: 0, answered: 0 },
    })
    expect(found.bands.map(({ code }) => code)).toEqual(['18-34', '35-59', '60-79', '80+', 'outside'])
  })

  test('has a state that changes with whatever it shows, and with nothing else', async () => {
    const state = async () => (await ask('GET', 'coverage/state')).body.state
    const first = await state()
    expect((await board()).state).toBe(first)
    expect(await state()).toBe(first)
    await answered('C003', 'online', 1)
    const second = await state()
    expect(second).not.toBe(first)
    await ask('POST', 'communities/C003/contacts', { id: randomUUID(), outcome: 'refused', doors: 1 })
    const third = await state()
    expect(third).not.toBe(second)
    expect((await board()).state).toBe(third)
  })

  test('takes withdrawn answers out again', async () => {
    const before = rowOf(await board(), 'C002')
    const { body } = await district.send(submissionOf(random, ['C002'], {}, false))
    await district.folded()
    expect(rowOf(await board(), 'C002').days[0]!.n).toBe(before.days[0]!.n + 1)
    await district.withdraw(body.receipt!)
    await district.folded()
    expect(rowOf(await board(), 'C002')).toEqual(before)
  })

  test('is refused for a survey that is not there', async () => {
    for (const path of ['coverage', 'coverage/state', 'quotas']) {
      const { status, body } = await district.call('GET', `/api/districts/YX/surveys/nothing/${path}`)
      expect([status, body.code]).toEqual([404, 'unknown_survey'])
    }
  })
})

describe('quotas', () => {
  const target = (channel: string, band: string, n: number) => ({ channel, band, target: n })

  test('are set by channel and age band, stand on the board, and are removed with 0', async () => {
    const targets = [target('online', '60-79', 300), target('visit', '80+', 20)]
    const set = await ask('PUT', 'quotas/C003', { targets })
    expect([set.status, set.body]).toEqual([200, targets.map((one) => ({ community: 'C003', ...one }))])
    const cells = rowOf(await board(), 'C003').cells.filter((cell) => cell.target > 0)
    expect(cells.map(({ channel, band, target: n }) => target(channel, band, n)).sort()).toEqual(targets.sort())
    await ask('PUT', 'quotas/C003', { targets: [target('visit', '80+', 0)] })
    const left = (await ask('GET', 'quotas')).body.filter(({ community }: Quota) => community === 'C003')
    expect(left).toEqual([{ community: 'C003', ...targets[0] }])
  })

  test('lowered below what is in are refused by name, with the number, and nothing changes', async () => {
    const cell = rowOf(await board(), 'C001').cells.find(
      ({ channel, band, valid }) => channel === 'online' && band !== 'outside' && valid > 3,
    )!
    const { channel, band, valid } = cell
    await ask('PUT', 'quotas/C001', { targets: [target(channel, band, valid + 20)] })
    const before = (await ask('GET', 'quotas')).body
    const { status, body } = await ask('PUT', 'quotas/C001', {
      targets: [target('paper', '80+', 50), target(channel, band, valid - 1)],
    })
    expect([status, body.code]).toEqual([409, 'quota_below_reached'])
    expect(body.message).toContain(`已收到 ${valid} 份`)
    expect((await ask('GET', 'quotas')).body).toEqual(before)
    expect((await ask('PUT', 'quotas/C001', { targets: [target(channel, band, valid)] })).status).toBe(200)
  })

  test('for an age band that the questionnaire does not know, or twice for one, are refused', async () => {
    for (const targets of [
      [target('online', '7-9', 5)],
      [target('online', 'outside', 5)],
      [target('online', '80+', 5), target('online', '80+', 6)],
    ]) {
      const { status, body } = await ask('PUT', 'quotas/C001', { targets })
      expect([status, body.code, body.details.length]).toEqual([422, 'bad_quotas', 1])
    }
    expect((await ask('PUT', 'quotas/C999', { targets: [target('online', '80+', 5)] })).body.code).toBe(
      'unknown_community',
    )
  })

  test('are divided over the district to the last answer, none below the minimum or what is in', async () => {
    const { status, body } = await ask('POST', 'quotas/distribution', { channel: 'online', total: 1_000, minimum: 120 })
    expect(status).toBe(200)
    const own = (body as Quota[]).filter(({ channel }) => channel === 'online')
    expect(own.reduce((sum, { target: n }) => sum + n, 0)).toBe(1_000)
    const found = await board()
    for (const { community, cells } of found.communities) {
      const sum = own.filter((one) => one.community === community).reduce((all, { target: n }) => all + n, 0)
      expect(sum).toBeGreaterThanOrEqual(120)
      for (const { channel, band, target: n, valid } of cells)
        if (channel === 'online' && band !== 'outside') expect(n).toBeGreaterThanOrEqual(valid)
    }
    const again = await ask('POST', 'quotas/distribution', { channel: 'online', total: 30, minimum: 120 })
    expect([again.status, again.body.code]).toEqual([409, 'total_too_small'])
    expect(again.body.message).toContain('360')
  })

  test('of two people at once are one after the other, and the audit says what was and what became', async () => {
    const both = [111, 222].map((n) => ask('PUT', 'quotas/C002', { targets: [target('meeting', '80+', n)] }))
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200])
    const { rows } = await district.running.look(
      `select before, after from audit_entries where subject = 'quotas:needs2026' order by seq desc limit 2`,
    )
    const [last, first] = rows.map(({ before, after }) => [JSON.parse(before).targets[0], JSON.parse(after).targets[0]])
    expect(first![0]).toBe('C002 meeting 80+ 0')
    expect(last![0]).toBe(first![1])
  })
})

describe('visits without an answer', () => {
  const send = (more: object = {}, headers: object = staff) =>
    ask('POST', 'communities/C001/contacts', { id: randomUUID(), outcome: 'not-home', doors: 2, ...more }, headers)

  test('count once however often they are sent, and lower the response rate’s ground', async () => {
    const before = rowOf(await board(), 'C001')
    const id = randomUUID()
    const first = await send({ id })
    const again = await Promise.all([send({ id }), send({ id: id.toUpperCase() })])
    expect([first, ...again].map(({ status }) => status)).toEqual([201, 200, 200])
    const other = await send({ id, doors: 3 })
    expect([other.status, other.body.code]).toEqual([409, 'other_contact'])
    await send({ outcome: 'refused', doors: 5 })
    const after = rowOf(await board(), 'C001')
    expect([after.notHome - before.notHome, after.refused - before.refused]).toEqual([2, 5])
  })

  test('are taken back for good: sent again they do not count again', async () => {
    const id = randomUUID()
    await send({ id })
    const n = rowOf(await board(), 'C001').notHome
    const undone = await ask('DELETE', `communities/C001/contacts/${id}`)
    expect([undone.status, undone.body]).toEqual([200, { undone: true }])
    expect((await send({ id })).status).toBe(200)
    expect(rowOf(await board(), 'C001').notHome).toBe(n - 2)
    expect((await ask('GET', 'communities/C001/contacts')).body.some((one: { id: string }) => one.id === id)).toBe(
      false,
    )
    const elsewhere = await ask('DELETE', `communities/C002/contacts/${id}`)
    expect([elsewhere.status, elsewhere.body.code]).toEqual([404, 'unknown_contact'])
  })

  test('of tomorrow, or of long ago, are refused', async () => {
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
    for (const wrong of [day(2), day(-70)]) expect((await send({ day: wrong })).body.code).toBe('bad_contact_day')
    expect((await send({ day: day(-3) })).status).toBe(201)
  })
})

describe('household slips', () => {
  const order = (more: object = {}, community = 'C002') =>
    ask('POST', `communities/${community}/slips`, { batch: randomUUID(), count: 9, ...more })

  test('are made with a number each, once for an order however often it is sent', async () => {
    const batch = randomUUID()
    const first = await order({ batch })
    const again = await order({ batch })
    expect([first.status, again.status]).toEqual([201, 200])
    expect(again.body).toEqual(first.body)
    expect(new Set(first.body.codes).size).toBe(9)
    for (const code of first.body.codes) expect(code).toMatch(/^YX-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    const other = await order({ batch, count: 8 })
    expect([other.status, other.body.code]).toEqual([409, 'other_slips'])
    expect((await order({ compound: 'NOWHERE' })).body.code).toBe('unknown_compound')
    expect((await ask('GET', 'communities/C002/slips')).body).toMatchObject({
      batches: [{ batch, issued: 9, answered: 0 }],
      compounds: [],
    })
    expect(rowOf(await board(), 'C002').slips).toEqual({ issued: 9, answered: 0 })
  })

  test('with which an answer came are counted once, in their own community, until it is withdrawn', async () => {
    const { codes } = (await order({ count: 3 })).body
    const before = rowOf(await board(), 'C002').slips.answered
    const send = (slip: string, community = 'C002') => district.send(submissionOf(random, [community], { slip }, false))
    const { body } = await send(codes[0])
    await send(codes[1])
    await send(codes[1])
    await send(codes[2], 'C003')
    await send('YX-0000-0000')
    await district.folded()
    expect(rowOf(await board(), 'C002').slips.answered).toBe(before + 2)
    await district.withdraw(body.receipt!)
    await district.folded()
    expect(rowOf(await board(), 'C002').slips.answered).toBe(before + 1)
  })

  test('are no more than a community has doors many times over', async () => {
    await district.pool.query(`INSERT INTO household_slips (district_id, code, survey_code, community_code, batch, issued_at)
      SELECT 1, 'full-' || at, 'needs2026', 'C003', '${randomUUID()}', now() FROM generate_series(1, 19999) at`)
    const order = (count: number) => ask('POST', 'communities/C003/slips', { batch: randomUUID(), count })
    expect((await order(2)).body.code).toBe('too_many_slips')
    expect((await order(1)).status).toBe(201)
  })

  test('are printed eight a page with number, survey and where to go, and a picture for each', async () => {
    const { batch, codes } = (await order({ count: 9 })).body
    const file = await district.running.app.inject({
      url: `${base}/communities/C002/slips/${batch}`,
      headers: { ...staff, host: '10.1.2.3:3000' },
    })
    expect([file.statusCode, file.headers['content-type']]).toEqual([200, 'application/pdf'])
    expect(decodeURIComponent(String(file.headers['content-disposition']))).toContain('C002社区-入户单.pdf')
    const { pages, fonts } = readPdf(file.rawPayload)
    expect(pages.map(({ text }) => codes.filter((code: string) => text.includes(code)).length)).toEqual([8, 1])
    for (const words of ['C002社区', '需求调查', '10.1.2.3:3000/s', '不用写姓名'])
      expect(pages[0]!.text).toContain(words)
    expect(pages[0]!.text).not.toContain('试印')
    expect(fonts.every(({ embedded }) => embedded)).toBe(true)
    const foreign = await ask('GET', `communities/C001/slips/${batch}`)
    expect([foreign.status, foreign.body.code]).toEqual([404, 'unknown_slips'])
  })
})

describe('whoever works in one community', () => {
  const at = (role: string, code: string) => ({ role, level: 'community', code })
  const call = async (path: string, method: string, body: unknown, headers: object) => {
    const reply = await district.call(method, path, body, headers)
    return { status: reply.status, body: reply.body as never }
  }
  let secretary: object
  let worker: object
  let other: object
  beforeAll(async () => {
    const { running } = district
    const add = async (username: string, role: string, code: string) =>
      (
        await signedIn(
          asking(running.app),
          { key, district: 'YX' },
          { username, name: '王书记', grants: [at(role, code)] as never },
        )
      ).headers
    secretary = await add('wang.shuji', 'secretary', 'C002')
    worker = await add('wang.ruhu', 'fieldworker', 'C001')
    other = await add('li.ruhu', 'fieldworker', 'C001')
  })

  test('sees that one on the board, and its targets', async () => {
    expect((await board(secretary)).communities.map(({ community }) => community)).toEqual(['C002'])
    const quotas = (await ask('GET', 'quotas', undefined, secretary)).body as Quota[]
    expect([...new Set(quotas.map(({ community }) => community))]).toEqual(['C002'])
    const state = (await ask('GET', 'coverage/state', undefined, secretary)).body.state
    await answered('C001', 'online', 1)
    expect((await ask('GET', 'coverage/state', undefined, secretary)).body.state).toBe(state)
  })

  test('sets no targets, and is told of others as of none', async () => {
    const targets = { targets: [{ channel: 'online', band: '80+', target: 500 }] }
    expect((await ask('PUT', 'quotas/C002', targets, secretary)).body.code).toBe('not_permitted')
    const foreign = await ask('GET', 'communities/C001/contacts', undefined, secretary)
    const absent = await ask('GET', 'communities/C999/contacts', undefined, secretary)
    expect([foreign.status, foreign.body]).toEqual([absent.status, absent.body])
    expect(foreign.body.code).toBe('unknown_community')
  })

  test('takes back their own visits only, unless they have people of their own there', async () => {
    const id = randomUUID()
    const path = `${base}/communities/C001/contacts`
    expect((await call(path, 'POST', { id, outcome: 'refused', doors: 1 }, worker)).status).toBe(201)
    expect((await ask('GET', 'communities/C001/contacts', undefined, other)).body[0]).toMatchObject({
      id,
      mine: false,
      undoable: false,
    })
    expect((await call(`${path}/${id}`, 'DELETE', undefined, other)).status).toBe(403)
    expect((await call(`${path}/${id}`, 'DELETE', undefined, worker)).status).toBe(200)
  })
})
