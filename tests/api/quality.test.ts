import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { locks } from '../../server/db/locks.ts'
import type { Demand } from '../../shared/demand/api.ts'
import type { FlaggedAnswer, QueueCounts } from '../../shared/quality/api.ts'
import type { Submission } from '../../shared/surveys/api.ts'
import type { ReviewResult } from '../../shared/surveys/review-api.ts'
import { asking, key } from '../setup/app.ts'
import { password, type SignedIn, signedIn } from '../setup/people.ts'
import { type OpenDistrict, openDistrict } from './surveys-district.ts'

const base = '/api/districts/YX'
let district: OpenDistrict
let secretary: SignedIn
const sent: Submission[] = []

beforeAll(async () => {
  district = await openDistrict(3)
  for (let at = 0; at < 45; at += 1) {
    const one = district.make({ community: at < 40 ? 'C001' : 'C002' })
    expect((await district.send(one)).status).toBe(201)
    sent.push(one)
  }
  const grants = [{ role: 'secretary', level: 'community', code: 'C002' } as const]
  const who = { username: 'shuji.two', name: '李书记', grants }
  secretary = await signedIn(asking(district.running.app), { key, district: 'YX' }, who)
})
afterAll(() => district?.stop())

const review = async (body: object, headers?: object) => {
  const { status, body: said } = await district.call('POST', `${base}/surveys/needs2026/reviews`, body, headers)
  return { status, ...(said as never as ReviewResult & { code: string }) }
}
type Table = { review: string; excluded: number; district: Demand; subdistricts: Demand[]; communities: Demand[] }
const read = async <T>(path: string) => (await district.call('GET', `${base}/${path}`)).body as never as T

/** Reads until the figures rest on the present tallies. */
async function settled<T>(path: string, is: (body: T) => boolean): Promise<T> {
  await district.folded()
  for (let tries = 0; tries < 100; tries += 1) {
    const body = await read<T>(path)
    if (is(body)) return body
    await sleep(100)
  }
  throw new Error(`${path} did not get there`)
}

const of = (table: Table, code: string) => table.communities.find(({ area }) => area.code === code)!
type Said = Record<'age' | 'residence' | 'sex', string> & { needs: string[] }
const needing = (answers: Submission[], service: string) =>
  answers.filter(({ answers }) => (answers as Said).needs.includes(service)).length

/** Whether an answer takes part in the shares. */
const inside = ({ answers }: Submission) => {
  const { age, residence, sex } = answers as Said
  return age !== '14-17' && age !== 'unstated' && residence === 'here' && sex !== 'unstated'
}

