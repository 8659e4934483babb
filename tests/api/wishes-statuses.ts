import { randomUUID } from 'node:crypto'
import type { OpenDistrict } from './surveys-district.ts'

const base = '/api/districts/{district}'
const sponsor = randomUUID()
const certificate = `GET ${base}/sponsors/{sponsor}/certificate`

export const filledWishes = { sponsor }

/** More wishes than a sheet holds are more than a test makes; the stranger of the test may ask for certificates. */
export const unsentOfWishes: Record<string, string[]> = {
  [`GET ${base}/wishes/wishes.xlsx`]: ['409'],
  [certificate]: ['403'],
}

/** What is counted of wishes, and a certificate before and after there is something to certify. */
export async function askForWishCounts(
  ask: (call: string, asked?: { params?: Record<string, string> }) => Promise<unknown>,
  { pool }: Pick<OpenDistrict, 'pool'>,
): Promise<void> {
  const wish = randomUUID()
  await pool.query(
    `insert into sponsors (district_id, id, name, claim_limit, active, created_at) values (1, $1, '志愿队', 5, true, now())`,
    [sponsor],
  )
  await ask(certificate)
  await ask(certificate, { params: { sponsor: wish } })
  await pool.query(
    `insert into wishes (district_id, id, number, community_code, kind, text, original, cost, state, flags, hardship, publish,
       fallback, supporters, posted_by, revision, created_at, opened_at, changed_at, fulfilled_at)
     values (1, $1, 1000, 'C001', 'goods', '手套', '手套', 'none', 'fulfilled', '[]', false, false, false, 0, 'key', 1, now(),
       now(), now(), now())`,
    [wish],
  )
  await pool.query(
    `insert into claims (district_id, id, wish_id, sponsor_id, person_id, claimed_at, due_on, extended, reminded, ended_at, ended)
     values (1, $1, $2, $3, 'nobody', now(), current_date, false, 0, now(), 'fulfilled')`,
    [randomUUID(), wish, sponsor],
  )
  for (const call of [certificate, `GET ${base}/wishes/statistics`, `GET ${base}/wishes/wishes.xlsx`]) await ask(call)
}
