import { access, constants, readdir, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { APPLICATION, applicationUrl } from '../db/application.ts'
import { rememberedBackups } from '../db/backup-manifest.ts'
import { startEmbedded } from '../db/embedded.ts'
import { findBinaries, fullVersion } from '../db/embedded-binaries.ts'
import { findPostmaster } from '../db/embedded-processes.ts'
import { judgeVersion } from '../db/versions.ts'
import { readSettings, type Settings } from '../settings.ts'

/** `bad` is what keeps the program from working; `warn` is what its keeper should see to. */
interface Finding {
  state: 'good' | 'warn' | 'bad'
  text: string
}

const good = (text: string): Finding => ({ state: 'good', text })
const warn = (text: string): Finding => ({ state: 'warn', text })
const bad = (text: string): Finding => ({ state: 'bad', text })

const WORDS = { good: '正常', warn: '注意', bad: '故障' }

async function main(): Promise<number> {
  // A look leaves nothing behind: with a key given, none is made.
  const settings = readSettings(process.env)
  const embedded = settings.databaseUrl === undefined
  const checks = [
    node,
    database,
    embedded ? dataDir : undefined,
    proxy,
    disk,
    embedded ? backups : undefined,
    migrations,
    role,
  ]
  const findings: Finding[] = []
  for (const check of checks) {
    if (!check) continue
    const finding = await check(settings).catch((error: Error) => bad(error.message))
    findings.push(finding)
    process.stdout.write(`[${WORDS[finding.state]}] ${finding.text}\n`)
  }
  return findings.some((finding) => finding.state === 'bad') ? 1 : 0
}

async function node(): Promise<Finding> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const enough = major > 20 || (major === 20 && minor >= 19)
  return enough
    ? good(`Node.js ${process.versions.node}`)
    : bad(`Node.js ${process.versions.node} 版本过低：请升级到 20.19 或更高版本`)
}

async function database(settings: Settings): Promise<Finding> {
  const version = settings.databaseUrl
    ? await askVersion(settings.databaseUrl)
    : await fullVersion(await findBinaries())
  const name = `PostgreSQL ${version}${settings.databaseUrl ? '' : '（内置）'}`
  const verdict = judgeVersion(version)
  if (verdict.kind === 'unsupported') return bad(`${name}：版本过低，请升级到 15 或更高版本`)
  if (verdict.kind === 'unknown') return good(`${name}：本程序不掌握这一大版本的最新情况，请自行核对安全更新`)
  if (verdict.kind === 'current') return good(name)
  const advice = settings.databaseUrl
    ? '请尽快升级'
    : '内置数据库只在本机监听；正式使用请设置 DATABASE_URL，改用及时更新的 PostgreSQL'
  return warn(`${name}：已过时，同一大版本已有 ${verdict.newest}，修补了安全漏洞。${advice}`)
}

async function askVersion(url: string): Promise<string> {
  return await ask(url, async (client) => {
    const { rows } = await client.query<{ version: string }>(`select current_setting('server_version') as version`)
    return rows[0]?.version ?? ''
  })
}

async function ask<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 5_000 })
  client.on('error', () => undefined)
  await client.connect().catch((error: Error) => {
    throw new Error(`连不上数据库：${error.message || '没有回应'}。请检查 DATABASE_URL 和数据库是否在运行`)
  })
  return await work(client).finally(() => client.end())
}

