import { randomUUID } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { Kysely } from 'kysely'
import { IDLE_MINUTES, SEEN_SECONDS } from '../../shared/people/shapes.ts'
import type { Tables } from '../db/tables.ts'
import { cookieNames } from './cookies.ts'

export interface AuthOptions {
  db: Kysely<Tables>
  /** At least 32 characters; whoever knows it can sign cookies. */
  secret: string
  /** Residents and staff come over https. */
  secure: boolean
  passwords: {
    hash(password: string): Promise<string>
    verify(given: { hash: string; password: string }): Promise<boolean>
  }
}

/** Header in which the address of a request is handed on; what comes from outside under this name is never passed. */
export const addressHeader = 'x-yixu-address'

export type Auth = ReturnType<typeof makeAuth>

/** The library that keeps accounts, sessions and second factors. Only called from here: its own routes are not served. */
export function makeAuth({ db, secret, secure, passwords }: AuthOptions) {
  const names = cookieNames(secure)
  return betterAuth({
    appName: '以需',
    secret,
    baseURL: 'http://yixu.invalid',
    database: { db, type: 'postgres' },
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: { enabled: true, disableSignUp: true, password: passwords },
    session: {
      modelName: 'auth_session',
      fields: {
        expiresAt: 'expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        userId: 'user_id',
      },
      expiresIn: IDLE_MINUTES * 60,
      updateAge: SEEN_SECONDS,
    },
    user: {
      modelName: 'auth_user',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: { districtId: { type: 'number', required: true, input: false, fieldName: 'district_id' } },
    },
    account: {
      modelName: 'auth_account',
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'auth_verification',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    plugins: [
      twoFactor({
        issuer: '以需',
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'auth_two_factor',
            fields: {
              backupCodes: 'backup_codes',
              userId: 'user_id',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
      opening,
    ],
    advanced: {
      database: { generateId: () => randomUUID(), validateSchema: false },
      ipAddress: { ipAddressHeaders: [addressHeader] },
      useSecureCookies: false,
      defaultCookieAttributes: { sameSite: 'strict', httpOnly: true, secure, path: '/' },
      cookies: { session_token: { name: names.session }, two_factor: { name: names.second } },
    },
  })
}

/** Opens a session for somebody who has shown who they are. The path is one after which the library asks for the second factor. */
const opening = {
  id: 'opening',
  endpoints: {
    openSession: createAuthEndpoint(
      '/sign-in/username',
      { method: 'POST', metadata: { $Infer: { body: {} as { userId: string } } } },
      async (ctx) => {
        const { internalAdapter } = ctx.context
        const user = await internalAdapter.findUserById((ctx.body as { userId: string }).userId)
        if (!user) throw new Error('no such account')
        const session = await internalAdapter.createSession(user.id)
        await setSessionCookie(ctx, { session, user })
        return ctx.json({ token: session.token })
      },
    ),
  },
}
