import type pg from 'pg'

/** What names the district of the open transaction. @throws {RangeError} when it is no integer */
export function nameDistrict(districtId: number): string {
  if (!Number.isInteger(districtId)) throw new RangeError(`${districtId} is no district`)
  // Not set_config(): on a Citus cluster only the statement is passed on to the workers.
  return `SET LOCAL yixu.district = ${districtId}`
}

/**
 * One statement about one district, committed by itself. On a pipelined connection nothing waits for an answer in between,
 * so it costs one way to the database and back.
 */
export async function queryIn<R extends pg.QueryResultRow>(
  pool: pg.Pool,
  districtId: number,
  query: pg.QueryConfig,
): Promise<pg.QueryResult<R>> {
  const begin = `BEGIN; ${nameDistrict(districtId)}`
  const client = await pool.connect()
  try {
    return await enclosed(client.query(begin), client.query<R>(query), client.query('COMMIT'))
  } finally {
    client.release()
  }
}

/**
 * The answer, once it is committed. All three are waited for, so that the connection is free again; after a failure
 * PostgreSQL makes of the COMMIT a ROLLBACK.
 */
export async function enclosed<T>(begun: Promise<unknown>, asked: Promise<T>, ended: Promise<unknown>): Promise<T> {
  await Promise.allSettled([begun, asked, ended])
  const answer = await asked
  await Promise.all([begun, ended])
  return answer
}

/** Runs `work` on one connection and rolls back where it fails; a connection that broke is not used again. */
export async function onConnection<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    return await work(client)
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.release(broken)
  }
}
