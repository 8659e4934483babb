import { randomBytes, randomInt } from 'node:crypto'
import type { Secrets } from '../platform/secrets.ts'
import { isSame } from './same.ts'

const DAYS = 14

/** Without letters and digits that are easily taken for one another on paper. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** What a slip leaves in the place of a password: until when it counts, a salt, and the keyed hash of its code. */
const unused = 'slip$'
/** After the first sign-in with it, until a password is set. */
const used = 'used$'

export interface NewSlip {
  /** As it is printed: three groups of four. */
  code: string
  validUntil: Date
  /** For the place of the password. */
  stored: string
}

/** A code that nobody can guess and that is short enough to be typed off a piece of paper. */
export function newSlip(secrets: Secrets, at: Date): NewSlip {
  const letters = Array.from({ length: 12 }, () => alphabet[randomInt(alphabet.length)]).join('')
  const validUntil = new Date(at.getTime() + DAYS * 86_400_000)
  const salt = randomBytes(8).toString('hex')
  const hash = hashOf(secrets, salt, letters).toString('hex')
  return {
    code: letters.match(/.{4}/g)!.join('-'),
    validUntil,
    stored: `${unused}${validUntil.getTime()}$${salt}$${hash}`,
  }
}

export interface SlipReader {
  /** Whether this code opens an unused slip that still counts. */
  matches(stored: string, code: string): boolean
}

export function slipReader(secrets: Secrets, now: () => number = Date.now): SlipReader {
  return {
    matches: (stored, code) =>
      stored.startsWith(unused) && Number(stored.split('$')[1]) > now() && isCodeOf(secrets, stored, code),
  }
}

/** True where a slip stands in the place of a password. */
export function isSlip(stored: string): boolean {
  return stored.startsWith(unused) || stored.startsWith(used)
}

/** True where somebody has signed in with a slip and has no password yet. */
export function isUsedSlip(stored: string | null): boolean {
  return stored?.startsWith(used) ?? false
}

/** The same slip, used up. */
export function usedUp(stored: string): string {
  return used + stored.slice(unused.length)
}

/** Whether the code is that of the slip, used or not. */
export function isCodeOf(secrets: Secrets, stored: string, code: string): boolean {
  const [, , salt = '', hash = ''] = stored.split('$')
  const letters = code.toUpperCase().replace(/[\s-]/g, '')
  return isSame(hashOf(secrets, salt, letters), Buffer.from(hash, 'hex'))
}

function hashOf(secrets: Secrets, salt: string, letters: string): Buffer {
  return secrets.hashed('slip', `${salt}${letters}`)
}
