import type { Pool } from 'pg'
import type { Me, Session } from '../../shared/people/api.ts'
import { type Grant, isAdministrator } from '../../shared/people/roles.ts'
import type { Db } from '../db/database.ts'
import type { SignedIn } from './caller.ts'
import type { Door, Origin } from './door.ts'
import { type Account, accountById, personWithGrants, seen } from './queries.ts'
import { type Looked, quickLook } from './session-look.ts'
import { isUsedSlip } from './slips.ts'

/** However busy somebody is, after this they sign in anew. */
const LONGEST_MS = 12 * 3_600_000
/** What was found about a session counts this long: other processes hear of its end no later. */
const KEPT_MS = 4_000
const MOST_KEPT = 2_000

interface Found {
  person: SignedIn
  /** To be handed to the browser, now and then, so that its cookie lives as long as the session. */
  cookies: string[]
}

/** What is looked at, and what the cookies are signed with. */
interface Ground {
  db: Db
  pool: Pool
  secret: string
}

/** Whose cookies these are; asked for every request of somebody who is signed in. */
export interface Sessions {
  whose(cookie: string, at: Origin): Promise<Found | undefined>
  /** Looks anew at the sessions of a person, whose rights have changed. */
  forget(personId: string): void
}

export function sessionsOf({ db, pool, secret }: Ground, door: () => Promise<Door>): Sessions {
  const kept = new Map<string, { person: SignedIn; until: number }>()
  return {
    async whose(cookie, at) {
      const known = kept.get(cookie)
      if (known && known.until > Date.now()) return { person: known.person, cookies: [] }
      kept.delete(cookie)
      const quick = await quickLook(pool, secret, cookie)
      const found = quick ? await judged(db, quick) : await look(db, await door(), cookie, at)
      if (!found) return undefined
      if (kept.size >= MOST_KEPT) kept.clear()
      kept.set(cookie, { person: found.person, until: Date.now() + KEPT_MS })
      return found
    },
    forget(personId) {
      for (const [cookie, { person }] of kept) if (person.id === personId) kept.delete(cookie)
    },
  }
}

async function look(db: Db, door: Door, cookie: string, at: Origin): Promise<Found | undefined> {
  const { session, cookies } = await door.session(cookie, at)
  if (!session) return undefined
  const account = await accountById(db, session.userId)
  const found = account && (await personWithGrants(db, account.districtId, account.id))
  return account && found && (await judged(db, { session, account, ...found }, cookies))
}

async function judged(
  db: Db,
  { session, account, person, grants }: Looked,
  cookies: string[] = [],
): Promise<Found | undefined> {
  if (session.createdAt.getTime() + LONGEST_MS < Date.now()) {
    await endSession(db, session.userId, session.id)
    return undefined
  }
  if (person.status === 'disabled') return undefined
  await seen(db, account.districtId, account.id, new Date(), person.last_seen_at)
  const must = mustOf(account, grants)
  const { id, districtId, username } = account
  return {
    person: { id, districtId, username, sessionId: session.id, grants: must ? [] : grants, must },
    cookies,
  }
}

/** What somebody still has to do before they may work. */
export function mustOf({ password, secondFactor }: Account, grants: readonly Grant[]): Me['must'] {
  if (isUsedSlip(password)) return 'set-password'
  return isAdministrator(grants) && !secondFactor ? 'set-second-factor' : null
}

/** Where somebody is signed in, the latest first. */
export async function liveSessions(db: Db, personId: string, current?: string): Promise<Session[]> {
  const now = new Date()
  const rows = await db
    .selectFrom('auth_session')
    .select(['id', 'created_at', 'updated_at', 'ip_address', 'user_agent'])
    .where('user_id', '=', personId)
    .where('expires_at', '>', now)
    .where('created_at', '>', new Date(now.getTime() - LONGEST_MS))
    .orderBy('created_at', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    startedAt: row.created_at.toISOString(),
    seenAt: row.updated_at.toISOString(),
    from: row.ip_address || null,
    device: row.user_agent || null,
    current: row.id === current,
  }))
}

/** Whether a session is still open. Asking does not keep it open, as a call would. */
export async function isSessionOpen(db: Db, personId: string, id: string): Promise<boolean> {
  return (await liveSessions(db, personId)).some((session) => session.id === id)
}

/** Ends one session of a person; false when there is no such session. */
export async function endSession(db: Db, personId: string, id: string): Promise<boolean> {
  const row = await db
    .deleteFrom('auth_session')
    .where('user_id', '=', personId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Ends the session that has just been opened under this name. */
export async function endSessionNamed(db: Db, token: string): Promise<void> {
  await db.deleteFrom('auth_session').where('token', '=', token).execute()
}

/** Ends all sessions of a person. */
export async function endSessions(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('auth_session').where('user_id', '=', personId).execute()
}
