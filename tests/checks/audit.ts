import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { onPool } from '../../server/db/database.ts'
import { compareTallies } from '../../server/surveys/recount.ts'
import { type Figure, none } from './check.ts'
import type { House } from './house.ts'
import type { Storm } from './storm.ts'

type Acknowledged = Pick<Storm, 'answers' | 'receipts' | 'faults'>

interface Row {
  id: string
  receipt: string
  answers: string
}

/** Holds what was acknowledged against what is stored. */
export async function auditStorm(house: House, { answers, receipts, faults }: Acknowledged): Promise<Figure[]> {
  const rows = await house.inDatabase(async (pool) => {
    const text = 'SELECT id, receipt, answers::text AS answers FROM responses WHERE district_id = 1 AND id = ANY ($1)'
    return (await pool.query<Row>(text, [[...answers.keys()]])).rows
  })
  const stored = new Map(rows.map((row) => [row.id, row]))
  const ids = [...answers.keys()]
  const changed = rows.filter((row) => row.answers !== answers.get(row.id))
  const strange = ids.filter((id) => [...(receipts.get(id) ?? [])].some((one) => one !== stored.get(id)?.receipt))
  return [
    none('lost', ids.filter((id) => !stored.has(id)).length),
    none('doubled', rows.length - stored.size + rows.length - new Set(rows.map(({ receipt }) => receipt)).size),
    none('changed', changed.length),
    none('other_receipt', strange.length),
    none('faults', faults.length),
  ]
}

/** At rest, every tally is what a recount of the answers says. */
export async function recounted(house: House): Promise<{ different: number; responses: number }> {
  return await house.inDatabase(async (pool) => {
    await settled(pool)
    const all = await compareTallies(onPool(pool), pool, 1)
    const sum = (of: 'different' | 'responses') => all.reduce((total, one) => total + one[of], 0)
    return { different: sum('different'), responses: sum('responses') }
  })
}

/** Waits until nothing waits to be folded in. @throws {Error} when that never comes */
async function settled(pool: pg.Pool): Promise<void> {
  const until = performance.now() + 60_000
  for (;;) {
    const { rows } = await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM tally_outbox')
    if (rows[0]?.n === 0) return
    if (performance.now() > until) throw new Error('the tallies were not folded in within a minute')
    await sleep(50)
  }
}
