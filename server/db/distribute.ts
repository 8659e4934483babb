import pg from 'pg'
import { locks } from './locks.ts'

/** A table as its comment and the catalogue describe it. */
export interface PlacedTable {
  name: string
  kind: 'distributed' | 'reference'
  /** Tables that its foreign keys point at. */
  needs: string[]
  /** Already known to Citus as what it should be. */
  placed: boolean
}

/**
 * Spreads the tables over a Citus cluster as their comments say (`citus:distributed`, `citus:reference`;
 * `citus:local` stays on the coordinator). Without the extension it does nothing, and a second run does nothing.
 * @returns the names of the tables that were placed now
 */
export async function distribute(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  // The statement that fails says so; without a listener the process would end.
  client.on('error', () => undefined)
  await client.connect()
  try {
    const extension = await client.query("select 1 from pg_extension where extname = 'citus'")
    return extension.rowCount ? await inTurn(client, () => placeAll(client)) : []
  } finally {
    await client.end()
  }
}

async function inTurn<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('select pg_advisory_lock($1)', [locks.distribute])
  try {
    return await work()
  } finally {
    await client.query('select pg_advisory_unlock($1)', [locks.distribute])
  }
}

async function placeAll(client: pg.Client): Promise<string[]> {
  const known = await client.query<{ name: string }>(
    `select logicalrelid::regclass::text as name from pg_dist_partition
     where partmethod = 'h' or (partmethod = 'n' and repmodel = 't')`,
  )
  const tables = await readTables(client, new Set(known.rows.map((row) => row.name)))
  let companion = tables.find((table) => table.placed && table.kind === 'distributed')?.name
  const placed: string[] = []
  for (const table of placementOrder(tables)) {
    if (table.kind === 'reference') await client.query('select create_reference_table($1)', [table.name])
    else {
      const words = [table.name, 'district_id', companion ?? 'none']
      await client.query('select create_distributed_table($1, $2, colocate_with => $3)', words)
      companion ??= table.name
    }
    placed.push(table.name)
  }
  return placed
}

/** The tables of the schema whose comments give them a place. */
export async function readTables(client: pg.Client, placed: ReadonlySet<string>): Promise<PlacedTable[]> {
  const { rows } = await client.query<{ name: string; kind: PlacedTable['kind']; needs: string[] }>(
    `select c.oid::regclass::text as name,
       substring(obj_description(c.oid, 'pg_class') from '^citus:(distributed|reference)') as kind,
       array(select distinct f.confrelid::regclass::text from pg_constraint f
             where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as needs
     from pg_class c
     where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
       and obj_description(c.oid, 'pg_class') ~ '^citus:(distributed|reference)'
     order by 1`,
  )
  return rows.map((row) => ({ ...row, placed: placed.has(row.name) }))
}

/**
 * The tables still to be placed, each after those that it points at: Citus refuses a key into a table that it does
 * not know yet. Reference tables come first.
 * @throws {Error} when foreign keys form a circle
 */
export function placementOrder(tables: readonly PlacedTable[]): PlacedTable[] {
  const waiting = tables.filter((table) => !table.placed)
  waiting.sort((a, b) => Number(a.kind === 'distributed') - Number(b.kind === 'distributed'))
  const order: PlacedTable[] = []
  while (waiting.length > 0) {
    const next = waiting.findIndex((table) => !waiting.some((other) => table.needs.includes(other.name)))
    if (next < 0) throw new Error(`foreign keys form a circle: ${waiting.map((table) => table.name).join(', ')}`)
    order.push(...waiting.splice(next, 1))
  }
  return order
}
