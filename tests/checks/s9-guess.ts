import { oneTimeCode, password } from '../setup/people.ts'
import type { Size } from './check.ts'
import type { Case } from './fuzz-cases.ts'
import { type Answer, sendAll } from './fuzz-send.ts'
import type { House } from './house.ts'
import { must } from './s1-world.ts'
import { callFrom, employ, signInAs } from './staff.ts'

const guesses = { test: { phone: 150, password: 60, code: 24 }, full: { phone: 3_400, password: 3_400, code: 3_200 } }
const PHONES = 10
/** Five for each of two cookies, then the account is locked for a quarter of an hour. */
export const MOST_CODES = 10
export const MOST_TRIES = 5

export interface Guessed {
  sent: number
  /** Whatever let somebody in, or was not refused as it should. */
  wrong: string[]
  /** The most guesses that were looked at of one code, one password and one authenticator. */
  most: { phone: number; password: number; code: number }
}

/** A call from outside, without a session. */
export const posting = (path: string, body: unknown, headers: Record<string, string> = {}): Case => ({
  ...{ method: 'POST', path, body: Buffer.from(JSON.stringify(body)), staff: false, sound: false },
  headers: { 'content-type': 'application/json', ...headers },
})

export const codeOf = ({ body }: Answer): string =>
  (JSON.parse(body.toString() || '{}') as { code?: string }).code ?? ''

/** Forgets all tries, as if much time had gone by. */
export async function forgive(house: House): Promise<void> {
  await house.inDatabase((pool) => pool.query('DELETE FROM sign_in_attempts'))
}

/** Guesses at codes sent to phones, at passwords and at authenticators, from as many addresses as there are guesses. */
export async function guess(house: House, size: Size): Promise<Guessed> {
  const done: Guessed = { sent: 0, wrong: [], most: { phone: 0, password: 0, code: 0 } }
  await phones(house, guesses[size].phone, done)
  await forgive(house)
  await passwords(house, guesses[size].password, done)
  await forgive(house)
  await authenticators(house, guesses[size].code, done)
  await forgive(house)
  return done
}

async function phones(house: House, count: number, done: Guessed): Promise<void> {
  const numbers = Array.from({ length: PHONES }, (_, index) => `1371000${String(index).padStart(4, '0')}`)
  const from = { addresses: true }
  await sendAll(
    house,
    numbers.map((phone) => posting('/api/sign-in/phone', { district: 'YX', phone })),
    (_one, { status }) => void (status === 200 || done.wrong.push(`no code sent: ${status}`)),
    from,
  )
  const outbox = (await must(house, 'GET', '/api/districts/YX/sms/outbox')) as {
    messages: { phone: string; text: string }[]
  }
  const right = new Map(outbox.messages.map(({ phone, text }) => [phone, /\d{6}/.exec(text)?.[0] ?? '']))
  const enter = (phone: string, code: string) => posting('/api/sign-in/phone/code', { district: 'YX', phone, code })
  const cases = Array.from({ length: count }, (_, index) => {
    const phone = numbers[index % PHONES] as string
    const code = String(index * 7919 + 1)
      .slice(-6)
      .padStart(6, '0')
    return enter(phone, code === right.get(phone) ? '999999' : code)
  })
  await sendAll(house, cases, refused(done, 'phone', ['wrong_code']), from)
  // Whoever comes with the right code after so many has lost it.
  const late = numbers.map((phone) => enter(phone, right.get(phone) ?? ''))
  await sendAll(house, late, refused(done, 'phone, right code', ['wrong_code']), from)
  const { rows } = await house.inDatabase((pool) =>
    pool.query('SELECT coalesce(max(tries), 0) AS most FROM phone_codes'),
  )
  done.most.phone = rows[0].most
}

async function passwords(house: House, count: number, done: Guessed): Promise<void> {
  const names = ['guess-1', 'guess-2', 'guess-3']
  for (const name of names) await employ(house, name, { role: 'secretary', level: 'community', code: 'C001' })
  const looked = new Map<string, number>()
  const cases = Array.from({ length: count }, (_, index) => {
    return posting('/api/sign-in', { username: names[index % names.length], password: `Wrong-${index}-kite` })
  })
  const note = refused(done, 'password', ['wrong_sign_in', 'too_many_tries', 'busy'])
  await sendAll(
    house,
    cases,
    (one, answer) => {
      note(one, answer)
      const { username } = JSON.parse(String(one.body))
      if (codeOf(answer) === 'wrong_sign_in') looked.set(username, (looked.get(username) ?? 0) + 1)
    },
    { addresses: true },
  )
  done.most.password = Math.max(...looked.values())
  const locked = names.map((username) => posting('/api/sign-in', { username, password }))
  await sendAll(house, locked, refused(done, 'password, right one', ['too_many_tries']), { addresses: true })
}

/** By somebody who knows the password of an administrator, and may come in by it as often as they like. */
async function authenticators(house: House, count: number, done: Guessed): Promise<void> {
  const { username, secret = '' } = await employ(house, 'guess-administrator', {
    role: 'administrator',
    level: 'district',
    code: '',
  })
  for (let sent = 0; sent < count; ) {
    const jar = await signInAs(house, username)
    const good = [-30_000, 0, 30_000].map((off) => oneTimeCode(secret, Date.now() + off))
    for (let i = 0; i < 8; i += 1, sent += 1) {
      const guessed = String(sent * 7919)
        .slice(-6)
        .padStart(6, '0')
      const code = good.includes(guessed) ? '999999' : guessed
      const { status, body } = await callFrom(house, new Map(jar), 'POST', '/api/sign-in/second', { code })
      const refusal = JSON.parse(body.toString()).code
      if (status === 200) done.wrong.push(`authenticator ${code}: let in`)
      if (refusal === 'wrong_code') done.most.code += 1
      done.sent += 1
    }
    await forgive(house)
  }
}

/** Counts guesses, and notes those that were not refused in one of these ways. */
function refused(done: Guessed, what: string, codes: string[]) {
  return (_one: Case, answer: Answer): void => {
    done.sent += 1
    if (!codes.includes(codeOf(answer)))
      done.wrong.push(`${what}: ${answer.status} ${answer.body.toString().slice(0, 100)}`)
  }
}