describe('keeps and excludes', () => {
  test('figures move exactly as an independent count says, both ways, and every figure says how many', async () => {
    const own = sent.filter(({ community }) => community === 'C001')
    const gone = own.slice(0, 6)
    const left = own.slice(6)
    const before = await settled<Table>('demand', (table) => of(table, 'C001')?.n === 40)
    expect([before.review, before.excluded, of(before, 'C001').excluded]).toEqual(['kept', 0, 0])
    const decided = await review({
      responses: gone.map(({ id }) => id),
      decision: 'excluded',
      reason: '同一设备反复提交',
    })
    expect([decided.status, decided.decided?.length, decided.passed]).toEqual([200, 6, []])

    const kept = await settled<Table>('demand', (table) => of(table, 'C001').n === 34)
    expect([kept.excluded, kept.district.excluded, of(kept, 'C001').excluded]).toEqual([6, 6, 6])
    const all = await settled<Table>('demand?review=all', (table) => of(table, 'C001').n === 40)
    expect([all.review, all.excluded, of(all, 'C001').review, of(all, 'C002').review]).toEqual([
      'all',
      6,
      'all',
      'kept',
    ])
    expect([kept.district.n, all.district.n]).toEqual([39, 45])
    for (const [table, people] of [
      [kept, left],
      [all, own],
    ] as const) {
      for (const { service, need } of of(table, 'C001').services) {
        expect([need.n, need.yes]).toEqual([people.filter(inside).length, needing(people.filter(inside), service)])
      }
    }
    // What nobody touched reads the same either way.
    expect(of(all, 'C002')).toEqual(of(kept, 'C002'))
    const page = await read<Demand>('communities/C001/demand?review=all')
    expect([page.n, page.excluded, page.parts.length > 0]).toEqual([40, 6, true])
    for (const path of ['demand/whole', 'subdistricts/S01/demand']) {
      expect((await settled<Demand>(path, ({ n }) => n === 39)).excluded).toBe(6)
      expect((await settled<Demand>(`${path}?review=all`, ({ n }) => n === 45)).excluded).toBe(6)
    }
    expect(await district.compare()).toMatchObject([{ responses: 45, different: 0 }])

    expect((await review({ responses: gone.map(({ id }) => id), decision: 'open' })).status).toBe(200)
    const again = await settled<Table>('demand', (table) => of(table, 'C001').n === 40)
    expect(of(again, 'C001').services.map(({ need }) => need)).toEqual(
      of(before, 'C001').services.map(({ need }) => need),
    )
    expect(of(await settled<Table>('demand?review=all', ({ excluded }) => excluded === 0), 'C001').n).toBe(40)
    expect(await district.compare()).toMatchObject([{ responses: 45, different: 0 }])
  })

  test('is refused by name, and of several those are passed over for which it cannot be done', async () => {
    const [one, two, three] = sent.slice(20) as [Submission, Submission, Submission]
    const codes = async (body: object) => {
      const { status, code } = await review(body)
      return [status, code]
    }
    expect(await codes({ responses: [one.id], decision: 'excluded' })).toEqual([422, 'reason_needed'])
    expect(await codes({ responses: [one.id], decision: 'open' })).toEqual([409, 'reviewed_already'])
    const foreign = '11111111-1111-4111-8111-111111111111'
    expect(await codes({ responses: [foreign], decision: 'kept' })).toEqual([404, 'unknown_response'])
    const { receipt } = (await district.send(two)).body
    await district.withdraw(receipt!)
    expect(await codes({ responses: [two.id], decision: 'kept' })).toEqual([410, 'review_withdrawn'])
    const many = await review({
      responses: [one.id, two.id, three.id, foreign],
      decision: 'excluded',
      reason: '答得太快',
    })
    expect(many.decided.sort()).toEqual([one.id, three.id].sort())
    expect(many.passed.map(({ code }) => code).sort()).toEqual(['review_withdrawn', 'unknown_response'])
    expect(await district.compare()).toMatchObject([{ responses: 44, different: 0 }])
  })

  test('of those who decide about the same answer at once each is either heard or told what the others decided', async () => {
    const { id } = sent[30]!
    const asked = [0, 1, 2, 3, 4, 5].map((at) => {
      return { responses: [id], decision: at % 2 === 0 ? 'excluded' : 'kept', reason: `第${at}次` }
    })
    const replies = await Promise.all(asked.map((body) => review(body)))
    const codes = replies.map(({ status, code }) => [status, code])
    for (const [status, code] of codes) expect(status === 200 || code === 'reviewed_already').toBe(true)
    expect((await review({ responses: [id], decision: 'open' })).status).toBe(200)
    expect(await district.compare()).toMatchObject([{ responses: 44, different: 0 }])
  })

  test('an excluded answer that is withdrawn leaves nothing behind, and the tallies hold', async () => {
    const one = sent[24]!
    await review({ responses: [one.id], decision: 'excluded', reason: '文字雷同' })
    await district.withdraw((await district.send(one)).body.receipt!)
    const found = await district.pool.query('SELECT FROM response_reviews WHERE response_id = $1', [one.id])
    expect(found.rowCount).toBe(0)
    expect(await district.compare()).toMatchObject([{ responses: 43, different: 0 }])
  })

  test('those who look after one community decide about its answers alone; every decision is in the record', async () => {
    const [own, other] = [sent[41]!.id, sent[2]!.id]
    const { headers } = secretary
    expect(await review({ responses: [other], decision: 'kept' }, headers)).toMatchObject({ code: 'unknown_response' })
    const mixed = await review({ responses: [own, other], decision: 'excluded', reason: '一人多答' }, headers)
    expect([mixed.decided, mixed.passed.map(({ response }) => response)]).toEqual([[own], [other]])
    const { rows } = await district.pool.query('SELECT * FROM audit_entries WHERE subject = $1', [`response:${own}`])
    expect(rows).toHaveLength(1)
    expect([rows[0].actor, rows[0].purpose]).toEqual([secretary.id, '一人多答'])
    expect(JSON.parse(rows[0].after)).toEqual({ review: 'excluded', decision: 'excluded' })
  })
})

