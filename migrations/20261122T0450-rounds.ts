import { type Kysely, sql } from 'kysely'

const statements = [
  `ALTER TABLE survey_versions ADD COLUMN round integer NOT NULL DEFAULT 1
    CONSTRAINT survey_versions_round_check CHECK (round >= 1)`,
  // How questions and choices of the version before continue in this one; null where there is none, or nobody said so.
  `ALTER TABLE survey_versions ADD COLUMN mapping json`,
  // Whether answers to the version before count on in this one; settled at publication, as is the mapping.
  `ALTER TABLE survey_versions ADD COLUMN counts_on boolean NOT NULL DEFAULT false`,
  `ALTER TABLE survey_versions ADD COLUMN published_by text`,
]

// biome-ignore lint/suspicious/noExplicitAny: a migration must not know today's tables
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
