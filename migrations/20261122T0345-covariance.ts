import { type Kysely, sql } from 'kysely'

// How a community's shares vary together; null in a snapshot that was made before and is made anew.
const statement = 'ALTER TABLE demand_snapshots ADD COLUMN covariance json'

// biome-ignore lint/suspicious/noExplicitAny: a migration must not know today's tables
export async function up(db: Kysely<any>): Promise<void> {
  await sql.raw(statement).execute(db)
}
