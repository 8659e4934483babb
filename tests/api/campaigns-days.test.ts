import { afterAll, beforeAll, expect, test } from 'vitest'
import { up } from '../../migrations/20261122T0410-campaigns.ts'
import { onPool } from '../../server/db/database.ts'
import { chinaDay } from '../../server/platform/china-time.ts'
import { foldDistrict } from '../../server/surveys/fold-district.ts'
import { rebuildTallies } from '../../server/surveys/recount.ts'
import { type OpenDistrict, openDistrict } from './surveys-district.ts'

let district: OpenDistrict
beforeAll(async () => {
  district = await openDistrict(2)
})
afterAll(() => district?.stop())

const differences = async () => (await district.compare()).reduce((sum, { different }) => sum + different, 0)
const stored = async () => {
  const { rows } = await district.pool.query(
    `SELECT community_code AS community, channel, day::text, n FROM coverage_days WHERE district_id = 1 ORDER BY 1, 2, 3`,
  )
  return rows
}
const sent = (community: string) => district.send(district.make({ community }))

test('answers are counted on the day in China on which they came in, and withdrawing takes them out of that day', async () => {
  const { body } = await sent('C001')
  await sent('C001')
  const other = await sent('C002')
  await district.folded()
  const day = chinaDay(new Date())
  const row = (community: string, n: number) => ({ community, channel: 'online', day, n })
  expect(await stored()).toEqual([row('C001', 2), row('C002', 1)])
  // What was folded in on an earlier day is taken out there, not today.
  const { rows } = await district.pool.query(`UPDATE responses SET received_at = received_at - interval '3 days'
    WHERE district_id = 1 AND receipt = '${body.receipt}' RETURNING (received_at AT TIME ZONE 'Asia/Shanghai')::date::text AS day`)
  await rebuildTallies(onPool(district.pool), district.pool, 1)
  const earlier = rows[0].day
  expect(await stored()).toEqual([{ ...row('C001', 1), day: earlier }, row('C001', 1), row('C002', 1)])
  await district.withdraw(body.receipt ?? '')
  await district.withdraw(other.body.receipt ?? '')
  await district.folded()
  expect(await stored()).toEqual([row('C001', 1)])
  expect(await differences()).toBe(0)
})

test('a day that was tampered with is found by the check, and put right by making it anew', async () => {
  await district.folded()
  await district.pool.query('UPDATE coverage_days SET n = n + 1 WHERE district_id = 1')
  expect(await differences()).toBe(1)
  await rebuildTallies(onPool(district.pool), district.pool, 1)
  expect(await differences()).toBe(0)
})

test('answers from before there were days are counted by the migration, whether their entries were folded or still wait', async () => {
  await sent('C002')
  await district.folded()
  const before = await stored()
  // An entry as it was written then: ten places, the day is missing.
  const { rows } = await district.pool.query(
    `SELECT community_code, cell, channel, proxy FROM tallies WHERE district_id = 1 AND community_code = 'C002' LIMIT 1`,
  )
  const { cell, channel } = rows[0]
  const old = ['needs2026', 1, 'C002', cell, channel, rows[0].proxy ? 1 : 0, 'kept', 1, [], 0]
  await district.pool.query('DROP TABLE quotas, contacts, household_slips, campaign_versions, coverage_days')
  await district.pool.query('DROP INDEX responses_slip_idx')
  await onPool(district.pool).transaction().execute(up)
  expect(await stored()).toEqual(before)
  await district.pool.query('INSERT INTO tally_outbox (district_id, entries) VALUES (1, $1)', [JSON.stringify([old])])
  await sent('C001')
  // The application has no right to tables that were made anew behind its back.
  while ((await district.count('tally_outbox')) > 0) await foldDistrict(district.pool, 1)
  const n = (rows: { n: number }[]) => rows.reduce((sum, row) => sum + row.n, 0)
  expect(n(await stored())).toBe(n(before) + 1)
})
