import { setTimeout as sleep } from 'node:timers/promises'
import { forDistrict, onPool, openPool } from '../../server/db/database.ts'
import { createDistrict, savePlaces } from '../../server/places/queries.ts'
import { compareTallies } from '../../server/surveys/recount.ts'
import type { Profile } from '../../shared/places/api.ts'
import { shippedCatalogue } from '../../shared/places/catalogue.ts'
import type { Problem } from '../../shared/problem.ts'
import type { Submission } from '../../shared/surveys/api.ts'
import { definition, numbers, submissionOf } from '../load/answers.ts'
import { type Running, staff, startApp } from '../setup/app.ts'

const profile: Profile = {
  asOf: '2026-01-01',
  population: { male: [300, 80, 900, 1500, 700, 120], female: [280, 80, 900, 1550, 750, 160] },
  households: 3000,
  eldersLivingAlone: 100,
  parents: { parent_0_3: 200, parent_4_6: 210, parent_7_12: 400 },
  areaKm2: 0.5,
  buildingYear: 1992,
}

export interface Reply {
  status: number
  body: Problem & { id?: string; receipt?: string; version?: number; withdrawn?: boolean }
  headers: Record<string, unknown>
}

/** A server with one district, YX, that has `size` communities and the shipped questionnaire published as `needs2026`. */
export async function openDistrict(size = 3, settings: Parameters<typeof startApp>[0] = {}) {
  const running = await startApp(settings)
  const communities = Array.from({ length: size }, (_, index) => `C${String(index + 1).padStart(3, '0')}`)
  await settle(running, communities)
  const random = numbers(7)
  const pool = openPool({ connectionString: running.databaseUrl, max: 2, options: '-c yixu.district=1' })
  const db = onPool(pool)

  async function call(method: string, url: string, body?: unknown, headers: object = staff, address = '127.0.0.1') {
    const payload = body as object
    const options = { method: method as 'POST', url, payload, headers: headers as never, remoteAddress: address }
    const reply = await running.app.inject(options)
    return { status: reply.statusCode, body: reply.json(), headers: reply.headers } as Reply
  }

  const stored = async () => {
    const { rows } = await pool.query('SELECT coalesce(sum(n), 0)::int AS n FROM tallies WHERE district_id = 1')
    return rows[0].n as number
  }
  const folded = async () => {
    const waiting = async () => (await pool.query('SELECT 1 FROM tally_outbox WHERE district_id = 1 LIMIT 1')).rowCount
    while (await waiting()) await sleep(20)
  }

  const base = '/api/districts/YX'
  const district = {
    running,
    communities,
    pool,
    call,
    make: (more: Partial<Submission> = {}) => submissionOf(random, communities, more, false),
    send: (submission: unknown, headers: object = {}) =>
      call('POST', `${base}/surveys/needs2026/responses`, submission, headers),
    withdraw: (receipt: string) =>
      call(
        'POST',
        `${base}/withdrawals`,
        { receipt },
        {},
        `10.0.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}`,
      ),
    publish: (body: unknown = { title: '需求调查', definition }, code = 'needs2026') =>
      call('POST', `${base}/surveys/${code}/versions`, body),
    count: async (table: string) => (await pool.query(`SELECT count(*)::int AS n FROM ${table}`)).rows[0].n as number,
    compare: () => compareTallies(db, pool, 1),
    stored,
    folded,
    /** Answers in the tallies, once everything is folded in. */
    counted: async () => {
      await folded()
      return await stored()
    },
    addCommunity: async (code: string, subdistrict = 'S01') => {
      const place = { code, subdistrict, name: `${code}社区`, kind: '', pilot: false, profile }
      await savePlaces(forDistrict(running.app.db, 1), 1, 'communities', [place])
    },
    stop: async () => {
      await pool.end()
      await running.stop()
    },
  }
  const published = await district.publish()
  if (published.status !== 201) throw new Error(JSON.stringify(published.body))
  return district
}

export type OpenDistrict = Awaited<ReturnType<typeof openDistrict>>

async function settle({ app }: Running, communities: string[]): Promise<void> {
  const db = forDistrict(app.db, 1)
  await createDistrict(db, { id: 1, code: 'YX', name: '以需区', demo: false }, shippedCatalogue())
  await savePlaces(db, 1, 'subdistricts', [{ code: 'S01', name: '一街道' }])
  const places = communities.map((code) => ({
    code,
    subdistrict: 'S01',
    name: `${code}社区`,
    kind: '',
    pilot: false,
    profile,
  }))
  await savePlaces(db, 1, 'communities', places)
}