describe('puts before a person', () => {
  const queue = async (query = '', headers?: object) => {
    const { body } = await district.call('GET', `${base}/surveys/needs2026/quality${query}`, undefined, headers)
    return body as never as { counts: QueueCounts; matching: number; answers: FlaggedAnswer[] }
  }
  const until = async (query: string, is: (found: Awaited<ReturnType<typeof queue>>) => boolean) => {
    for (let tries = 0; tries < 150; tries += 1) {
      const found = await queue(query)
      if (is(found)) return found
      await sleep(100)
    }
    throw new Error(`the queue ${query} did not get there: ${JSON.stringify((await queue(query)).counts)}`)
  }

  test('what was flagged, worst first, readable and with its signs in words; each reads their own communities', async () => {
    const one = district.make({ community: 'C001' })
    const quick = { ...one, submittedAt: new Date(Date.parse(one.startedAt) + 9_000).toISOString() }
    const same = Array.from({ length: 6 }, () => district.make({ community: 'C002', device: 'one-phone' }))
    for (const sent of [quick, ...same]) expect((await district.send(sent)).status).toBe(201)
    const { counts, answers } = await until('?decision=open', ({ counts: { flagged } }) => flagged === 7)
    // All of these came from one network, which flags nobody by itself.
    expect(counts.signs.filter(({ sign }) => sign !== 'network')).toEqual([
      { sign: 'fast', n: 1, excluded: 0 },
      { sign: 'device', n: 6, excluded: 0 },
    ])
    const scores = answers.map(({ score }) => score)
    expect([scores.length, Math.min(...scores) >= 3]).toEqual([7, true])
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
    const fast = (await queue('?sign=fast')).answers[0]!
    expect([fast.id, fast.seconds, fast.community]).toEqual([one.id, 9, 'C001'])
    expect(fast.signs[0]!.words).toContain('用时9秒')
    const said = fast.said.find(({ title }) => title.includes('还有什么想说的'))
    expect([said?.text, said?.open]).toEqual([(one.answers as { suggestion: string }).suggestion, true])
    expect((await queue('?community=C002')).matching).toBe(6)

    const own = await queue('', secretary.headers)
    expect([own.matching, new Set(own.answers.map(({ community }) => community))]).toEqual([6, new Set(['C002'])])
    const beyond = await district.call(
      'GET',
      `${base}/surveys/needs2026/quality?community=C001`,
      undefined,
      secretary.headers,
    )
    expect([beyond.status, beyond.body.code]).toEqual([404, 'unknown_community'])

    await review({ responses: same.map(({ id }) => id), decision: 'excluded', reason: '同一设备反复提交' })
    const after = await until('?decision=excluded&sign=device', ({ matching }) => matching === 6)
    expect(after.counts.signs).toContainEqual({ sign: 'device', n: 6, excluded: 6 })
    expect(after.answers[0]).toMatchObject({ decision: 'excluded', reason: '同一设备反复提交' })
    expect(await district.compare()).toMatchObject([{ responses: 50, different: 0 }])
  })

  test('nothing that was withdrawn: its signs and traces go in the same commit', async () => {
    const one = district.make({ community: 'C001', device: 'a-phone' })
    const quick = { ...one, submittedAt: new Date(Date.parse(one.startedAt) + 9_000).toISOString() }
    const { receipt } = (await district.send(quick)).body
    await until('?sign=fast', ({ matching }) => matching === 2)
    await district.withdraw(receipt!)
    for (const table of ['response_signs', 'response_traces']) {
      const found = await district.pool.query(`SELECT FROM ${table} WHERE response_id = $1`, [one.id])
      expect(found.rowCount).toBe(0)
    }
  })

  test('and forgets devices and networks when the survey closes, who took answers down with the answers', async () => {
    const kinds = async () =>
      (await district.pool.query('SELECT DISTINCT kind FROM response_traces ORDER BY 1')).rows.map(({ kind }) => kind)
    expect(await kinds()).toContain('network')
    await district.call('PUT', `${base}/surveys/needs2026/status`, { status: 'closed' })
    expect((await kinds()).filter((kind) => kind !== 'text')).toEqual([])
    const left = await district.pool.query(
      'SELECT FROM responses WHERE device_hash IS NOT NULL OR network_hash IS NOT NULL',
    )
    expect(left.rowCount).toBe(0)
  })
})

