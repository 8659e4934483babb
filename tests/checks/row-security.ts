import type pg from 'pg'

/** What row-level security lets the application see of one table, and do to it. */
export interface Sight {
  table: string
  /** Rows seen where no district is named, and where its name is empty. */
  unnamed: number
  own: number
  foreign: number
  /** Ways in which a row of another district could be written. */
  written: string[]
}

const DISTRIBUTED = `
  SELECT c.oid, c.oid::regclass::text AS name, c.relrowsecurity AND c.relforcerowsecurity AS guarded FROM pg_class c
  WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
    AND obj_description(c.oid, 'pg_class') = 'citus:distributed'
  ORDER BY 2`

/** Tables of districts, read from the database so that a new one cannot be forgotten, that do not guard their rows from their owner as well. */
export async function unguarded(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`SELECT name FROM (${DISTRIBUTED}) t WHERE NOT guarded`)
  return rows.map(({ name }) => name)
}

/** What gives the role that this connection works in more than the application may have. */
export async function privileges(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ super: boolean; bypasses: boolean; owned: number; truncates: number }>(
    `SELECT rolsuper AS super, rolbypassrls AS bypasses,
       (SELECT count(*)::int FROM pg_class WHERE pg_has_role(current_user, relowner, 'MEMBER')) AS owned,
       (SELECT count(*)::int FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
         AND has_table_privilege(oid, 'TRUNCATE')) AS truncates
     FROM pg_roles WHERE rolname = current_user`,
  )
  return Object.entries(rows[0]!).flatMap(([name, has]) => (has ? [name] : []))
}

/**
 * Puts a row of two districts into every table of districts, looks at them in the role of the application, and takes
 * everything back. `client` is the superuser's.
 */
export async function sights(client: pg.ClientBase, role: string): Promise<Sight[]> {
  await client.query('BEGIN')
  try {
    const { rows } = await client.query<{ name: string }>(DISTRIBUTED)
    for (const { name } of rows) await plant(client, name)
    await client.query(`SET LOCAL ROLE ${role}`)
    const found: Sight[] = []
    for (const { name } of rows) found.push(await sightOf(client, name))
    return found
  } finally {
    await client.query('ROLLBACK')
  }
}

const OWN = 90_001
const FOREIGN = 90_002

const VALUES: Record<string, string> = {
  text: `'x'`,
  smallint: '1',
  integer: '1',
  bigint: '1',
  boolean: 'true',
  'double precision': '1',
  'timestamp with time zone': 'now()',
  date: 'current_date',
  uuid: 'gen_random_uuid()',
  bytea: `'\\x00'`,
  json: `'{}'`,
  jsonb: `'{}'`,
}

/** What rows say does not matter here: neither checks nor foreign keys are asked. */
async function plant(client: pg.ClientBase, table: string): Promise<void> {
  await client.query('SET LOCAL session_replication_role = replica')
  const checks = await client.query<{ conname: string }>(
    `SELECT conname FROM pg_constraint WHERE conrelid = '${table}'::regclass AND contype = 'c'`,
  )
  for (const { conname } of checks.rows) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT "${conname}"`)
  for (const district of [OWN, FOREIGN]) await client.query(await insertInto(client, table, district))
}

async function insertInto(client: pg.ClientBase, table: string, district: number): Promise<string> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
     WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = '' AND attgenerated = '' ORDER BY attnum`,
  )
  const values = rows.map(({ name, type }) => (name === 'district_id' ? String(district) : VALUES[type]))
  const strange = rows.find((_, index) => values[index] === undefined)
  if (strange) throw new Error(`what goes into ${table}.${strange.name}, a ${strange.type}?`)
  return `INSERT INTO ${table} (${rows.map(({ name }) => name).join()}) VALUES (${values.join()})`
}

async function sightOf(client: pg.ClientBase, table: string): Promise<Sight> {
  const count = async (where = 'true') =>
    (await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table} WHERE ${where}`)).rows[0]!.n
  await client.query('RESET yixu.district')
  const unset = await count()
  await client.query(`SET LOCAL yixu.district = ''`)
  const unnamed = unset + (await count())
  await client.query(`SET LOCAL yixu.district = ${OWN}`)
  const attempts = [
    `${await insertInto(client, table, FOREIGN)} RETURNING 1`,
    `UPDATE ${table} SET district_id = ${FOREIGN} RETURNING 1`,
    `UPDATE ${table} SET district_id = ${OWN} WHERE district_id = ${FOREIGN} RETURNING 1`,
    `DELETE FROM ${table} WHERE district_id = ${FOREIGN} RETURNING 1`,
  ]
  const written: string[] = []
  for (const attempt of attempts) if (await succeeds(client, attempt)) written.push(attempt)
  return {
    table,
    unnamed,
    own: await count(`district_id = ${OWN}`),
    foreign: await count(`district_id <> ${OWN}`),
    written,
  }
}

async function succeeds(client: pg.ClientBase, statement: string): Promise<boolean> {
  await client.query('SAVEPOINT attempt')
  const changed = await client.query(statement).then(
    ({ rowCount }) => (rowCount ?? 0) > 0,
    (error: { code?: string }) => {
      // Not permitted, by a policy or because the role may not change the table at all.
      if (error.code === '42501') return false
      throw error
    },
  )
  await client.query('ROLLBACK TO attempt')
  return changed
}
