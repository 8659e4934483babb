import { execFile } from 'node:child_process'
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { forDistrict } from '../../server/db/database.ts'
import { audit, auditAll, type Look } from '../../server/platform/audit.ts'
import { hashOf } from '../../server/platform/audit-chain.ts'
import { headsFile, noteHeads, readHeads } from '../../server/platform/audit-heads.ts'
import { verifyChain } from '../../server/platform/audit-verify.ts'
import { type Running, staff, startApp } from '../setup/app.ts'

let running: Running
/** Somebody who may do anything in the database. */
let intruder: pg.Client
beforeAll(async () => {
  running = await startApp()
  const { adminUrl } = inject('database')
  intruder = new pg.Client(Object.assign(new URL(adminUrl), { pathname: new URL(running.databaseUrl).pathname }).href)
  await intruder.connect()
  for (const [id, code] of [
    [1, 'YX'],
    [2, 'LH'],
  ]) {
    const payload = { id, code, name: `${code}区`, demo: false }
    await running.app.inject({ method: 'POST', url: '/api/districts', headers: staff, payload })
  }
})
afterAll(async () => {
  await intruder?.end()
  await running?.stop()
})

const look = (n: number, more: Partial<Look> = {}): Look => ({
  ...{ district: { id: 1 }, actor: 'ann', action: 'PUT /x', subject: `person:${n}`, from: '10.0.0.1 Firefox' },
  ...more,
})
const at = new Date('2026-03-20T08:00:00.123Z')

/** A chain of so many entries in district 1, noted outside the database. */
async function chainOf(n: number): Promise<void> {
  await intruder.query('DELETE FROM audit_entries')
  await rm(headsFile(running.dataDir, 'YX'), { force: true })
  const looks = Array.from({ length: n }, (_, index) =>
    look(index + 1, { before: { role: 'x' }, after: { role: 'y' } }),
  )
  await auditAll(running.app.db, looks, at)
}

const verdict = async (district = 1) => {
  const { heads } = await readHeads(running.dataDir, 'YX')
  return await verifyChain(forDistrict(running.app.db, district), district, district === 1 ? heads : [])
}
const breaks = async () =>
  (await verdict()).breaks.map(
    (one) => `${one.kind} ${'entry' in one ? one.entry.seq : 'head' in one ? one.head.seq : one.seq}`,
  )

/** Writes every hash from this entry on anew, as the program would have. */
async function rehashFrom(seq: number): Promise<void> {
  const { rows } = await intruder.query(
    'SELECT * FROM audit_entries WHERE district_id = 1 AND seq >= $1 ORDER BY seq',
    [seq - 1],
  )
  let previous = rows[0].seq === seq ? Buffer.alloc(32) : rows.shift().hash
  for (const row of rows) {
    const { district_id: district, from_address: from, ...said } = row
    const hash = hashOf(previous, { ...said, district, from })
    const values = [previous, hash, row.seq]
    await intruder.query('UPDATE audit_entries SET previous = $1, hash = $2 WHERE district_id = 1 AND seq = $3', values)
    previous = hash
  }
}

/** What `npm run audit` prints and how it ends. */
function command(...words: string[]): Promise<{ code: number; said: string }> {
  const env = { ...process.env, DATABASE_URL: running.databaseUrl, DATA_DIR: running.dataDir }
  return new Promise((resolve) => {
    execFile(process.execPath, ['dist/server/cli/audit.js', ...words], { env }, (error, said, complaint) => {
      resolve({ code: Number(error?.code ?? 0), said: said + complaint })
    })
  })
}

