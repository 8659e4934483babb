import { randomUUID } from 'node:crypto'
import type { OpenDistrict } from './surveys-district.ts'

const wishes = '/api/districts/{district}/wishes'
const also = `POST ${wishes}/{wish}/supporters`
const body = { ticket: 't'.repeat(43) }

export const soundBoard: Record<string, object> = { [also]: body }

/** More press from one address than a test sends. */
export const unsentOfBoard: Record<string, string[]> = { [also]: ['429'] }

interface Sent {
  params?: Record<string, string>
  body?: unknown
  headers?: Record<string, string>
  address?: string
}

/** What everybody reads of wishes, and 我也想 before and after somebody has claimed one. */
export async function askForBoard(
  ask: (call: string, sent?: Sent) => Promise<unknown>,
  { pool }: Pick<OpenDistrict, 'pool'>,
): Promise<void> {
  for (const page of ['', '/event', '/places', '/fulfilled']) await ask(`GET ${wishes}${page}`)
  const params = { wish: randomUUID() }
  const stranger = { headers: {}, address: '10.0.0.9', params }
  await ask(also, { ...stranger, body })
  await pool.query(
    `insert into wishes (district_id, id, number, community_code, kind, text, original, cost, state, flags, hardship, publish,
       fallback, supporters, posted_by, revision, created_at, opened_at, changed_at)
     values (1, $1, 1001, 'C001', 'goods', '雨衣', '雨衣', 'none', 'open', '[]', false, false, false, 0, 'key', 1, now(), now(), now())`,
    [params.wish],
  )
  await ask(`GET ${wishes}/{wish}`, { params })
  await ask(also, { ...stranger, body })
  await pool.query(`update wishes set state = 'claimed' where district_id = 1 and id = $1`, [params.wish])
  await ask(also, { ...stranger, body: { ticket: 'u'.repeat(43) } })
}
