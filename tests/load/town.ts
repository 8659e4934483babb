import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { buildApp } from '../../server/app.ts'
import { admitApplication } from '../../server/db/application.ts'
import { forDistrict, openPool } from '../../server/db/database.ts'
import { startEmbedded } from '../../server/db/embedded.ts'
import { migrate } from '../../server/db/migrate.ts'
import { createDistrict, savePlaces } from '../../server/places/queries.ts'
import { extraServices, shippedCatalogue } from '../../shared/places/catalogue.ts'
import { definition } from './answers.ts'

export const SURVEY = 'needs2026'
export const COMMUNITIES = 105
const SUBDISTRICTS = 8

/** A server in this process, so that the time of an answer is the server's alone, on a district as large as the demo. */
export interface Town {
  app: FastifyInstance
  pool: pg.Pool
  communities: string[]
  pick<T>(list: readonly T[]): T
  /** A number somewhere about this one. */
  count(about: number): number
  /** What a call answers. @throws {Error} when it is refused */
  must(method: 'GET' | 'POST', path: string, payload?: object): Promise<string>
  inOneClient(work: (client: pg.PoolClient) => Promise<void>): Promise<void>
  /** Waits until the thread has worked out the demand of every community: it must not take part in what is measured. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** `random` draws numbers in [0, 1). The survey is published; nobody has answered it yet. */
export async function openTown(random: () => number): Promise<Town> {
  const dataDir = await mkdtemp(join(tmpdir(), 'yixu-bench-'))
  const embedded = await startEmbedded({ dataDir })
  await migrate(embedded.url)
  await admitApplication(embedded.url)
  const staffKey = randomBytes(24).toString('base64url')
  const settings = { host: '127.0.0.1', port: 0, dataDir, seed: 'none', desk: 'loopback', logLevel: 'warn' } as const
  const app = await buildApp({ ...settings, staffKey, databaseUrl: embedded.appUrl })
  const pool = openPool({ connectionString: embedded.url, max: 2, options: '-c yixu.district=1' })
  const must = mustOf(app, staffKey)
  const count = (about: number) => Math.round(about * (0.7 + 0.6 * random()))
  const communities = await settle(app, count)
  await must('POST', `surveys/${SURVEY}/versions`, { title: '需求调查', definition })
  return {
    ...{ app, pool, communities, count, must },
    pick: (list) => list[Math.floor(random() * list.length)] as (typeof list)[number],
    inOneClient: (work) => inOneClient(pool, work),
    settled: () => settled(pool),
    async close() {
      await app.close()
      await pool.end()
      await embedded.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function mustOf(app: FastifyInstance, key: string): Town['must'] {
  return async (method, path, payload) => {
    const headers = { authorization: `Bearer ${key}` }
    const reply = await app.inject({ method, url: `/api/districts/YX/${path}`, payload, headers })
    if (reply.statusCode >= 300) throw new Error(`${path}: ${reply.body}`)
    return reply.body
  }
}

async function settle(app: FastifyInstance, count: Town['count']): Promise<string[]> {
  const db = forDistrict(app.db, 1)
  await createDistrict(db, { id: 1, code: 'YX', name: '压测区', demo: true }, shippedCatalogue(extraServices))
  const subdistricts = Array.from({ length: SUBDISTRICTS }, (_, at) => ({ code: `S${at}`, name: `${at}街道` }))
  await savePlaces(db, 1, 'subdistricts', subdistricts)
  const codes = Array.from({ length: COMMUNITIES }, (_, at) => `C${String(at + 1).padStart(3, '0')}`)
  const bands = () => [800, 200, 1300, 1900, 1000, 200].map(count)
  const communities = codes.map((code, at) => ({
    ...{ code, subdistrict: `S${at % SUBDISTRICTS}`, name: `${code}社区`, kind: '', pilot: false },
    profile: {
      asOf: '2026-01-01',
      population: { male: bands(), female: bands() },
      households: count(2_800),
      eldersLivingAlone: count(200),
      parents: { parent_0_3: count(300), parent_4_6: count(280), parent_7_12: count(500) },
      areaKm2: 0.3,
      buildingYear: 1995,
    },
  }))
  await savePlaces(db, 1, 'communities', communities)
  return codes
}

async function inOneClient(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await work(client)
    await client.query('COMMIT')
  } finally {
    // A connection with an open transaction is not used again.
    client.release(true)
  }
}

async function settled(pool: pg.Pool): Promise<void> {
  for (;;) {
    const { rows } = await pool.query(`SELECT count(*)::int AS stale FROM tally_versions t
      LEFT JOIN demand_snapshots s ON s.district_id = t.district_id AND s.survey_code = t.survey_code
        AND s.version = t.version AND s.community_code = t.community_code AND s.review = 'kept'
      WHERE t.district_id = 1 AND t.tally_version IS DISTINCT FROM s.tally_version`)
    if (rows[0].stale === 0) return
    await sleep(100)
  }
}
