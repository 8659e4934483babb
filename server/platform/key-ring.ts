import { createHash, randomBytes } from 'node:crypto'
import { appendFileSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** One key of 32 bytes. Its id stands in front of everything that it seals, and says nothing about it. */
export interface DataKey {
  id: number
  bytes: Buffer
}

/** Keys that can open what is sealed; new text is sealed with the first. */
export interface KeyRing {
  current(): DataKey
  /** Mostly one; two keys may happen to bear the same id. */
  withId(id: number): DataKey[]
  /** All of them as they stand now, the current one first. */
  all(): DataKey[]
}

export const newKey = (): string => randomBytes(32).toString('base64')

const KEY = /^[A-Za-z0-9+/]{43}=$/

/**
 * Keys as they are written in the setting or the file, the current one first.
 * @throws {Error} in Chinese where one is no key
 */
export function readKeys(text: string): DataKey[] {
  const words = text.split(/[\s,]+/).filter(Boolean)
  if (words.length === 0 || words.some((word) => !KEY.test(word))) {
    throw new Error('数据密钥不对：每个密钥是 32 字节的 base64（44 个字符），可用 openssl rand -base64 32 生成。')
  }
  return [...new Set(words)].map((word) => ({ id: idOf(word), bytes: Buffer.from(word, 'base64') }))
}

const idOf = (word: string): number => createHash('sha256').update(`yixu data key ${word}`).digest()[0]!

/** The keys of the setting, which stay what they are while the process runs. */
export function ringOf(text: string): KeyRing {
  const keys = readKeys(text)
  return { current: () => keys[0]!, withId: (id) => keys.filter((key) => key.id === id), all: () => keys }
}

export const keyFile = (dataDir: string): string => join(dataDir, 'data.key')

/** How long a server may go on sealing with a key that another has taken the place of. */
export const LOOK_AGAIN_MS = 1_000

/**
 * The keys of the file in DATA_DIR. A rotation writes a new one into it while servers run, so that it is looked at again:
 * once a second at most for sealing, and at once when a key is missed.
 */
export function ringInFile(dataDir: string): KeyRing {
  const file = keyFile(dataDir)
  let keys: DataKey[] = []
  let state = ''
  let looked = 0
  const look = (): void => {
    looked = Date.now()
    const found = statSync(file, { throwIfNoEntry: false })
    // Who has the keys already goes on without the file.
    if (keys.length > 0 && (!found || state === `${found.ino} ${found.mtimeMs}`)) return
    keys = readKeys(readFileSync(file, 'utf8'))
    state = `${found?.ino} ${found?.mtimeMs}`
  }
  look()
  const find = (id: number) => keys.filter((key) => key.id === id)
  return {
    current() {
      if (Date.now() - looked >= LOOK_AGAIN_MS) look()
      return keys[0]!
    },
    withId(id) {
      if (find(id).length === 0) look()
      return find(id)
    },
    all() {
      look()
      return keys
    },
  }
}

/** Makes the file with one key, readable by the server's own user alone, unless another process has just done so. */
export function makeKeyFile(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true })
  const made = written(dataDir, [newKey()])
  try {
    // Unlike a rename this never replaces a key that is there already, and nobody can read half a file.
    linkSync(made, keyFile(dataDir))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(made)
  }
}

/** Puts these keys in place of those in the file. */
export function replaceKeys(dataDir: string, keys: readonly DataKey[]): void {
  renameSync(written(dataDir, keys.map(inWords)), keyFile(dataDir))
}

/** Where keys go that nothing in the database needs any more, for backups that were made with them. */
export const retiredFile = (dataDir: string): string => join(dataDir, 'data.key.retired')

/** Leaves the first key in the file and puts the others aside. */
export function retireKeys(dataDir: string, [current, ...old]: readonly DataKey[]): void {
  const lines = old.map((key) => `${inWords(key)}\n`).join('')
  appendFileSync(retiredFile(dataDir), lines, { mode: 0o600, flush: true })
  replaceKeys(dataDir, [current!])
}

const inWords = ({ bytes }: DataKey): string => bytes.toString('base64')

function written(dataDir: string, keys: string[]): string {
  const file = `${keyFile(dataDir)}.${process.pid}-${randomBytes(4).toString('hex')}`
  writeFileSync(file, `${keys.join('\n')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  return file
}
