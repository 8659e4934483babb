import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { up } from '../../migrations/20261122T0350-personal-data.ts'
import { onPool, openPool } from '../../server/db/database.ts'
import { copyDatabase, type DatabaseCopy } from '../setup/database.ts'

let copy: DatabaseCopy
let pool: pg.Pool
beforeAll(async () => {
  copy = await copyDatabase()
  pool = openPool({ connectionString: copy.url, max: 1 })
})
afterAll(async () => {
  await pool?.end()
  await copy?.drop()
})

/** As it was before. */
const before = `
  ALTER TABLE survey_versions DROP COLUMN retention_days, DROP COLUMN erased_at;
  ALTER TABLE surveys DROP COLUMN closed_at;
  ALTER TABLE people DROP CONSTRAINT people_kind_check, ADD CONSTRAINT people_kind_check CHECK (kind IN ('staff', 'resident'));`

const surveys = (district: number) => `
  SET yixu.district = ${district};
  INSERT INTO districts (id, code, name) VALUES (${district}, 'A${'AB'[district - 1]}', '区');
  INSERT INTO surveys (district_id, code, title, status, current_version, created_at) VALUES
    (${district}, 'old', '旧', 'closed', 1, '2026-01-01'), (${district}, 'new', '新', 'open', 1, '2026-01-01');
  INSERT INTO survey_versions (district_id, survey_code, version, definition, published_at) VALUES
    (${district}, 'old', 1, '{}', '2026-01-01');
  RESET yixu.district;`

test('surveys that were closed before there was a retention begin theirs now, in every district', async () => {
  await pool.query(before + surveys(1) + surveys(2))
  const begun = Date.now()
  await onPool(pool).transaction().execute(up)
  for (const district of [1, 2]) {
    await pool.query(`SET yixu.district = ${district}`)
    const { rows } = await pool.query('SELECT code, closed_at FROM surveys ORDER BY code')
    expect(rows).toEqual([
      { code: 'new', closed_at: null },
      { code: 'old', closed_at: expect.any(Date) },
    ])
    expect(rows[1].closed_at.getTime()).toBeGreaterThan(begun - 60_000)
    const versions = await pool.query('SELECT retention_days, erased_at FROM survey_versions')
    expect(versions.rows).toEqual([{ retention_days: 180, erased_at: null }])
  }
})
