import { setPriority } from 'node:os'
import type { OpinionOutcome } from '../../shared/deliberations/room.ts'
import { withGroups } from '../../shared/deliberations/with-groups.ts'
import { forDistrict, onPool, openPool } from '../db/database.ts'
import { answerOrders } from '../platform/orders.ts'
import { voteMatrix } from './opinion-queries.ts'

export interface Order {
  databaseUrl: string
  districtId: number
  question: string
  options: string[]
  outcome: OpinionOutcome
  seed: number
}

// On Linux this holds for the calling thread alone: whoever votes or reads goes first. Elsewhere it may be refused.
if (process.platform === 'linux') setPriority(0, 10)

answerOrders(async ({ databaseUrl, districtId, question, options, outcome, seed }: Order): Promise<OpinionOutcome> => {
  const pool = openPool({ connectionString: databaseUrl, max: 1, connectionTimeoutMillis: 2_000 })
  try {
    const matrix = await voteMatrix(forDistrict(onPool(pool), districtId), districtId, question, options)
    return withGroups(outcome, options, matrix, seed)
  } finally {
    await pool.end()
  }
})
