import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { Db } from '../db/database.ts'
import type { Settings } from '../settings.ts'
import { type DataKey, type KeyRing, keyFile, makeKeyFile, ringInFile, ringOf } from './key-ring.ts'

declare module 'fastify' {
  interface FastifyInstance {
    secrets: Secrets
  }
}

/** What keeps names and phone numbers from whoever reads the database alone. */
export interface Secrets {
  /** Encrypts. What comes out can only be opened with the same context, e.g. `people.phone/1/<id>`: moved to another row it stays shut. */
  seal(text: string, context: string): Buffer
  /** @throws {Error} when it was changed, comes from elsewhere, or its key is gone */
  open(sealed: Buffer, context: string): string
  /** The same text gives the same hash, so that it can be searched for; it outlives every rotation of the keys. */
  hashed(kind: string, text: string): Buffer
}

const NONCE = 12
const TAG = 16
const ALGORITHM = 'aes-256-gcm'

/** @param searchKey 32 bytes */
export function secretsWith(ring: KeyRing, searchKey: Buffer): Secrets {
  return {
    seal: (text, context) => seal(ring, text, context),
    open: (sealed, context) => open(ring, sealed, context),
    hashed: (kind, text) => createHmac('sha256', searchKey).update(`${kind}\0${text}`).digest(),
  }
}

/** Id of the key, nonce, tag, text. */
export function seal(ring: KeyRing, text: string, context: string): Buffer {
  const { id, bytes } = ring.current()
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv(ALGORITHM, bytes, nonce, { authTagLength: TAG }).setAAD(Buffer.from(context))
  const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.of(id), nonce, cipher.getAuthTag(), hidden])
}

export function open(ring: KeyRing, sealed: Buffer, context: string): string {
  const keys = ring.withId(sealed[0] ?? -1)
  for (const [at, key] of keys.entries()) {
    try {
      return openWith(key, sealed, context)
    } catch (error) {
      if (at === keys.length - 1) throw error
    }
  }
  throw new Error('a sealed text cannot be opened: its key is missing')
}

function openWith({ bytes }: DataKey, sealed: Buffer, context: string): string {
  const nonce = sealed.subarray(1, 1 + NONCE)
  const decipher = createDecipheriv(ALGORITHM, bytes, nonce, { authTagLength: TAG }).setAAD(Buffer.from(context))
  decipher.setAuthTag(sealed.subarray(1 + NONCE, 1 + NONCE + TAG))
  return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE + TAG)), decipher.final()]).toString('utf8')
}

const SEARCH = 'search'
/** What the search key is sealed with. */
export const searchKeyContext = `secret_keys.sealed/${SEARCH}`

/** The keys that the settings name: DATA_KEY, or else the file in DATA_DIR. */
export function ringFor({ dataKey, dataDir }: Pick<Settings, 'dataKey' | 'dataDir'>): KeyRing {
  return dataKey ? ringOf(dataKey) : ringInFile(dataDir)
}

/**
 * Makes the keys on the first start and finds them again on every other. The key for searching lies sealed in the
 * database, so that it survives when the others are changed, and shows at once when the wrong ones are given.
 * @throws {Error} in Chinese when the keys are not those of this database
 */
export async function openSecrets(db: Db, settings: Pick<Settings, 'dataKey' | 'dataDir'>): Promise<Secrets> {
  const stored = await sealedSearchKey(db)
  // Beside a database that has been sealed already a new key would open nothing, and hide that the old one is missing.
  if (!settings.dataKey && !stored && !existsSync(keyFile(settings.dataDir))) makeKeyFile(settings.dataDir)
  if (!settings.dataKey && !existsSync(keyFile(settings.dataDir))) throw new Error(missing(settings.dataDir))
  const ring = ringFor(settings)
  return secretsWith(ring, openSearchKey(ring, stored ?? (await makeSearchKey(db, ring))))
}

function openSearchKey(ring: KeyRing, sealed: Buffer): Buffer {
  try {
    return Buffer.from(open(ring, sealed, searchKeyContext), 'base64')
  } catch {
    throw new Error('数据密钥与这个数据库不符：请把 DATA_KEY（或 DATA_DIR 里的 data.key）换回原来的密钥后再启动。')
  }
}

const missing = (dataDir: string): string =>
  `数据库里有加密的数据，但 ${keyFile(dataDir)} 不见了：请从备份里找回这个文件，或用 DATA_KEY 给出原来的密钥。`

async function sealedSearchKey(db: Db): Promise<Buffer | undefined> {
  return (await db.selectFrom('secret_keys').select('sealed').where('name', '=', SEARCH).executeTakeFirst())?.sealed
}

async function makeSearchKey(db: Db, ring: KeyRing): Promise<Buffer> {
  const sealed = seal(ring, randomBytes(32).toString('base64'), searchKeyContext)
  await db
    .insertInto('secret_keys')
    .values({ name: SEARCH, sealed })
    .onConflict((taken) => taken.doNothing())
    .execute()
  return (await sealedSearchKey(db)) ?? sealed
}
