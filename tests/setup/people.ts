import { createHmac } from 'node:crypto'
import { type Grant, isAdministrator } from '../../shared/people/roles.ts'

/** One call to a server, however it is reached. */
export type Ask = (
  method: string,
  path: string,
  given: { body?: unknown; headers?: Record<string, string> },
) => Promise<{ status: number; body: unknown; cookies: string[] }>

/** Somebody with an account who is signed in. */
export interface SignedIn {
  id: string
  username: string
  grants: Grant[]
  /** What their browser sends along. */
  headers: Record<string, string>
  /** What their authenticator makes its codes from, where they have one. */
  secret?: string
}

/** What everybody chooses. */
export const password = 'Sq7-wandering-kite'

/** Gives somebody an account with a slip and signs them in with it, all the way: password and, for administrators, second factor. */
export async function signedIn(
  ask: Ask,
  by: { key: string; district: string },
  who: { username: string; name: string; grants: Grant[] },
): Promise<SignedIn> {
  let cookies = new Map<string, string>()
  const browser = () => ({
    cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    'sec-fetch-site': 'same-origin',
  })
  const call = async <T>(method: string, path: string, body: unknown, headers: Record<string, string>) => {
    const reply = await ask(method, path, { body, headers })
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`)
    cookies = new Map([...cookies, ...reply.cookies.map(cookieOf)])
    return reply.body as T
  }
  const desk = { authorization: `Bearer ${by.key}` }
  const slip = await call<{ person: string; code: string }>('POST', `/api/districts/${by.district}/people`, who, desk)
  await call('POST', '/api/sign-in', { username: who.username, password: slip.code }, browser())
  await call('PUT', '/api/me/password', { current: slip.code, password }, browser())
  let secret: string | undefined
  if (isAdministrator(who.grants)) {
    secret = (await call<{ secret: string }>('POST', '/api/me/second-factor', { password }, browser())).secret
    await call('PUT', '/api/me/second-factor', { code: oneTimeCode(secret, Date.now()) }, browser())
  }
  return { id: slip.person, username: who.username, grants: who.grants, headers: browser(), secret }
}

function cookieOf(header: string): [string, string] {
  const [pair = ''] = header.split(';')
  const at = pair.indexOf('=')
  return [pair.slice(0, at), pair.slice(at + 1)]
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The six digits that an authenticator shows (RFC 6238, SHA-1, 30 s) for a secret in base 32. */
export function oneTimeCode(secret: string, at: number): string {
  const bits = [...secret.replace(/=+$/, '')].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0'))
  const bytes = (bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))
  const moment = Buffer.alloc(8)
  moment.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const mac = createHmac('sha1', Buffer.from(bytes)).update(moment).digest()
  const from = mac[19]! & 15
  return String((mac.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
