import { setPriority } from 'node:os'
import { workerData } from 'node:worker_threads'
import { forDistrict, onPool, openPool } from '../db/database.ts'
import { carryOut } from '../platform/orders.ts'
import { scoreSome } from './score.ts'

/** A district whose new answers are to be looked at. */
export interface Order {
  districtId: number
}

// On Linux this holds for the calling thread alone: whoever submits or reads goes first. Elsewhere it may be refused.
if (process.platform === 'linux') setPriority(0, 10)

const SLICE_MS = 300
const pool = openPool({ connectionString: workerData.databaseUrl as string, max: 1, connectionTimeoutMillis: 2_000 })
const db = onPool(pool)

carryOut<Order>(
  async ({ districtId }) => ((await scoreSome(forDistrict(db, districtId), districtId, SLICE_MS)) ? 'more' : 'done'),
  () => pool.end(),
)
