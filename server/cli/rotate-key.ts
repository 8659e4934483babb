import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type pg from 'pg'
import { type Db, onPool } from '../db/database.ts'
import {
  type DataKey,
  type KeyRing,
  LOOK_AGAIN_MS,
  newKey,
  readKeys,
  replaceKeys,
  retiredFile,
  retireKeys,
} from '../platform/key-ring.ts'
import { reseal } from '../platform/reseal.ts'
import { openSecrets, ringFor } from '../platform/secrets.ts'
import { readSettings, type Settings } from '../settings.ts'
import { onDatabase } from './on-database.ts'

const usage = '用法：npm run rotate-key [-- --wait 秒数]（等正在处理的请求结束，默认 35 秒）\n'

const GIVEN = `数据密钥由 DATA_KEY 给出。请先用 openssl rand -base64 32 生成新密钥，把它放在 DATA_KEY 最前面，旧密钥留在后面，用逗号隔开：
  DATA_KEY=新密钥,旧密钥
用它重新启动所有服务器，再运行 npm run rotate-key。`

/** What servers still seal with the key before: they look at the file again within this time. */
const TAKEN_UP_MS = 2 * LOOK_AGAIN_MS
/** Whoever sealed something before that has committed it by then: a request lives 30 s at most. */
const COMMITTED_S = '35'

async function work(pool: pg.Pool, settings: Settings, waitS: number): Promise<void> {
  const db = onPool(pool)
  // Keys that are not those of this database are refused here, before anything is written.
  await openSecrets(db, settings)
  const ring = settings.dataKey ? given(settings) : withNewKey(settings.dataDir)
  process.stdout.write('正在用新密钥重新加密；中断后再运行一次会接着做，其间旧数据照常可读。\n')
  await sleep(TAKEN_UP_MS)
  await resealAll(db, ring)
  await sleep(waitS * 1_000)
  await resealAll(db, ring)
  if (settings.dataKey) return void process.stdout.write('完成。现在可以从 DATA_KEY 里去掉旧密钥。\n')
  retireKeys(settings.dataDir, ring.all())
  process.stdout.write(
    `完成。旧密钥移到了 ${retiredFile(settings.dataDir)}，只有以前的备份还用得到。请现在重新备份：npm run backup。\n`,
  )
}

/** @throws {Error} in Chinese when there is nothing to change to */
function given(settings: Settings): KeyRing {
  const ring = ringFor(settings)
  if (ring.all().length < 2) throw new Error(GIVEN)
  if (isAmbiguous(ring.all())) throw new Error('新密钥与旧密钥的编号恰好相同，请另外生成一个新密钥。')
  return ring
}

/** Puts a new key in front, unless an earlier run has done so and was cut off. */
function withNewKey(dataDir: string): KeyRing {
  const ring = ringFor({ dataDir })
  const keys = ring.all()
  if (keys.length > 1 && !isAmbiguous(keys)) return ring
  let made: DataKey
  do made = readKeys(newKey())[0]!
  while (ring.withId(made.id).length > 0)
  replaceKeys(dataDir, [made, ...keys])
  return ringFor({ dataDir })
}

/** What the current key has sealed could not be told from what another one has. */
function isAmbiguous([current, ...others]: DataKey[]): boolean {
  return others.some(({ id }) => id === current?.id)
}

/** @throws {Error} in Chinese when something could not be opened; the old keys stay where they are */
async function resealAll(db: Db, ring: KeyRing): Promise<void> {
  const { lost } = await reseal(db, ring, ({ table, column }, done) =>
    process.stdout.write(`  ${table}.${column}：${done} 项\n`),
  )
  if (lost.length === 0) return
  const some = lost.slice(0, 5).join('、')
  throw new Error(`有 ${lost.length} 项用现有的密钥打不开（${some}），旧密钥没有移除。请找回当时的密钥后再运行。`)
}

function read(): number | undefined {
  try {
    const { wait } = parseArgs({ options: { wait: { type: 'string', default: COMMITTED_S } } }).values
    return /^[0-9]{1,4}$/.test(wait) ? Number(wait) : undefined
  } catch {
    return undefined
  }
}

const waitS = read()
if (waitS !== undefined) await onDatabase(1, (pool) => work(pool, readSettings(process.env), waitS))
else {
  process.stderr.write(usage)
  process.exitCode = 2
}
