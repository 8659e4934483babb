import { workerData } from 'node:worker_threads'
import pg from 'pg'
import { outlive } from '../db/database.ts'
import { carryOut } from '../platform/orders.ts'
import { foldDistrict } from './fold-district.ts'

/** Fold everything that waits in this district; the answer is `done`, or `elsewhere` when another process is at it. */
export interface Order {
  districtId: number
}

const pool = new pg.Pool({ connectionString: workerData.databaseUrl as string, max: 1, query_timeout: 10_000 })
outlive(pool)

carryOut<Order>(
  async ({ districtId }) => ((await foldDistrict(pool, districtId)) ? 'done' : 'elsewhere'),
  () => pool.end(),
)
