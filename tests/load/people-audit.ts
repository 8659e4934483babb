import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { forDistrict, onPool, openPool } from '../../server/db/database.ts'
import { createDistrict } from '../../server/places/queries.ts'
import { auditAll, type Look } from '../../server/platform/audit.ts'
import { noteHeads } from '../../server/platform/audit-heads.ts'
import { shippedCatalogue } from '../../shared/places/catalogue.ts'
import { note, report } from './measure.ts'

const bench = 'people'
const ENTRIES = 100_000
const AT_ONCE = 1_000
const LIMIT_S = 30

/** A chain of 100,000 entries is added, and verified by the command as its keeper runs it. */
export async function auditVerify(url: string, dataDir: string): Promise<void> {
  const pool = openPool({ connectionString: url, max: 2 })
  try {
    const db = onPool(pool)
    const district = { id: 9, code: 'AU', name: '审计区', demo: true }
    await forDistrict(db, 9)
      .transaction()
      .execute((one) => createDistrict(one, district, shippedCatalogue()))
    const begun = performance.now()
    for (let n = 0; n < ENTRIES; n += AT_ONCE) await auditAll(db, looks(n), new Date())
    note({ bench, figure: 'audit_append', value: ENTRIES / seconds(begun), unit: 'entries/s', better: 'higher' })
    await noteHeads(db, dataDir, new Date())
  } finally {
    await pool.end()
  }
  const begun = performance.now()
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '' }
  const args = ['--import', 'tsx', 'server/cli/audit.ts', '--verify', '--district', 'AU']
  const { stdout } = await promisify(execFile)(process.execPath, args, { env })
  if (!stdout.includes(`审计记录 ${ENTRIES} 条，库外存根 1 条，记录链完整`)) throw new Error(stdout)
  report({ bench, figure: 'audit_verify', value: seconds(begun), unit: 's', limit: LIMIT_S, better: 'lower' })
}

const seconds = (begun: number): number => (performance.now() - begun) / 1_000

function looks(first: number): Look[] {
  return Array.from({ length: AT_ONCE }, (_, n) => ({
    district: { id: 9 },
    actor: `00000000-0000-4000-8000-${String(n % 200).padStart(12, '0')}`,
    action: 'PUT /api/districts/:district/people/:person/grants',
    subject: `person:00000000-0000-4000-8000-${String(first + n).padStart(12, '0')}`,
    before: { grants: [{ role: 'fieldworker', level: 'community', code: 'C001' }], status: 'active' },
    after: { grants: [{ role: 'secretary', level: 'community', code: 'C001' }], status: 'active' },
    from: '10.0.0.1 Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0',
  }))
}
