import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import type { PersonalData } from '../../shared/people/personal-data-api.ts'
import type { Table } from '../../shared/places/table.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import type { Secrets } from '../platform/secrets.ts'
import { type Attempts, attemptsIn } from './attempts.ts'
import { cookieNames, forgetCookies } from './cookies.ts'
import type { Door } from './door.ts'
import { forgetNightly } from './forget.ts'
import { type Passwords, passwordsWith } from './passwords.ts'
import { administratorExists } from './queries.ts'
import { type Sessions, sessionsOf } from './sessions.ts'
import { slipReader } from './slips.ts'

type ReadSheet = (sheet: string, file: Buffer) => Promise<Table>

/** A number and the accounts that belong to it. */
export interface Whose {
  districtId: number
  persons: string[]
  phone: string | null
}

export interface Elsewhere {
  held(db: Db, whose: Whose): Promise<PersonalData['elsewhere']>
  forget(db: Db, whose: Whose): Promise<void>
}

/** What accounts need while the server runs. */
export interface People {
  db: Kysely<Tables>
  secrets: Secrets
  cookies: { session: string; second: string }
  /** Cookies that make the browser forget ours. */
  leave(): string[]
  attempts: Attempts
  passwords: Passwords
  /** The library behind sign-in; loaded when it is first needed, since a server that only takes answers has no use for it. */
  door(): Promise<Door>
  sessions: Sessions
  /** Reads the sheet of this name, or the first one, of an uploaded file. @throws {Refusal} badImportFile */
  readSheet: ReadSheet
  /** What other rooms hold about somebody goes in the commit that erases them: each adds how. */
  erasing: ((db: Db, districtId: number, personId: string) => Promise<void>)[]
  /** Rooms that are also asked by number: each adds how it tells what it holds, and how it forgets it. */
  elsewhere: Elsewhere[]
  administrator: {
    exists(): boolean
    /** Looks again, where one may just have been made. */
    look(): Promise<void>
  }
}

declare module 'fastify' {
  interface FastifyInstance {
    people: People
  }
}

/** How often the desk that is still open looks whether another process has made an administrator. */
const LOOK_MS = 2_000

/** Adds `app.people`. */
export async function openPeople(app: FastifyInstance, readSheet: ReadSheet): Promise<void> {
  const { db, secrets } = app
  const secure = app.publicUrl?.startsWith('https://') ?? false
  const passwords = passwordsWith(slipReader(secrets))
  const secret = secrets.hashed('sign-in', 'cookies and second factors').toString('base64')
  const door = once(async () => {
    const [{ makeAuth }, { doorOf }] = await Promise.all([import('./auth.ts'), import('./door.ts')])
    return doorOf(makeAuth({ db, secret, secure, passwords }), secure)
  })
  const administrator = await watchForAdministrator(app)
  forgetNightly(app)
  // Better now than while the first of a morning waits and answers come in.
  if (administrator.exists()) await door()
  app.decorate('people', {
    ...{ db, secrets, passwords, door, administrator, readSheet },
    erasing: [],
    elsewhere: [],
    cookies: cookieNames(secure),
    leave: () => forgetCookies(secure),
    attempts: attemptsIn(db, secrets),
    sessions: sessionsOf({ db, pool: app.pg.pool, secret }, door),
  })
}

/** The desk is open to the server's own machine until there is an administrator; from then on nothing opens it again. */
async function watchForAdministrator(app: FastifyInstance): Promise<People['administrator']> {
  let exists = await administratorExists(app.db)
  const look = async () => {
    exists = exists || (await administratorExists(app.db))
    if (exists) clearInterval(timer)
  }
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS)
  timer.unref()
  if (exists) clearInterval(timer)
  app.addHook('onClose', async () => clearInterval(timer))
  return { exists: () => exists, look }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
