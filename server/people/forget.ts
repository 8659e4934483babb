import type { FastifyInstance } from 'fastify'
import { type Db, forDistrict } from '../db/database.ts'
import { audit } from '../platform/audit.ts'
import { forgetNotices } from '../platform/notices.ts'
import { forgetMessages } from '../platform/sms-queries.ts'

/** Every night what no longer opens or counts anything is forgotten: sessions, codes and tries, old messages and notices. */
export function forgetNightly({ jobs, db }: FastifyInstance): void {
  jobs.everyDay('forget-sign-ins', '03:10', () => forget(db, new Date()))
  jobs.everyDay('forget-messages', '03:40', () => forgetOld(db, new Date()))
}

const MESSAGES_KEPT_MS = 30 * 86_400_000
const NOTICES_KEPT_MS = 365 * 86_400_000

/** Forgets text messages and notices that are old, and says in each district how many. */
export async function forgetOld(db: Db, now: Date): Promise<void> {
  const before = (kept: number) => new Date(now.getTime() - kept)
  for (const { id } of await db.selectFrom('districts').select('id').execute()) {
    const own = forDistrict(db, id).transaction()
    await own.execute(async (one) => {
      const messages = await forgetMessages(one, id, before(MESSAGES_KEPT_MS))
      const notices = await forgetNotices(one, id, before(NOTICES_KEPT_MS))
      const look = { district: { id }, actor: 'system', action: 'messages:erase', subject: 'messages', from: null }
      if (messages + notices > 0) await audit(one, { ...look, after: { messages, notices } }, now)
    })
  }
}

export async function forget(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('sign_in_attempts').where('until', '<', now).execute()
  await db.deleteFrom('auth_session').where('expires_at', '<', now).execute()
  await db.deleteFrom('auth_verification').where('expires_at', '<', now).execute()
  for (const { id } of await db.selectFrom('districts').select('id').execute())
    await forDistrict(db, id).deleteFrom('phone_codes').where('district_id', '=', id).where('until', '<', now).execute()
}
