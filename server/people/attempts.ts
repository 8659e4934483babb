import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Secrets } from '../platform/secrets.ts'
import { Refusal } from '../refusal.ts'
import { refuse } from '../refusals.ts'

/** How often something may be tried within a time. */
export interface Cap {
  name: string
  max: number
  seconds: number
  /** Every try begins the time anew, as long as there are tries left. */
  fromLast?: boolean
}

export const caps = {
  /** 5 failures lock an account for 5 minutes. */
  account: { name: 'account', max: 5, seconds: 300, fromLast: true },
  /** Failures of one address; a whole subdistrict office may come from one. */
  source: { name: 'source', max: 100, seconds: 600 },
  /** Codes sent. */
  phoneMinute: { name: 'phone-minute', max: 1, seconds: 60 },
  phoneHour: { name: 'phone-hour', max: 5, seconds: 3600 },
  phoneDay: { name: 'phone-day', max: 10, seconds: 86_400 },
  sourceSends: { name: 'source-sends', max: 60, seconds: 3600 },
  /** A code of an authenticator is good for 90 seconds, half a minute to either side of its own. */
  usedCode: { name: 'used-code', max: 1, seconds: 120 },
  districtSends: { name: 'district-sends', max: 600, seconds: 3600 },
} satisfies Record<string, Cap>

/** Counts tries in the database, so that several processes count together and a restart forgives nothing. */
export interface Attempts {
  /** Counts one try before it is made, so that many at once cannot slip through. @throws {Refusal} tooManyTries */
  take(cap: Cap, of: string): Promise<void>
  /** Gives one try back, since it was good. */
  giveBack(cap: Cap, of: string): Promise<void>
  /** Forgets all tries. */
  forget(cap: Cap, of: string): Promise<void>
  /** What is counted just now. */
  counted(cap: Cap, of: string): Promise<Counted | undefined>
}

export interface Counted {
  tries: number
  until: Date
}

export function attemptsIn(db: Db, secrets: Secrets): Attempts {
  const keyOf = (cap: Cap, of: string) => `${cap.name}:${secrets.hashed('attempt', of).toString('hex')}`
  return {
    async take(cap, of) {
      const { tries, until } = await countOne(db, keyOf(cap, of), cap)
      if (tries > cap.max) throw refuse.tooManyTries(Math.max(1, Math.ceil((until.getTime() - Date.now()) / 1000)))
    },
    async giveBack(cap, of) {
      await db
        .updateTable('sign_in_attempts')
        .set((eb) => ({ tries: eb('tries', '-', 1) }))
        .where('key', '=', keyOf(cap, of))
        .where('tries', '>', 0)
        .execute()
    },
    async forget(cap, of) {
      await db.deleteFrom('sign_in_attempts').where('key', '=', keyOf(cap, of)).execute()
    },
    counted: (cap, of) =>
      db.selectFrom('sign_in_attempts').select(['tries', 'until']).where('key', '=', keyOf(cap, of)).executeTakeFirst(),
  }
}

async function countOne(db: Db, key: string, { max, seconds, fromLast }: Cap): Promise<Counted> {
  const now = new Date()
  const end = new Date(now.getTime() + seconds * 1000)
  return await db
    .insertInto('sign_in_attempts')
    .values({ key, tries: 1, until: end })
    .onConflict((seen) =>
      seen.column('key').doUpdateSet({
        tries: sql`case when sign_in_attempts.until <= ${now} then 1 else least(sign_in_attempts.tries, ${max}) + 1 end`,
        until: sql`case when sign_in_attempts.until <= ${now} or (${fromLast ?? false}::boolean and sign_in_attempts.tries < ${max}) then ${end}
          else sign_in_attempts.until end`,
      }),
    )
    .returning(['tries', 'until'])
    .executeTakeFirstOrThrow()
}

/** Uses up a code of somebody's authenticator; false when it was used before: who has read it over a shoulder comes too late (RFC 6238, 5.2). */
export async function spendOneTimeCode(attempts: Attempts, userId: string, code: string): Promise<boolean> {
  try {
    await attempts.take(caps.usedCode, `${userId} ${code}`)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/** Where a request comes from, as far as caps go: with IPv6 one line has a whole network of addresses. */
export function sourceOf(ip: string): string {
  const plain = ip.replace(/^::ffff:/, '')
  if (!plain.includes(':')) return plain
  // Node writes a run of zeros as ::, and what stands behind it is not the network's.
  const [before, behind] = plain.split('::').map((half) => (half === '' ? [] : half.split(':')))
  const zeros = new Array(Math.max(0, 8 - before!.length - (behind?.length ?? 0))).fill('0')
  return [...before!, ...zeros].slice(0, 4).join(':')
}