describe('the chain of a district', () => {
  beforeEach(() => chainOf(20))

  test('is whole as it was written, and of one district alone', async () => {
    await audit(running.app.db, look(1, { district: { id: 2 } }), at)
    expect(await verdict()).toEqual({ entries: 20, breaks: [], since: at })
    expect(await verdict(2)).toEqual({ entries: 1, breaks: [], since: at })
    expect(await command('--verify')).toEqual({
      code: 1,
      said: expect.stringContaining('YX区（YX）：审计记录 20 条，库外存根 0 条，发现 1 处问题'),
    })
    await noteHeads(running.app.db, running.dataDir, at)
    expect(await command('--verify', '--district', 'yx')).toEqual({
      code: 0,
      said: 'YX区（YX）：审计记录 20 条，库外存根 1 条，记录链完整。\n',
    })
  })

  const columns: [column: string, value: string][] = [
    ['at', "at + interval '1 millisecond'"],
    ['at', "'infinity'"],
    ['actor', "'bob'"],
    ['action', "'GET /x'"],
    ['subject', "'person:8'"],
    ['before', '\'{"role":"z"}\''],
    ['after', 'NULL'],
    ['purpose', "''"],
    ['from_address', "'10.0.0.2 Firefox'"],
    ['hash', "decode(repeat('00', 32), 'hex')"],
  ]
  test.each(columns)('shows a changed %s (%s) by its number', async (column, value) => {
    await intruder.query(`UPDATE audit_entries SET ${column} = ${value} WHERE district_id = 1 AND seq = 7`)
    expect((await breaks())[0]).toBe('changed 7')
    expect(await command('--verify', '--district', 'YX')).toEqual({ code: 1, said: expect.stringContaining('第 7 条') })
  })

  test('shows a change that was hashed anew where the next entry no longer hangs on it', async () => {
    await intruder.query(`UPDATE audit_entries SET actor = 'bob' WHERE district_id = 1 AND seq = 7`)
    const { rows } = await intruder.query('SELECT * FROM audit_entries WHERE district_id = 1 AND seq = 7')
    const { district_id: district, from_address: from, previous, ...said } = rows[0]
    const hash = hashOf(previous, { ...said, district, from })
    await intruder.query('UPDATE audit_entries SET hash = $1 WHERE district_id = 1 AND seq = 7', [hash])
    expect(await breaks()).toEqual(['unlinked 8'])
  })

  test('shows a deleted entry by its number, also when those behind were moved up', async () => {
    await intruder.query('DELETE FROM audit_entries WHERE district_id = 1 AND seq = 7')
    expect(await breaks()).toEqual(['missing 7'])
    expect((await command('--verify', '--district', 'YX')).said).toContain('第 7 条不见了')
    await intruder.query('UPDATE audit_entries SET seq = -seq + 100 WHERE district_id = 1 AND seq > 7')
    await intruder.query('UPDATE audit_entries SET seq = 99 - seq WHERE district_id = 1 AND seq > 70')
    expect((await breaks())[0]).toBe('changed 7')
  })

  test('shows an entry that was put in by its number', async () => {
    await intruder.query('UPDATE audit_entries SET seq = 100 + seq WHERE district_id = 1 AND seq > 7')
    await intruder.query('UPDATE audit_entries SET seq = seq - 99 WHERE district_id = 1 AND seq > 100')
    await intruder.query(`INSERT INTO audit_entries (district_id, seq, at, actor, action, subject, previous, hash)
      SELECT 1, 8, at, 'eve', action, subject, hash, hash FROM audit_entries WHERE district_id = 1 AND seq = 7`)
    expect((await breaks())[0]).toBe('changed 8')
  })

  test('is found out by what was noted outside when it was rewritten as a whole, or cut short', async () => {
    await noteHeads(running.app.db, running.dataDir, at)
    await auditAll(running.app.db, [look(21)], at)
    expect(await breaks()).toEqual([])
    await intruder.query(`UPDATE audit_entries SET actor = 'bob' WHERE district_id = 1 AND seq = 7`)
    await rehashFrom(7)
    expect(await breaks()).toEqual(['rewritten 20'])
    const told = await command('--verify', '--district', 'YX')
    expect(told).toEqual({ code: 1, said: expect.stringMatching(/第 20 条.*与存根第 1 行.*被重写/) })
    await intruder.query('DELETE FROM audit_entries WHERE district_id = 1 AND seq > 15')
    expect(await breaks()).toEqual(['cut 20'])
    expect((await command('--verify', '--district', 'YX')).said).toMatch(/第 20 条不见了：存根第 1 行/)
  })
})

