import { workerData } from 'node:worker_threads'
import { openPool } from '../db/database.ts'
import { carryOut } from '../platform/orders.ts'
import { foldDistrict } from './fold-district.ts'

/** Fold everything that waits in this district; the answer is `done`, or `elsewhere` when another process is at it. */
export interface Order {
  districtId: number
}

const pool = openPool({ connectionString: workerData.databaseUrl as string, max: 1, query_timeout: 10_000 })

carryOut<Order>(
  async ({ districtId }) => ((await foldDistrict(pool, districtId)) ? 'done' : 'elsewhere'),
  () => pool.end(),
)
