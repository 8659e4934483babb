import { isAPIError } from 'better-auth/api'
import { type Auth, addressHeader } from './auth.ts'
import { cookieNames } from './cookies.ts'

/** Where a request comes from. */
export interface Origin {
  address: string
  device: string
}

/** Who came in: a session was opened, or a second factor is asked for first. */
export type Entered = { cookies: string[] } & ({ second: true } | { second: false; userId: string; token: string })

/** What the library says no with. */
export interface Refused {
  refused: string
}

export interface OpenSession {
  id: string
  userId: string
  createdAt: Date
}

/** The calls of the library that the house uses, with its cookies taken apart. What it refuses comes back as `refused`. */
export interface Door {
  /** For whoever has shown who they are, by a password or by a phone. */
  open(userId: string, origin: Origin): Promise<Entered>
  bySecond(cookie: string, code: string, origin: Origin): Promise<Entered | Refused>
  session(cookie: string, origin: Origin): Promise<{ session?: OpenSession; cookies: string[] }>
  changePassword(
    cookie: string,
    given: { current: string; password: string },
    origin: Origin,
  ): Promise<Entered | Refused>
  startSecond(cookie: string, password: string): Promise<{ secret: string; backupCodes: string[] } | Refused>
  confirmSecond(cookie: string, code: string, origin: Origin): Promise<{ cookies: string[] } | Refused>
}

export function doorOf(auth: Auth, secure: boolean): Door {
  const names = cookieNames(secure)
  const own = [`${names.session}=`, `${names.second}=`]
  const cookiesOf = (headers: Headers) =>
    headers.getSetCookie().filter((one) => own.some((name) => one.startsWith(name)))
  const headers = (origin?: Origin, cookie?: string) => {
    const made = new Headers()
    if (origin) made.set(addressHeader, origin.address)
    if (origin) made.set('user-agent', origin.device)
    if (cookie) made.set('cookie', cookie)
    return made
  }
  const withSession = (cookie: string) => `${names.session}=${cookie}`
  const { api } = auth

  return {
    async open(userId, origin) {
      const { response, headers: sent } = await api.openSession({
        body: { userId },
        headers: headers(origin),
        returnHeaders: true,
      })
      const cookies = cookiesOf(sent)
      if ('twoFactorRedirect' in response) return { cookies, second: true }
      return { cookies, second: false, userId, token: response.token }
    },

    bySecond: (cookie, code, origin) =>
      unlessRefused(async () => {
        const given = { headers: headers(origin, `${names.second}=${cookie}`), returnHeaders: true } as const
        const { response, headers: sent } = /^\d{6}$/.test(code)
          ? await api.verifyTOTP({ ...given, body: { code } })
          : await api.verifyBackupCode({ ...given, body: { code } })
        return { cookies: cookiesOf(sent), second: false, userId: response.user.id, token: response.token! }
      }),

    async session(cookie, origin) {
      const given = { headers: headers(origin, withSession(cookie)), returnHeaders: true } as const
      const { response, headers: sent } = await api.getSession(given).catch(reallyThrown)
      return { session: response?.session, cookies: response ? cookiesOf(sent) : [] }
    },

    changePassword: (cookie, { current, password }, origin) =>
      unlessRefused(async () => {
        const { response, headers: sent } = await api.changePassword({
          body: { currentPassword: current, newPassword: password, revokeOtherSessions: true },
          headers: headers(origin, withSession(cookie)),
          returnHeaders: true,
        })
        return { cookies: cookiesOf(sent), second: false, userId: response.user.id, token: response.token! }
      }),

    startSecond: (cookie, password) =>
      unlessRefused(async () => {
        const given = { body: { password, method: 'totp' as const }, headers: headers(undefined, withSession(cookie)) }
        const answer = await api.enableTwoFactor(given)
        const { totpURI, backupCodes } = answer as { totpURI: string; backupCodes: string[] }
        return { secret: new URL(totpURI).searchParams.get('secret') ?? '', backupCodes }
      }),

    confirmSecond: (cookie, code, origin) =>
      unlessRefused(async () => {
        const given = { body: { code }, headers: headers(origin, withSession(cookie)), returnHeaders: true } as const
        const { headers: sent } = await api.verifyTOTP(given)
        return { cookies: cookiesOf(sent) }
      }),
  }
}

/** The library hides what the database said behind a failure of its own; who waits must hear that it is away. */
function reallyThrown(error: Error): never {
  throw error.cause ?? error
}

async function unlessRefused<T>(call: () => Promise<T>): Promise<T | Refused> {
  try {
    return await call()
  } catch (error) {
    if (!isAPIError(error)) throw error
    if (error.statusCode >= 500) return reallyThrown(error)
    return { refused: error.body?.code ?? 'REFUSED' }
  }
}