test('whoever is erased while answers that they took down are looked at is named nowhere afterwards', async () => {
  const app = district.running.app
  const grants = [{ role: 'fieldworker', level: 'community', code: 'C001' } as const]
  const worker = await signedIn(asking(app), { key, district: 'YX' }, { username: 'ruhu.two', name: '赵入户', grants })
  await district.call('PUT', `${base}/surveys/needs2026/status`, { status: 'open' })
  const client = await district.pool.connect()
  await client.query('BEGIN')
  await client.query('SELECT pg_advisory_xact_lock($1, 1)', [locks.quality])
  const visit = district.make({ community: 'C001', channel: 'visit' })
  expect((await district.send(visit, worker.headers)).status).toBe(201)
  const waiting = async () =>
    (
      await client.query(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND NOT granted`, [
        locks.quality,
      ])
    ).rowCount
  for (let tries = 0; tries < 200 && (await waiting()) === 0; tries += 1) await sleep(100)
  const erased = district.call('DELETE', '/api/me', { password }, worker.headers)
  await sleep(500)
  await client.query('COMMIT')
  client.release()
  expect((await erased).status).toBe(200)
  const signs = async () =>
    (await district.pool.query('SELECT FROM response_signs WHERE response_id = $1', [visit.id])).rowCount
  for (let tries = 0; tries < 100 && (await signs()) === 0; tries += 1) await sleep(100)
  const { rowCount } = await district.pool.query('SELECT FROM worker_sums WHERE worker = $1', [worker.id])
  expect([await signs(), rowCount]).toEqual([1, 0])
})

test('whoever took answers down and is erased is named by none of them', async () => {
  const app = district.running.app
  const who = {
    username: 'ruhu.one',
    name: '王入户',
    grants: [{ role: 'fieldworker', level: 'community', code: 'C001' }],
  }
  const worker = await signedIn(asking(app), { key, district: 'YX' }, { ...who, grants: who.grants as never })
  await district.call('PUT', `${base}/surveys/needs2026/status`, { status: 'open' })
  const visit = district.make({ community: 'C001', channel: 'visit' })
  expect((await district.send(visit, worker.headers)).status).toBe(201)
  const taken = async (table: string, column: string) =>
    (await district.pool.query(`SELECT FROM ${table} WHERE ${column} = $1`, [worker.id])).rowCount
  expect(await taken('responses', 'taken_by')).toBe(1)
  for (let tries = 0; tries < 100 && (await taken('worker_sums', 'worker')) === 0; tries += 1) await sleep(100)
  await district.call('DELETE', '/api/me', { password }, worker.headers)
  expect([await taken('responses', 'taken_by'), await taken('worker_sums', 'worker')]).toEqual([0, 0])
})
