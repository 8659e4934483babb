import { scrypt } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { refuse } from '../refusals.ts'
import { isSame } from './same.ts'
import { isSlip, type SlipReader } from './slips.ts'

const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/]

/** What is wrong with a new password, in words for whoever chose it; undefined when it will do. */
export function passwordFault(password: string, username: string): string | undefined {
  if ([...password].length < 8) return '密码至少要 8 个字符，请换一个。'
  if (classes.filter((one) => one.test(password)).length < 3)
    return '密码要包含大写字母、小写字母、数字、符号中的至少三种，请换一个。'
  return password.toLowerCase().includes(username) ? '密码里不能含有用户名，请换一个。' : undefined
}

export interface Passwords {
  hash(password: string): Promise<string>
  /** A slip of paper takes the place of a password until one is set; finding out that it is wrong takes as long. */
  verify(given: { hash: string; password: string }): Promise<boolean>
}

/** OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB, two passes and one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** Stands in where there is no hash to hold a password against: finding that out takes as long. It is of 32 random bytes that nobody kept. */
export const stranger =
  '$argon2id$v=19$m=19456,t=2,p=1$HXjNQ8hErCDxsuy//Te2dQ$HjGevQytS9isS9KnsdtRva346sHiPtu4u1Wb3CHfbkI'

export function passwordsWith(slips: SlipReader): Passwords {
  return {
    hash: (password) => inTurn(() => hash(plain(password), cost)),
    async verify({ hash: stored, password }) {
      if (isOlder(stored)) return await inTurn(() => matchesOlder(stored, password))
      const isHash = stored.startsWith('$argon2id$')
      const isRight = await inTurn(() => verify(isHash ? stored : stranger, plain(password)))
      return isHash ? isRight : isSlip(stored) && slips.matches(stored, password)
    },
  }
}

/** The same letters may be typed as different characters. */
const plain = (password: string) => password.normalize('NFKC')

/** Hashes keep cores busy: half of them at most, so that answers go on coming in. */
const AT_ONCE = Math.max(1, Math.floor(availableParallelism() / 2))
const MOST_WAITING = 50

let running = 0
const waiting: (() => void)[] = []

/** @throws {Refusal} busy when too many wait already */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting.length >= MOST_WAITING) throw refuse.busy(5)
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else running += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}

/** Passwords that were set before 2026-11-22 are kept as scrypt has them. */
const isOlder = (stored: string) => /^[0-9a-f]{32}:[0-9a-f]{128}$/.test(stored)

function matchesOlder(stored: string, password: string): Promise<boolean> {
  const [salt = '', key = ''] = stored.split(':')
  return new Promise((resolve, reject) => {
    scrypt(plain(password), salt, 64, { N: 16384, r: 16, p: 1, maxmem: 64 * 1024 * 1024 }, (error, derived) =>
      error ? reject(error) : resolve(isSame(derived, Buffer.from(key, 'hex'))),
    )
  })
}
