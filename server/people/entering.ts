import type { FastifyRequest } from 'fastify'
import type { Me } from '../../shared/people/api.ts'
import type { Db } from '../db/database.ts'
import { audit } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { caps, sourceOf, spendOneTimeCode } from './attempts.ts'
import { originOf } from './caller.ts'
import { cookieOf } from './cookies.ts'
import type { Entered, Refused } from './door.ts'
import { ownLook } from './look.ts'
import { meOf } from './me.ts'
import type { People } from './open.ts'
import { stranger } from './passwords.ts'
import { type Account, accountById, accountByUsername, person, type StoredPerson, seen } from './queries.ts'
import { endSessionNamed, endSessions } from './sessions.ts'
import { isSlip, usedUp } from './slips.ts'
import { swapPassword } from './store.ts'

/** Who came in, and the cookies to send along. */
export interface Came {
  me: Me
  cookies: string[]
}

type Asked = Pick<FastifyRequest, 'ip' | 'headers' | 'caller' | 'server'>

/** Where no account has the name, everything is done all the same: the time that it takes must not tell. */
const nobody = {
  id: '00000000-0000-0000-0000-000000000000',
  districtId: 0,
  password: stranger,
}

/**
 * Signs somebody in with username and password, or with the code of their slip, once.
 * @throws {Refusal} wrongSignIn, tooManyTries, busy
 */
export async function enter(
  people: People,
  request: Asked,
  given: { username: string; password: string },
): Promise<Came> {
  const username = given.username.trim().toLowerCase()
  const { attempts, db } = people
  await attempts.take(caps.source, sourceOf(request.ip))
  await attempts.take(caps.account, username)
  const account = await accountByUsername(db, username)
  const meant = account ?? nobody
  const known = await person(db, meant.districtId, meant.id)
  const hash = meant.password ?? nobody.password
  const isRight = await people.passwords.verify({ hash, password: given.password })
  const isIn = account && isRight && known && known.status !== 'disabled' && (await spendSlip(db, account))
  if (!isIn) {
    failed(request, account)
    throw refuse.wrongSignIn()
  }
  await attempts.forget(caps.account, username)
  await attempts.giveBack(caps.source, sourceOf(request.ip))
  const door = await people.door()
  return await came(people, request, known, await door.open(account.id, originOf(request)))
}

/** A slip opens the door once: of several who come with it at the same time, one gets in. */
async function spendSlip(db: Db, { id, password }: Account): Promise<boolean> {
  return !password || !isSlip(password) || (await swapPassword(db, id, password, usedUp(password)))
}

/**
 * The second step after the password: the code of the authenticator, or one of the backup codes.
 * @throws {Refusal} signInAgain, wrongCode, tooManyTries
 */
export async function enterSecond(people: People, request: Asked, code: string): Promise<Came> {
  const cookie = cookieOf(request.headers.cookie, people.cookies.second)
  if (cookie === undefined) throw refuse.signInAgain()
  await people.attempts.take(caps.source, sourceOf(request.ip))
  const entered = await (await people.door()).bySecond(cookie, code, originOf(request))
  if ('refused' in entered || entered.second) throw refusedSecond(entered)
  if (!(await spendOneTimeCode(people.attempts, entered.userId, code))) {
    await endSessionNamed(people.db, entered.token)
    throw refuse.wrongCode()
  }
  await people.attempts.giveBack(caps.source, sourceOf(request.ip))
  const account = await accountById(people.db, entered.userId)
  const known = account && (await person(people.db, account.districtId, account.id))
  if (!known || known.status === 'disabled') {
    await endSessions(people.db, entered.userId)
    throw refuse.signInAgain()
  }
  return await came(people, request, known, entered)
}

function refusedSecond(entered: Entered | Refused) {
  const why = 'refused' in entered ? entered.refused : ''
  if (why === 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE' || why === 'ACCOUNT_TEMPORARILY_LOCKED')
    return refuse.tooManyTries(900)
  return why === 'INVALID_CODE' || why === 'INVALID_BACKUP_CODE' ? refuse.wrongCode() : refuse.signInAgain()
}

/** Somebody is in, or half in where the second factor is still to come. */
export async function came(people: People, request: Asked, known: StoredPerson, entered: Entered): Promise<Came> {
  const at = new Date()
  const { district_id: districtId, id } = known
  if (!entered.second) await seen(people.db, districtId, id, at)
  const action = entered.second ? 'sign-in:password' : 'sign-in'
  await audit(people.db, ownLook(request, { id, districtId }, action), at)
  return { me: await meOf(people, known, entered.second ? 'second-factor' : undefined), cookies: entered.cookies }
}

const AFTER_THE_ANSWER_MS = 100

/** Failures of a known account stand in its district's audit. Nobody waits for it: how long the answer takes must not tell which it was. */
function failed(request: Asked, account: Account | undefined): void {
  if (!account) return
  const { server } = request
  const look = ownLook(request, account, 'sign-in:failed', 'nobody')
  const at = new Date()
  const write = () =>
    audit(server.db, look, at).catch(() => server.log.warn('a failed sign-in could not be written down'))
  setTimeout(write, AFTER_THE_ANSWER_MS)
}
