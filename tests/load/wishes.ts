import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { admitApplication } from '../../server/db/application.ts'
import { onPool, openPool } from '../../server/db/database.ts'
import { startEmbedded } from '../../server/db/embedded.ts'
import { openSecrets } from '../../server/platform/secrets.ts'
import { numbers } from './answers.ts'
import { prepare } from './prepare.ts'
import { startProcess } from './server-process.ts'
import { board } from './wishes-board.ts'
import { claims, enter } from './wishes-claims.ts'
import { enlist, wish } from './wishes-sponsors.ts'

const SPONSORS = 1_000
const WISHES = 61
const COMMUNITIES = 105
const PRESSES = 1
const SECONDS = 5

const short = process.argv.includes('--short')

/** A public event on two servers of one database, then the board of a large district. */
const dataDir = await mkdtemp(join(tmpdir(), 'yixu-bench-wishes-'))
const key = randomBytes(24).toString('base64url')
const embedded = await startEmbedded({ dataDir })
const pool = openPool({ connectionString: embedded.url, max: 4, options: '-c yixu.district=1' })
const environment = { DATA_DIR: dataDir, SEED: 'none', PORT: '0', STAFF_KEY: key, LOG_LEVEL: 'warn' }
try {
  const { secrets, communities } = await event()
  await admitApplication(embedded.url)
  await board({ pool, appUrl: embedded.appUrl, secrets, communities, rounds: short ? 2 : 5 })
} finally {
  await pool.end()
  await embedded.stop()
  await rm(dataDir, { recursive: true, force: true })
}

async function event() {
  const servers = [await startProcess({ script: 'server/main.ts', environment })]
  servers.push(await startProcess({ script: 'server/main.ts', environment }))
  try {
    const { communities } = await prepare(servers[0]!.url, key, COMMUNITIES)
    const secrets = await openSecrets(onPool(pool), { dataDir })
    const cookies = await enlist(pool, secrets, communities[0]!, SPONSORS)
    const random = numbers(20_261_122)
    const urls = servers.map(({ url }) => url)
    await enter(urls, cookies)
    const wishes = await wish(pool, secrets, { community: communities[0]!, from: 1, size: WISHES })
    await claims(pool, { urls, cookies, wishes, presses: PRESSES, seconds: SECONDS, random })
    return { secrets, communities }
  } finally {
    for (const server of servers) await server.stop()
  }
}
