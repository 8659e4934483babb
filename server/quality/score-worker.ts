import { setPriority } from 'node:os'
import { forDistrict, onPool, openPool } from '../db/database.ts'
import { carryOutAlone } from '../platform/orders.ts'
import { scoreSome } from './score.ts'

/** A district whose new answers are to be looked at. */
export interface Order {
  districtId: number
}

export interface Ground {
  databaseUrl: string
}

// Whoever submits or reads goes first. Some machines refuse it.
if (process.platform === 'linux') setPriority(0, 10)

const SLICE_MS = 300

carryOutAlone<Ground, Order>(({ databaseUrl }) => {
  const pool = openPool({ connectionString: databaseUrl, max: 1, connectionTimeoutMillis: 2_000 })
  const db = onPool(pool)
  return {
    work: async ({ districtId }) =>
      (await scoreSome(forDistrict(db, districtId), districtId, SLICE_MS)) ? 'more' : 'done',
    end: () => pool.end(),
  }
})