async function dataDir(settings: Settings): Promise<Finding> {
  const place = `数据目录 ${settings.dataDir}`
  const found = await stat(settings.dataDir).catch(() => undefined)
  if (!found) return good(`${place} 还没有建立，首次启动时自动建立`)
  const writable = await access(settings.dataDir, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
  if (!writable) return bad(`${place} 当前用户不能读写：请改用建立它的用户运行，或修改目录的所有者`)
  const secret = await stat(join(settings.dataDir, 'postgres.secret')).catch(() => undefined)
  if (secret && (secret.mode & 0o077) !== 0) {
    return bad(`口令文件 ${join(settings.dataDir, 'postgres.secret')} 其他用户也能读：请执行 chmod 600`)
  }
  if ((found.mode & 0o022) !== 0) return warn(`${place} 其他用户也能写：请执行 chmod go-w`)
  return good(`${place} 权限正确`)
}

/** This server speaks no https itself: where residents come by it, something stands in front. */
async function proxy({ publicUrl, trustProxy }: Settings): Promise<Finding> {
  if (trustProxy) return good(`采信前置代理 ${trustProxy.join('、')} 转来的来访地址`)
  if (!publicUrl?.startsWith('https://')) return good('没有设置前置代理，来访地址以网络连接为准')
  return warn(
    'PUBLIC_URL 是 https，前面应有代理，却没有设置 TRUST_PROXY：所有来访者会被当成同一个来源，登录和短信次数的限制会互相影响。请填写代理的地址',
  )
}

async function disk(settings: Settings): Promise<Finding> {
  let place = settings.dataDir
  while (!(await stat(place).catch(() => undefined))) place = dirname(place)
  const { bavail, bsize } = await statfs(place)
  const gigabytes = (bavail * bsize) / 1e9
  const text = `磁盘剩余 ${gigabytes.toFixed(1)} GB`
  if (gigabytes < 0.5) return bad(`${text}，数据库随时可能停止写入：请立即清理`)
  return gigabytes < 5 ? warn(`${text}，请及早清理或扩容`) : good(text)
}

async function backups(settings: Settings): Promise<Finding> {
  const last = (await rememberedBackups(settings.dataDir)).at(-1)
  if (!last) return warn('还没有备份：请执行 npm run backup -- --out <目录>')
  const hours = (Date.now() - new Date(last.finishedAt).getTime()) / 3_600_000
  const text = `最近一次备份在${ago(hours)}：${last.directory}`
  return hours > 7 * 24 ? warn(`${text}，请重新备份`) : good(text)
}

function ago(hours: number): string {
  if (hours < 1) return '一小时以内'
  return hours < 48 ? ` ${Math.floor(hours)} 小时前` : ` ${Math.floor(hours / 24)} 天前`
}

async function migrations(settings: Settings): Promise<Finding> {
  if (settings.databaseUrl) return await comparedWith(settings.databaseUrl)
  if (!findPostmaster(join(settings.dataDir, 'postgres'))) return good('内置数据库没有运行，启动时会自动升级表结构')
  const server = await startEmbedded({ dataDir: settings.dataDir })
  return await comparedWith(server.url).finally(() => server.stop())
}

/** Only a database of one's own can have it otherwise. */
async function role({ databaseUrl, appDatabaseUrl }: Settings): Promise<Finding> {
  if (!databaseUrl) return good(`日常读写使用角色 ${APPLICATION}，各区县的数据由数据库隔开`)
  return await ask(await applicationUrl(databaseUrl, appDatabaseUrl), async (client) => {
    const { rows } = await client.query<{ name: string; exempt: boolean; owns: boolean }>(
      `select rolname as name, rolsuper or rolbypassrls as exempt,
         exists (select from pg_class where relname = 'districts' and relowner = pg_roles.oid) as owns
       from pg_roles where rolname = current_user`,
    )
    const { name, exempt, owns } = rows[0] ?? { name: '', exempt: true, owns: true }
    if (!exempt && !owns) return good(`日常读写使用角色 ${name}，各区县的数据由数据库隔开`)
    const fault = exempt
      ? '不受数据库的行级安全约束，各区县的数据只靠程序隔开'
      : '是数据表的所有者，可以自己撤掉隔开各区县数据的保护'
    const advice = `请让数据库管理员执行 CREATE ROLE ${APPLICATION}; GRANT ${APPLICATION} TO ${name};，或在 APP_DATABASE_URL 里给出另一个账号，再重新启动`
    return warn(`日常读写使用的 ${name} ${fault}。${advice}`)
  })
}

async function comparedWith(url: string): Promise<Finding> {
  const folder = fileURLToPath(new URL('../../migrations', import.meta.url))
  const names = (await readdir(folder)).filter((name) => /\.[jt]s$/.test(name)).map((name) => name.slice(0, -3))
  const done = await ask(url, async (client) => {
    const table = await client.query<{ name: string | null }>(`select to_regclass('kysely_migration')::text as name`)
    if (!table.rows[0]?.name) return []
    return (await client.query<{ name: string }>('select name from kysely_migration')).rows.map((row) => row.name)
  })
  const stranger = done.find((name) => !names.includes(name))
  if (stranger) return bad(`数据库的表结构比本程序新（${stranger}）：请换用新版程序`)
  const pending = names.filter((name) => !done.includes(name))
  if (pending.length === 0) return good('表结构是最新的')
  return warn(`有 ${pending.length} 项表结构升级尚未执行（${pending.join('、')}），下次启动时自动执行`)
}

process.exitCode = await main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`)
  return 1
})
