import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import type {} from './global.ts'

/** A database of one's own, with the newest schema and nothing in it. */
export interface DatabaseCopy {
  /** As the owner of the schema, who sees no more rows than anybody until a district is named. */
  url: string
  /** As the application. */
  appUrl: string
  drop(): Promise<void>
}

/** Copies the migrated template; `drop` removes the copy even while something is still connected. */
export async function copyDatabase(): Promise<DatabaseCopy> {
  const { adminUrl, url, appUrl, template, failure } = inject('database')
  if (failure) throw new Error(`the template database is not migrated: ${failure}`)
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asAdmin(adminUrl, `create database ${name} template ${template} owner yixu`)
  return {
    url: Object.assign(new URL(url), { pathname: `/${name}` }).href,
    appUrl: Object.assign(new URL(appUrl), { pathname: `/${name}` }).href,
    drop: () => asAdmin(adminUrl, `drop database if exists ${name} with (force)`),
  }
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