describe('what is noted outside the database', () => {
  const lines = async () => (await readFile(headsFile(running.dataDir, 'YX'), 'utf8')).trim().split('\n').length

  test('is one line a day, and one when the server starts or stops and something has happened since', async () => {
    await chainOf(3)
    const { db } = running.app
    const day = (hour: string) => new Date(`2026-11-21T${hour}:00:00+08:00`)
    await noteHeads(db, running.dataDir, day('09'), true)
    await auditAll(db, [look(4)], at)
    await noteHeads(db, running.dataDir, day('23'), true)
    expect(await lines()).toBe(1)
    await noteHeads(db, running.dataDir, new Date('2026-11-22T00:01:00+08:00'), true)
    await noteHeads(db, running.dataDir, day('24'))
    expect(await lines()).toBe(2)
    await auditAll(db, [look(5)], at)
    await noteHeads(db, running.dataDir, new Date('2026-11-22T00:05:00+08:00'))
    expect(await lines()).toBe(3)
    expect((await verdict()).breaks).toEqual([])
  })

  test('is written by the server itself when it stops', async () => {
    const other = await startApp()
    const payload = { id: 1, code: 'YX', name: 'YX区', demo: false }
    await other.app.inject({ method: 'POST', url: '/api/districts', headers: staff, payload })
    await audit(other.app.db, look(1), at)
    await other.app.close()
    const { heads } = await readHeads(other.dataDir, 'YX')
    expect(heads.at(-1)?.seq).toBeGreaterThan(0)
    await other.stop()
  })

  test('is told when somebody has written into it', async () => {
    await chainOf(3)
    await mkdir(dirname(headsFile(running.dataDir, 'YX')), { recursive: true })
    await writeFile(headsFile(running.dataDir, 'YX'), '')
    await noteHeads(running.app.db, running.dataDir, at)
    await appendFile(headsFile(running.dataDir, 'YX'), 'nothing to see\n')
    expect(await command('--verify', '--district', 'YX')).toEqual({ code: 1, said: expect.stringContaining('第 2 行') })
  })
})

describe('adding entries', () => {
  test('from two processes at once keeps one chain', async () => {
    await chainOf(0)
    const script = 'tests/setup/append-audit.ts'
    const append = (who: string) =>
      promisify(execFile)(process.execPath, ['--import', 'tsx', script, running.databaseUrl, who, '150'])
    await Promise.all([append('ann'), append('bob')])
    expect(await verdict()).toMatchObject({ entries: 300, breaks: [] })
    const { rows } = await intruder.query('SELECT actor FROM audit_entries WHERE district_id = 1 ORDER BY seq')
    const turns = rows.filter(({ actor }, index) => index > 0 && actor !== rows[index - 1].actor)
    console.info(`the two took turns ${turns.length} times`)
    expect(new Set(rows.map(({ actor }) => actor))).toEqual(new Set(['ann', 'bob']))
  })

  test('goes with its transaction, and leaves no gap where that was undone', async () => {
    await chainOf(2)
    const undone = forDistrict(running.app.db, 1)
      .transaction()
      .execute(async (transaction) => {
        await audit(transaction, look(3), at)
        throw new Error('undone')
      })
    await expect(undone).rejects.toThrow('undone')
    await audit(running.app.db, look(4), at)
    expect(await verdict()).toMatchObject({ entries: 3, breaks: [] })
  })

  test('keeps names and numbers out, and takes any text', async () => {
    await chainOf(0)
    const before = { name: '王秀英', phone: '13800138000', grants: [{ role: 'courier', code: 'C001' }] }
    const after = { name: '王秀英', phone: '13900139000', note: '打 +8613900139000 找她\0\ud800', contact: '李' }
    const words = { subject: 'phone 13800138000', purpose: '居民 13800138000 来电\0', actor: 'a\ud800' }
    await audit(running.app.db, look(1, { before, after, ...words }), at)
    const { rows } = await intruder.query('SELECT * FROM audit_entries WHERE district_id = 1')
    expect(JSON.stringify(rows[0])).not.toMatch(/王秀英|李|13[89]00/)
    expect(JSON.parse(rows[0].before)).toMatchObject({ name: 'withheld', grants: [{ role: 'courier', code: 'C001' }] })
    expect(JSON.parse(rows[0].after)).toMatchObject({ name: 'same', phone: 'changed', contact: 'withheld' })
    expect(await verdict()).toMatchObject({ entries: 1, breaks: [] })
  })
})

