import { randomInt } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Role } from '../../shared/people/roles.ts'
import { type Db, forDistrict } from '../db/database.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { SmsService } from '../platform/sms.ts'
import { refuse } from '../refusals.ts'
import { caps, sourceOf } from './attempts.ts'
import { originOf } from './caller.ts'
import { type Came, came } from './entering.ts'
import type { People } from './open.ts'
import { grantsOfPerson, person, personByPhone, type StoredPerson } from './queries.ts'
import { isSame } from './same.ts'
import { addPeople, type Entry, phoneHash, saveStatus } from './store.ts'

const MINUTES = 5
const TRIES = 5

/** Who may do with a phone alone; everybody else has a password. */
export const byPhoneAlone: readonly Role[] = ['courier']

type Asked = Pick<FastifyRequest, 'ip' | 'headers' | 'caller' | 'server'>

/**
 * Sends a code to a phone, whoever it belongs to: the answer tells nothing about accounts.
 * @throws {Refusal} tooManyTries
 */
export async function sendCode(
  { db, secrets, attempts }: People,
  sms: SmsService,
  { ip }: Pick<FastifyRequest, 'ip'>,
  district: { id: number; name: string },
  phone: string,
): Promise<void> {
  const whose = phoneIn(district.id, phone)
  await attempts.take(caps.sourceSends, sourceOf(ip))
  for (const cap of [caps.phoneMinute, caps.phoneHour, caps.phoneDay]) await attempts.take(cap, whose)
  await attempts.take(caps.districtSends, String(district.id))
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const at = new Date()
  const until = new Date(at.getTime() + MINUTES * 60_000)
  const text = `【以需】${district.name}登录验证码 ${code}，${MINUTES} 分钟内有效。工作人员不会向您索要，请勿告诉他人。`
  await forDistrict(db, district.id)
    .transaction()
    .execute(async (one) => {
      await keep(one, district.id, {
        phone_hash: phoneHash(secrets, phone),
        code_hash: codeHash(secrets, whose, code),
        until,
      })
      await sms.send(one, { districtId: district.id, phone, text, purpose: 'sign-in-code', validUntil: until }, at)
    })
}

/** One phone may be known in several districts. */
export const phoneIn = (districtId: number, phone: string): string => `${districtId} ${phone}`
const codeHash = (secrets: Secrets, whose: string, code: string): Buffer => secrets.hashed('code', whose + code)

/** A new code takes the place of the one before. */
async function keep(db: Db, district_id: number, code: { phone_hash: Buffer; code_hash: Buffer; until: Date }) {
  const { code_hash, until } = code
  await db
    .insertInto('phone_codes')
    .values({ district_id, ...code, tries: 0 })
    .onConflict((old) => old.columns(['district_id', 'phone_hash']).doUpdateSet({ code_hash, until, tries: 0 }))
    .execute()
}

/**
 * Signs in whoever has the code: a courier, or a resident who wants to follow their case and gets an account with it.
 * @throws {Refusal} wrongCode, passwordInstead, tooManyTries
 */
export async function enterByPhone(
  people: People,
  request: Asked,
  districtId: number,
  phone: string,
  code: string,
): Promise<Came> {
  const { db, secrets, attempts } = people
  await attempts.take(caps.source, sourceOf(request.ip))
  const hash = phoneHash(secrets, phone)
  if (!(await spendCode(people, districtId, phone, code))) throw refuse.wrongCode()
  await attempts.giveBack(caps.source, sourceOf(request.ip))
  const known = (await personByPhone(db, districtId, hash)) ?? (await addResident(people, districtId, phone))
  if (known.status === 'disabled') throw refuse.wrongCode()
  const grants = await grantsOfPerson(db, districtId, known.id)
  if (grants.some(({ role }) => !byPhoneAlone.includes(role))) throw refuse.passwordInstead()
  if (known.status === 'invited') await saveStatus(forDistrict(db, districtId), districtId, known.id, 'active')
  const door = await people.door()
  return await came(people, request, known, await door.open(known.id, originOf(request)))
}

/** Whether this is the code that was last sent to a phone; it is good once. */
export async function spendCode({ db, secrets }: People, districtId: number, phone: string, code: string) {
  const hash = codeHash(secrets, phoneIn(districtId, phone), code)
  return await spend(db, districtId, phoneHash(secrets, phone), hash)
}

/** Counts the try first, then compares: at most five a code, however many come at once; a right code is used up. */
async function spend(db: Db, districtId: number, phone: Buffer, code: Buffer): Promise<boolean> {
  const kept = await forDistrict(db, districtId)
    .updateTable('phone_codes')
    .set((eb) => ({ tries: eb('tries', '+', 1) }))
    .where('district_id', '=', districtId)
    .where('phone_hash', '=', phone)
    .where('tries', '<', TRIES)
    .where('until', '>', new Date())
    .returning('code_hash')
    .executeTakeFirst()
  if (!kept || !isSame(kept.code_hash, code)) return false
  const used = await forDistrict(db, districtId)
    .deleteFrom('phone_codes')
    .where('district_id', '=', districtId)
    .where('phone_hash', '=', phone)
    .where('code_hash', '=', code)
    .returning(sql<number>`1`.as('one'))
    .executeTakeFirst()
  return used !== undefined
}

async function addResident({ db, secrets }: People, districtId: number, phone: string): Promise<StoredPerson> {
  const username = `r-${phoneHash(secrets, phoneIn(districtId, phone)).toString('hex').slice(0, 24)}`
  const entry: Entry = { kind: 'resident', status: 'active', username, name: '', phone, grants: [], password: null }
  const at = new Date()
  const ids = await forDistrict(db, districtId)
    .transaction()
    .execute((one) => addPeople(one, secrets, districtId, [entry], at))
  return (await person(db, districtId, ids[0]!))!
}
