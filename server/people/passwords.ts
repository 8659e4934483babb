import { randomBytes, scrypt } from 'node:crypto'
import { availableParallelism } from 'node:os'
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

export function passwordsWith(slips: SlipReader): Passwords {
  return {
    async hash(password) {
      const salt = randomBytes(16).toString('hex')
      return `${salt}:${(await keyOf(password, salt)).toString('hex')}`
    },
    async verify({ hash, password }) {
      if (isSlip(hash)) {
        await keyOf(password, hash)
        return slips.matches(hash, password)
      }
      const [salt = '', key = ''] = hash.split(':')
      return isSame(await keyOf(password, salt), Buffer.from(key, 'hex'))
    },
  }
}

/** One hash keeps a core busy for some 70 ms: half of the cores at most, so that answers go on coming in. */
const AT_ONCE = Math.max(1, Math.floor(availableParallelism() / 2))
const MOST_WAITING = 50

let running = 0
const waiting: (() => void)[] = []

/** @throws {Refusal} busy when too many wait already */
async function keyOf(password: string, salt: string): Promise<Buffer> {
  if (waiting.length >= MOST_WAITING) throw refuse.busy(5)
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else running += 1
  try {
    return await derived(password, salt)
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}

function derived(password: string, salt: string): Promise<Buffer> {
  const cost = { N: 16384, r: 16, p: 1, maxmem: 64 * 1024 * 1024 }
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, 64, cost, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