describe('nobody alters the record:', () => {
  const statements = [`UPDATE audit_entries SET actor = 'eve'`, 'DELETE FROM audit_entries', 'TRUNCATE audit_entries']
  test.each(statements)('the server’s own role is refused %s', async (statement) => {
    await expect(running.app.pg.query(statement)).rejects.toMatchObject({ code: '42501' })
  })

  test('no call writes to it', async () => {
    const { paths } = (await running.app.inject({ url: '/openapi.json' })).json()
    const about = Object.entries<object>(paths).filter(([path]) => path.includes('/audit'))
    expect(about.flatMap(([, methods]) => Object.keys(methods))).toEqual(['get', 'get'])
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'] as const) {
      const answer = await running.app.inject({ method, url: '/api/districts/YX/audit', headers: staff, payload: {} })
      expect(answer.statusCode).toBe(404)
    }
  })
})

describe('the auditor', () => {
  beforeAll(async () => {
    await chainOf(0)
    const days = ['2026-11-01T15:59:59Z', '2026-11-01T16:00:00Z', '2026-11-02T15:59:59.999Z', '2026-11-02T16:00:00Z']
    for (const [n, day] of days.entries()) await audit(running.app.db, look(n, { action: `day ${n}` }), new Date(day))
    const looks = Array.from({ length: 230 }, (_, n) =>
      look(n, {
        actor: 'bob',
        action: 'PUT /y',
        subject: n % 2 ? `survey:${n}` : '=HYPERLINK("http://x")',
        after: { n },
      }),
    )
    await auditAll(running.app.db, looks, at)
    await audit(running.app.db, look(1, { district: { id: 2 }, actor: 'zoe' }), at)
  })

  const get = (query: string, path = 'audit') =>
    running.app.inject({ url: `/api/districts/YX/${path}?${query}`, headers: staff })

  test('finds entries by who, what, about what and day, the newest first', async () => {
    const found = async (query: string) =>
      (await get(query)).json().entries.map(({ action }: { action: string }) => action)
    expect(await found('from=2026-11-02&to=2026-11-02')).toEqual(['day 2', 'day 1'])
    expect(await found('action=day%203')).toEqual(['day 3'])
    expect(await found('actor=ann&subject=person:0')).toEqual(['day 0'])
    expect(await found('actor=zoe')).toEqual([])
    expect(await found('subject=%25')).toEqual([])
    expect((await get('subject=survey:229')).json().entries[0]).toMatchObject({ after: { n: 229 }, before: null })
  })

  test('turns the pages without missing an entry or meeting one twice', async () => {
    const seqs: number[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: { entries: { seq: number }[]; next: string | null } = (
        await get(`actor=bob${cursor && `&cursor=${cursor}`}`)
      ).json()
      seqs.push(...page.entries.map(({ seq }) => seq))
      cursor = page.next
    }
    expect(seqs).toEqual(Array.from({ length: 230 }, (_, n) => 234 - n))
  })

  test('takes away a table that no spreadsheet runs, and that is recorded with its purpose', async () => {
    const answer = await get('actor=bob&purpose=%E5%B9%B4%E5%BA%A6%E5%AE%A1%E8%AE%A1', 'audit.csv')
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="audit-YX.csv"/)
    const lines = answer.body.split('\r\n')
    expect(lines).toHaveLength(232)
    expect(lines[0]).toMatch(/^\ufeff"序号"/)
    expect(lines[2]).toContain(`"'=HYPERLINK(""http://x"")"`)
    const [newest] = (await get('')).json().entries
    expect(newest).toMatchObject({
      actor: 'key',
      purpose: '年度审计',
      subject: 'audit',
      after: { filter: { actor: 'bob' } },
    })
    expect((await get('actor=bob', 'audit.csv')).statusCode).toBe(400)
  })

  test.each([
    'actor=%00',
    'cursor=0',
    'cursor=1e9',
    'from=2026-13-01',
    'from=infinity',
    'to=2026-11-02T00:00:00Z',
    'cursor=99999999999999999999',
  ])('is told that %s is no search', async (query) => {
    expect((await get(query)).statusCode).toBe(400)
  })

  test('sees nothing as a resident', async () => {
    for (const path of ['audit', 'audit.csv?purpose=xx']) {
      const headers = { 'x-forwarded-for': '10.0.0.1' }
      expect((await running.app.inject({ url: `/api/districts/YX/${path}`, headers })).statusCode).toBe(401)
    }
  })
})
