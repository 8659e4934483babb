import { randomFillSync } from 'node:crypto'
import { receiptCode } from '../../shared/surveys/receipt.ts'

const BYTES = 12
const pool = Buffer.alloc(BYTES * 512)
let used = pool.length

/** A new receipt of the district. Randomness is fetched for some hundred at a time: one by one it costs more than the code itself. */
export function newReceipt(district: string): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const random = pool.subarray(used, used + BYTES)
  used += BYTES
  return receiptCode(district, random)
}
