import { setPriority } from 'node:os'
import { workerData } from 'node:worker_threads'
import type { Demand } from '../../shared/demand/api.ts'
import { higherDemand, withChances } from '../../shared/demand/higher.ts'
import { forDistrict, onPool, openPool } from '../db/database.ts'
import { carryOut } from '../platform/orders.ts'
import { communityDetails, type SurveyVersion } from './queries.ts'
import { higherSeed, type Round, refreshSome } from './round.ts'

/** What the thread is asked to do: some of a round of refreshing, or the sum of some communities with their parts. */
export type Order =
  | { kind: 'round'; round: Round }
  | { kind: 'sum'; of: SurveyVersion; area: Demand['area']; communities: string[] }

// On Linux this holds for the calling thread alone: whoever submits or reads goes first. Elsewhere it may be refused.
if (process.platform === 'linux') setPriority(0, 10)

const pool = openPool({ connectionString: workerData.databaseUrl as string, max: 1, connectionTimeoutMillis: 2_000 })
const db = onPool(pool)

carryOut<Order>(
  async (order) => (order.kind === 'round' ? String(await refreshed(order.round)) : await sumOf(order)),
  () => pool.end(),
)

async function refreshed(round: Round): Promise<number> {
  return await refreshSome(forDistrict(db, round.districtId), round)
}

async function sumOf({ of, area, communities }: Extract<Order, { kind: 'sum' }>): Promise<string> {
  const own = await communityDetails(forDistrict(db, of.districtId), of, communities)
  const tally = own.reduce((sum, each) => sum + each.tally, 0)
  const higher = higherDemand(
    area,
    own.map(({ demand }) => demand),
  )
  return JSON.stringify(withChances(higher, own, higherSeed(of, tally)))
}
