import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import pg from 'pg'
import type { Demand } from '../../shared/demand/api.ts'
import { higherDemand } from '../../shared/demand/higher.ts'
import { onPool, outlive } from '../db/database.ts'
import { communityDetails, type SurveyVersion } from './queries.ts'
import { type Round, refreshRound } from './round.ts'

/** What the thread is asked to do: a round of refreshing, or the sum of some communities with their parts. */
export type Order =
  | { id: number; kind: 'round'; round: Round }
  | { id: number; kind: 'sum'; of: SurveyVersion; area: Demand['area']; communities: string[] }

export type Done = { id: number; json: string } | { id: number; error: string }

// On Linux this holds for the calling thread alone: whoever submits or reads goes first. Elsewhere it may be refused.
if (process.platform === 'linux') setPriority(0, 10)

const pool = new pg.Pool({ connectionString: workerData.databaseUrl as string, max: 1, connectionTimeoutMillis: 2_000 })
outlive(pool)
const db = onPool(pool)

parentPort?.on('message', async (order: Order | 'stop') => {
  if (order === 'stop') {
    await pool.end()
    parentPort?.close()
    return
  }
  try {
    const json = order.kind === 'round' ? String(await refreshRound(db, order.round)) : await sumOf(order)
    parentPort?.postMessage({ id: order.id, json } satisfies Done)
  } catch (error) {
    const said = error as { code?: string; message?: string }
    parentPort?.postMessage({ id: order.id, error: said.code ?? said.message ?? 'failed' } satisfies Done)
  }
})

async function sumOf({ of, area, communities }: Extract<Order, { kind: 'sum' }>): Promise<string> {
  const wanted = new Set(communities)
  const demands = await communityDetails(db, of)
  return JSON.stringify(
    higherDemand(
      area,
      demands.filter((demand) => wanted.has(demand.area.code)),
    ),
  )
}
