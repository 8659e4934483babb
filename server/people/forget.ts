import type { FastifyInstance } from 'fastify'
import { type Db, forDistrict } from '../db/database.ts'

/** Every night what no longer opens or counts anything is forgotten: sessions, codes and tries. */
export function forgetNightly({ jobs, db }: FastifyInstance): void {
  jobs.everyDay('forget-sign-ins', '03:10', () => forget(db, new Date()))
}

export async function forget(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('sign_in_attempts').where('until', '<', now).execute()
  await db.deleteFrom('auth_session').where('expires_at', '<', now).execute()
  await db.deleteFrom('auth_verification').where('expires_at', '<', now).execute()
  for (const { id } of await db.selectFrom('districts').select('id').execute())
    await forDistrict(db, id).deleteFrom('phone_codes').where('district_id', '=', id).where('until', '<', now).execute()
}
