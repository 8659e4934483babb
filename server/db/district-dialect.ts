import { CompiledQuery, type DatabaseConnection, type Dialect, type Driver, PostgresDialect } from 'kysely'
import type pg from 'pg'
import { enclosed, nameDistrict } from './district.ts'

/** Kysely's PostgreSQL, every statement of which runs in a transaction that names the district first. */
export function districtDialect(pool: pg.Pool, districtId: number): Dialect {
  const dialect = new PostgresDialect({ pool })
  return {
    createAdapter: () => dialect.createAdapter(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createDriver: () => naming(dialect.createDriver(), nameDistrict(districtId)),
  }
}

interface Named extends DatabaseConnection {
  plain: DatabaseConnection
  /** A transaction is open that has named its district. */
  open: boolean
}

function naming(driver: Driver, name: string): Driver {
  const of = (connection: DatabaseConnection) => connection as Named
  const ending = (connection: DatabaseConnection) => Object.assign(of(connection), { open: false }).plain
  return {
    init: () => driver.init(),
    destroy: () => driver.destroy(),
    acquireConnection: async () => named(await driver.acquireConnection(), name),
    releaseConnection: (connection) => driver.releaseConnection(of(connection).plain),
    beginTransaction: async (connection, settings) => {
      const { plain } = of(connection)
      await Promise.all([driver.beginTransaction(plain, settings), plain.executeQuery(CompiledQuery.raw(name))])
      of(connection).open = true
    },
    commitTransaction: (connection) => driver.commitTransaction(ending(connection)),
    rollbackTransaction: (connection) => driver.rollbackTransaction(ending(connection)),
    savepoint: async (connection, ...rest) => driver.savepoint?.(of(connection).plain, ...rest),
    rollbackToSavepoint: async (connection, ...rest) => driver.rollbackToSavepoint?.(of(connection).plain, ...rest),
    releaseSavepoint: async (connection, ...rest) => driver.releaseSavepoint?.(of(connection).plain, ...rest),
  }
}

function named(plain: DatabaseConnection, name: string): Named {
  const run = <R>(query: CompiledQuery) => plain.executeQuery<R>(query)
  const begin = CompiledQuery.raw(`BEGIN; ${name}`)
  const commit = CompiledQuery.raw('COMMIT')
  const connection: Named = {
    plain,
    open: false,
    executeQuery: <R>(query: CompiledQuery) =>
      connection.open ? run<R>(query) : enclosed(run(begin), run<R>(query), run(commit)),
    streamQuery: () => {
      throw new Error('a stream outlives the transaction of one statement')
    },
  }
  return connection
}
