import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { forDistrict } from '../../server/db/database.ts'
import { rebuildTallies } from '../../server/surveys/recount.ts'
import { erasePastRetention } from '../../server/surveys/retention.ts'
import { closeOnDate } from '../../server/surveys/set-status.ts'
import { definition } from '../load/answers.ts'
import { type OpenDistrict, openDistrict } from './surveys-district.ts'

let district: OpenDistrict
beforeAll(async () => {
  district = await openDistrict()
})
afterAll(() => district?.stop())

const url = '/api/districts/YX/surveys/needs2026'
const setStatus = (status: string, retentionDays?: number) =>
  district.call('PUT', `${url}/status`, { status, retentionDays })
const count = async (table: string, where = 'true') => {
  const { rows } = await district.pool.query(`SELECT count(*)::int AS n FROM ${table} WHERE ${where}`)
  return rows[0].n as number
}
const after = (days: number) => new Date(Date.now() + days * 86_400_000 + 60_000)
const erase = (days: number) => erasePastRetention(district.running.app.db, after(days))
const differences = async () => (await district.compare()).reduce((sum, { different }) => sum + different, 0)
const entries = async (action: string) => {
  const text = 'SELECT actor, subject, after FROM audit_entries WHERE action = $1 ORDER BY seq'
  const { rows } = await district.pool.query(text, [action])
  return rows.map(({ after, ...rest }) => ({ ...rest, after: JSON.parse(after) }))
}
const own = {
  ...{ version: 'yixu-90', title: '请先看一看', consent: '我愿意。' },
  points: [{ heading: '为什么问', text: '先听您的。' }],
}

describe('how long answers are kept', () => {
  test('is told at the poster, and is 180 days where nothing else is said', async () => {
    const { rows } = await district.pool.query('SELECT code FROM survey_links LIMIT 1')
    const { body } = await district.call('GET', `/api/s/${rows[0].code}`)
    expect(body).toMatchObject({ retentionDays: 180 })
  })

  test('can be another time only with a notice of its own, which changes with it', async () => {
    const publish = (retentionDays: number, notice?: object) =>
      district.call('POST', '/api/districts/YX/surveys/other/versions', {
        ...{ title: '另一份', retentionDays },
        definition: { ...definition, notice },
      })
    expect((await publish(90)).status).toBe(422)
    expect((await publish(90, own)).status).toBe(201)
    const again = await publish(60, own)
    expect([again.status, again.body.details?.[0]?.message]).toEqual([422, expect.stringContaining('换一个版本号')])
    expect((await publish(60, { ...own, version: 'yixu-60' })).status).toBe(201)
  })

  test('is shortened, and never made longer', async () => {
    const longer = await setStatus('open', 200)
    expect([longer.status, longer.body.code]).toEqual([422, 'retention_longer'])
    expect((await setStatus('open', 30)).status).toBe(200)
    expect((await setStatus('open', 31)).body.code).toBe('retention_longer')
  })
})

test('answers go when their time is over, what they add up to stays, and nobody finds a difference', async () => {
  for (let i = 0; i < 12; i += 1) await district.send(district.make({ device: `phone-${i}` }))
  const sent = district.make()
  const { body } = await district.send(sent)
  await district.send({ ...sent, answers: { ...sent.answers, suggestion: '另一句' } })
  await district.folded()
  const tallies = await district.stored()
  expect([await count('responses'), await count('response_conflicts')]).toEqual([13, 1])
  expect(await count('responses', 'device_hash IS NOT NULL')).toBe(12)

  await setStatus('closed')
  expect(await count('responses', 'device_hash IS NOT NULL')).toBe(0)
  expect(await entries('devices:erase')).toEqual([
    { actor: 'system', subject: 'survey:needs2026', after: { devices: 13 } },
  ])
  // Somebody was still looking at it while the hashes went.
  await district.pool.query(`INSERT INTO response_traces (district_id, survey_code, kind, mark, response_id, at)
    SELECT district_id, survey_code, 'network', 'late', id, now() FROM responses LIMIT 1`)
  await erase(29)
  expect(await count('response_traces', `kind IN ('device', 'network')`)).toBe(0)
  expect(await count('responses')).toBe(13)
  await erase(30)
  await erase(31)
  expect([await count('responses'), await count('response_conflicts')]).toEqual([0, 0])
  expect(await entries('answers:erase')).toEqual([
    { actor: 'system', subject: 'survey:needs2026', after: { version: 1, responses: 13, conflicts: 1 } },
  ])
  expect(await district.stored()).toBe(tallies)
  expect(await differences()).toBe(0)
  await rebuildTallies(district.running.app.db, district.running.app.pg.pool, 1)
  expect([await district.stored(), await differences()]).toEqual([tallies, 0])
  expect((await district.withdraw(body.receipt ?? '')).body.code).toBe('unknown_receipt')
})

test('what was erased is not opened again; its next version is', async () => {
  const again = await setStatus('open')
  expect([again.status, again.body.code]).toEqual([409, 'answers_erased'])
  await district.publish()
  expect((await setStatus('open')).status).toBe(200)
  expect((await district.send(district.make({ version: 2 }))).status).toBe(201)
  await erase(1000)
  expect(await count('responses')).toBe(1)
})

test('device hashes that a dying process left behind go the next night', async () => {
  await district.send(district.make({ version: 2, device: 'phone-x' }))
  await district.pool.query(`UPDATE surveys SET status = 'closed', closed_at = now() WHERE code = 'needs2026'`)
  await erase(0)
  expect(await count('responses', 'device_hash IS NOT NULL')).toBe(0)
})

test('a survey closes on its day although the clock of the database is ahead', async () => {
  await district.pool.query(`UPDATE surveys SET closes_at = now() + interval '9 seconds' WHERE code = 'other'`)
  await closeOnDate(forDistrict(district.running.app.db, 1), 1, 'other', async () => undefined)
  const { rows } = await district.pool.query(`SELECT status FROM surveys WHERE code = 'other'`)
  expect(rows).toEqual([{ status: 'closed' }])
})
