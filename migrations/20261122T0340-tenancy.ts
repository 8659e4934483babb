import { type Kysely, sql } from 'kysely'

// Where no district is named nothing is equal to it: no rows, and no error.
const OWN = `district_id = nullif(current_setting('yixu.district', true), '')::integer`

// biome-ignore lint/suspicious/noExplicitAny: a migration must not know today's tables
export async function up(db: Kysely<any>): Promise<void> {
  const tables = await sql<{ name: string }>`
    SELECT oid::regclass::text AS name FROM pg_class
    WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
      AND obj_description(oid, 'pg_class') = 'citus:distributed'
    ORDER BY 1`.execute(db)
  for (const { name } of tables.rows) {
    await sql.raw(`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`).execute(db)
    await sql.raw(`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`).execute(db)
    await sql.raw(`CREATE POLICY own_district ON ${name} USING (${OWN}) WITH CHECK (${OWN})`).execute(db)
  }
}
