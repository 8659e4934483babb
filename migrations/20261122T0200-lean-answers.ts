import { type Kysely, sql } from 'kysely'

// PostgreSQL never looks into counts and entries: as text they are stored and read without being taken apart.
// Whether two sendings are the same is found by comparing them, so nothing needs to be hashed beforehand.
const statements = [
  `ALTER TABLE tallies ALTER COLUMN counts TYPE text USING trim(counts::text, '{}')`,
  `ALTER TABLE tally_outbox ALTER COLUMN entries TYPE text USING entries::text`,
  `ALTER TABLE responses DROP COLUMN content_hash`,
]

// biome-ignore lint/suspicious/noExplicitAny: a migration must not know today's tables
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
