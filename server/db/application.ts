import pg from 'pg'
import { locks } from './locks.ts'
import { queueGrants } from './queue.ts'

/** The role of everyday work: it owns nothing, and row-level security holds for it. */
export const APPLICATION = 'yixu_app'

// The second word matters on a Citus cluster alone: it has the workers told which district is named.
const LOWERED = `-c role=${APPLICATION} -c citus.propagate_set_commands=local`

/**
 * Gives the application's role what it needs of the newest schema and no more, after making it where that is allowed.
 * Processes that start together take turns.
 * @param appUrl where the application signs in by itself: then the role is the one named there
 * @returns false when there is no such role and none may be made
 */
export async function admitApplication(ownerUrl: string, appUrl?: string): Promise<boolean> {
  const role = appUrl ? decodeURIComponent(new URL(appUrl).username) : APPLICATION
  return await on(ownerUrl, async (client) => {
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [locks.application])
    if (!(await ensureRole(client, role))) return false
    for (const grant of grants(client.escapeIdentifier(role))) await client.query(grant)
    for (const grant of queueGrants(role)) await client.query(grant)
    await client.query('COMMIT')
    return true
  })
}

async function ensureRole(client: pg.Client, role: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])
  if (rowCount) return true
  const mayMake = await client.query<{ may: boolean }>(
    'SELECT rolcreaterole OR rolsuper AS may FROM pg_roles WHERE rolname = current_user',
  )
  if (!mayMake.rows[0]?.may || role !== APPLICATION) return false
  await client.query(`CREATE ROLE ${APPLICATION} NOLOGIN`)
  await client.query(`GRANT ${APPLICATION} TO CURRENT_USER`)
  return true
}

// The audit is added to and read, never changed; the list of migrations is the owner's alone.
const grants = (role: string) => [
  `GRANT USAGE ON SCHEMA public TO ${role}`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`,
  `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${role}`,
  `REVOKE ALL ON kysely_migration, kysely_migration_lock FROM ${role}`,
  `REVOKE UPDATE, DELETE, TRUNCATE ON audit_entries FROM ${role}`,
]

/** Where everyday work connects: at the address given for it, else as the owner's login in the application's role; as the owner itself where it may not take that role. */
export async function applicationUrl(ownerUrl: string, appUrl?: string): Promise<string> {
  if (appUrl) return appUrl
  const lowered = new URL(ownerUrl)
  const options = lowered.searchParams.get('options')
  lowered.searchParams.set('options', `${options ? `${options} ` : ''}${LOWERED}`)
  const refused = (error: { code?: string }) => {
    if (/^(22|28|42|08P01)/.test(error.code ?? '')) return false
    throw error
  }
  return (await on(lowered.href, async () => true).catch(refused)) ? lowered.href : ownerUrl
}

async function on<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 })
  // The statement that fails says so; without a listener the process would end.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
