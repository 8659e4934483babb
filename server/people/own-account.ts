import type { FastifyRequest } from 'fastify'
import { forDistrict } from '../db/database.ts'
import { audit } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { caps, spendOneTimeCode } from './attempts.ts'
import { originOf, type SignedIn } from './caller.ts'
import type { Entered, Refused } from './door.ts'
import { ownLook } from './look.ts'
import type { People } from './open.ts'
import { passwordFault } from './passwords.ts'
import { accountById } from './queries.ts'
import { endSessions } from './sessions.ts'
import { isCodeOf, isUsedSlip } from './slips.ts'
import { saveStatus, swapPassword } from './store.ts'

type Asked = Pick<FastifyRequest, 'ip' | 'headers' | 'caller'>

/** Somebody who is signed in, with the cookie that says so. */
export interface Self {
  person: SignedIn
  cookie: string
}

/**
 * Sets one's own password; after the first sign-in the current one is the code of the slip. Every other session ends, and
 * this one gets a new name.
 * @returns cookies of the new session
 * @throws {Refusal} wrongPassword, weakPassword, tooManyTries
 */
export async function choosePassword(
  people: People,
  request: Asked,
  { person, cookie }: Self,
  given: { current: string; password: string },
): Promise<string[]> {
  const fault = passwordFault(given.password, person.username)
  if (fault) throw refuse.weakPassword(fault)
  if (given.password === given.current) throw refuse.weakPassword('新密码不能和现在的一样，请换一个。')
  const account = await accountById(people.db, person.id)
  if (!account?.password) throw refuse.wrongPassword()
  const slip = isUsedSlip(account.password) ? account.password : undefined
  const entered = await counted(people, person, () =>
    slip === undefined ? changed(people, request, cookie, given) : first(people, request, person, slip, given),
  )
  people.sessions.forget(person.id)
  await audit(people.db, ownLook(request, person, 'password:set'), new Date())
  return entered.cookies
}

async function changed(people: People, request: Asked, cookie: string, given: { current: string; password: string }) {
  return await (await people.door()).changePassword(cookie, given, originOf(request))
}

/** The first password, in the place of the slip. */
async function first(
  people: People,
  request: Asked,
  { id, districtId }: SignedIn,
  slip: string,
  given: { current: string; password: string },
): Promise<Entered | Refused> {
  if (!isCodeOf(people.secrets, slip, given.current)) return { refused: 'INVALID_PASSWORD' }
  const hash = await people.passwords.hash(given.password)
  await forDistrict(people.db, districtId)
    .transaction()
    .execute(async (one) => {
      if (!(await swapPassword(one, id, slip, hash))) throw refuse.signInAgain()
      await saveStatus(one, districtId, id, 'active')
      await endSessions(one, id)
    })
  return await (await people.door()).open(id, originOf(request))
}

/**
 * Begins to set up the second factor.
 * @throws {Refusal} wrongPassword, secondFactorSet, tooManyTries
 */
export async function startSecondFactor(people: People, { person, cookie }: Self, password: string) {
  const answer = await counted(people, person, async () => (await people.door()).startSecond(cookie, password))
  const label = encodeURIComponent(`以需:${person.username}`)
  const uri = `otpauth://totp/${label}?secret=${answer.secret}&issuer=${encodeURIComponent('以需')}`
  return { uri, ...answer }
}

/** From now on the second factor is asked for. @returns cookies @throws {Refusal} wrongCode, tooManyTries */
export async function confirmSecondFactor(people: People, request: Asked, { person, cookie }: Self, code: string) {
  const { cookies } = await counted(
    people,
    person,
    async () => (await people.door()).confirmSecond(cookie, code, originOf(request)),
    refuse.wrongCode,
  )
  await spendOneTimeCode(people.attempts, person.id, code)
  people.sessions.forget(person.id)
  await audit(people.db, ownLook(request, person, 'second-factor:set'), new Date())
  return cookies
}

function refusalOf({ refused }: Refused, otherwise: () => Error): Error {
  if (refused === 'TOTP_ALREADY_ENABLED') return refuse.secondFactorSet()
  return refused === 'UNAUTHORIZED' ? refuse.signInAgain() : otherwise()
}

/** Whoever has found an open screen must not guess at the password behind it: failures count like those at the door. */
async function counted<T extends object>(
  { attempts }: People,
  { username }: SignedIn,
  work: () => Promise<T | Refused>,
  otherwise: () => Error = refuse.wrongPassword,
): Promise<T> {
  await attempts.take(caps.account, username)
  const answer = await work()
  if ('refused' in answer) throw refusalOf(answer, otherwise)
  await attempts.forget(caps.account, username)
  return answer
}
