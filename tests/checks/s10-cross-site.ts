import type { Case } from './fuzz-cases.ts'
import type { Operation } from './fuzz-operations.ts'
import { sendAll } from './fuzz-send.ts'
import type { House } from './house.ts'
import { passing } from './s1.ts'
import { requestFor } from './s1-ask.ts'
import type { Staff } from './staff.ts'

/** What a browser says when a page of somebody else's asks, or says nothing at all. */
const foreign: Record<string, string>[] = [
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'none' },
  { 'sec-fetch-site': 'cross-site', origin: 'http://127.0.0.1' },
  { origin: 'https://elsewhere.example' },
  { origin: 'null' },
  {},
]

/** Every call that changes anything, with a good session and a good body, as another site would have a browser make it. */
export async function crossSite(house: House, { administrator, place }: Staff, operations: Operation[]) {
  const changing = operations.filter(({ method }) => method !== 'GET')
  const cookie = administrator.headers.cookie ?? ''
  const cases = changing.flatMap((operation) => {
    const { method, path, body } = requestFor(operation, place)
    const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body))
    // A form of another site sends its words as plain text.
    const types = bytes ? ['application/json', 'text/plain'] : ['']
    return foreign.flatMap((headers) =>
      types.map((type): Case => {
        const sent = { ...headers, cookie, ...(type ? { 'content-type': type } : {}) }
        return { method, path, body: bytes, headers: sent, staff: false, sound: true }
      }),
    )
  })
  const before = await everything(house)
  const taken: string[] = []
  await sendAll(house, cases, ({ method, path, headers }, { status, body }) => {
    const { code } = JSON.parse(body.toString() || '{}') as { code?: string }
    if (status === 403 && code === 'cross_site') return
    taken.push(
      `${method} ${path} from ${headers['sec-fetch-site'] ?? headers.origin ?? 'who knows'}: ${status} ${code}`,
    )
  })
  const changed = (await everything(house)).filter((line) => !before.includes(line))
  return { calls: changing.length, taken, changed }
}

/** A line for each table with all that it holds; when somebody was last seen is nobody's doing. */
export async function everything(house: House): Promise<string[]> {
  return await house.inDatabase(async (pool) => {
    const { rows: tables } = await pool.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
    )
    const lines: string[] = []
    for (const { name } of tables.filter((table) => !passing.includes(table.name))) {
      const { rows } = await pool.query<{ sum: string }>(
        `SELECT count(*) || ' ' || md5(coalesce(string_agg(r, '' ORDER BY r), '')) AS sum
         FROM (SELECT (to_jsonb(t) - 'last_seen_at' - 'updated_at' - 'expires_at')::text AS r FROM "${name}" t) AS rows`,
      )
      lines.push(`${name} ${rows[0]?.sum}`)
    }
    return lines
  })
}
