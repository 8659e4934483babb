import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { Type as T } from 'typebox'
import { Compile } from 'typebox/compile'

export interface Settings {
  host: string
  port: number
  /** Undefined: start the embedded PostgreSQL. */
  databaseUrl?: string
  /** The same database for everyday work, as a role that owns nothing. Undefined: `databaseUrl` in the role yixu_app. */
  appDatabaseUrl?: string
  dataDir: string
  seed: 'demo' | 'none'
  /** Who may read the desk's calls without a key: whoever sits at the server, or nobody. */
  desk: 'loopback' | 'key'
  /** Key for staff's calls, beside the accounts; empty until `withKey` has made one. */
  staffKey: string
  /** Keys for personal data, the current one first, older ones behind it. Undefined: `DATA_DIR/data.key`, made on the first start. */
  dataKey?: string
  /** The provider that text messages are handed to. Undefined: they stay in an outbox that the desk shows. */
  smsUrl?: string
  smsToken?: string
  /** Where residents reach the server, without a slash at the end. Undefined: posters lead to where the desk reached it. */
  publicUrl?: string
  /** Proxies in front of the server, as addresses or networks: who they say a request comes from is believed. Undefined: nobody is. */
  trustProxy?: string[]
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

const Environment = T.Object({
  HOST: T.String({ minLength: 1 }),
  PORT: T.String({ pattern: '^[0-9]{1,5}$' }),
  DATABASE_URL: T.String({ pattern: '^(postgres(ql)?://.+)?$' }),
  APP_DATABASE_URL: T.String({ pattern: '^(postgres(ql)?://.+)?$' }),
  DATA_DIR: T.String({ minLength: 1 }),
  SEED: T.Enum(['demo', 'none']),
  DESK: T.Enum(['loopback', 'key']),
  STAFF_KEY: T.String({ pattern: '^(.{16,})?$' }),
  DATA_KEY: T.String({ pattern: '^([A-Za-z0-9+/]{43}=(,[A-Za-z0-9+/]{43}=)*)?$' }),
  SMS_URL: T.String({ pattern: '^(https?://[A-Za-z0-9.:\\[\\]-]{1,200}(/[A-Za-z0-9._~/?=&%-]{0,300})?)?$' }),
  SMS_TOKEN: T.String({ pattern: '^[!-~]{0,500}$' }),
  PUBLIC_URL: T.String({ pattern: '^(https?://[A-Za-z0-9.:\\[\\]-]{1,200}(/[A-Za-z0-9._~/-]{0,100})?)?$' }),
  TRUST_PROXY: T.String(),
  LOG_LEVEL: T.Enum(['debug', 'info', 'warn', 'error', 'silent']),
})

const defaults = {
  HOST: '127.0.0.1',
  PORT: '3000',
  DATABASE_URL: '',
  APP_DATABASE_URL: '',
  DATA_DIR: '.data',
  SEED: 'demo',
  DESK: 'loopback',
  STAFF_KEY: '',
  DATA_KEY: '',
  SMS_URL: '',
  SMS_TOKEN: '',
  PUBLIC_URL: '',
  TRUST_PROXY: '',
  LOG_LEVEL: 'info',
}

const hints: Record<string, string> = {
  HOST: '监听地址，例如 127.0.0.1 或 0.0.0.0',
  PORT: '端口，0–65535 的整数',
  DATABASE_URL: '数据库地址，以 postgres:// 开头；不填则使用自带的数据库',
  APP_DATABASE_URL: '日常读写用的数据库地址，以 postgres:// 开头，与 DATABASE_URL 同一个库、另一个账号；可以不填',
  DATA_DIR: '数据目录，默认 .data',
  SEED: '只能是 demo（演示数据）或 none（不装演示数据）',
  DESK: '只能是 loopback（本机可看）或 key（一律要密钥）',
  STAFF_KEY: '工作密钥，至少 16 个字符；不填则自动生成',
  DATA_KEY:
    '加密个人信息的密钥，32 字节的 base64，可用 openssl rand -base64 32 生成；换密钥时新的在前、旧的在后，用逗号隔开',
  SMS_URL: '短信服务的接口地址，以 http:// 或 https:// 开头，网址里不能带用户名和口令；不填则短信只进待发箱，不会发出',
  SMS_TOKEN: '短信服务的令牌，只用英文字母、数字和符号，不含空格；要和 SMS_URL 一起填',
  PUBLIC_URL: '居民打开本系统的网址，以 http:// 或 https:// 开头，例如 https://yixu.example.gov.cn；印在海报上',
  TRUST_PROXY: '前置代理的 IP 地址或网段，用逗号隔开，例如 127.0.0.1,10.0.0.0/8；不填则不采信任何代理转来的来访地址',
  LOG_LEVEL: '只能是 debug、info、warn、error 或 silent',
}

const check = Compile(Environment)

/** Reads the settings from environment variables. @throws {Error} one readable line for each setting that is wrong. */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(
    Object.keys(defaults).flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
  )
  // A database of one's own is a district's: nothing is invented in it unless asked for.
  const values = { ...defaults, ...(environment.DATABASE_URL ? { SEED: 'none' } : {}), ...given }
  const wrong = new Set([...check.Errors(values)].map(({ instancePath }) => instancePath.slice(1)))
  if (Number(values.PORT) > 65535) wrong.add('PORT')
  if (values.SMS_URL && !URL.canParse(values.SMS_URL)) wrong.add('SMS_URL')
  if (!proxiesIn(values.TRUST_PROXY).every(isNetwork)) wrong.add('TRUST_PROXY')
  if (values.SMS_TOKEN && !values.SMS_URL) wrong.add('SMS_TOKEN')
  if (wrong.size) throw new Error([...wrong].map((name) => `设置 ${name} 不对：${hints[name]}。`).join('\n'))
  const dataDir = resolve(values.DATA_DIR)
  return {
    host: values.HOST,
    port: Number(values.PORT),
    databaseUrl: values.DATABASE_URL || undefined,
    appDatabaseUrl: values.APP_DATABASE_URL || undefined,
    dataDir,
    seed: values.SEED as Settings['seed'],
    desk: values.DESK as Settings['desk'],
    staffKey: values.STAFF_KEY,
    dataKey: values.DATA_KEY || undefined,
    smsUrl: values.SMS_URL || undefined,
    smsToken: values.SMS_TOKEN || undefined,
    publicUrl: values.PUBLIC_URL.replace(/\/+$/, '') || undefined,
    trustProxy: values.TRUST_PROXY ? proxiesIn(values.TRUST_PROXY) : undefined,
    logLevel: values.LOG_LEVEL as Settings['logLevel'],
  }
}

const proxiesIn = (list: string): string[] => (list === '' ? [] : list.split(',').map((one) => one.trim()))

/** An address, or the first of a network with its length; never all there are, which would let every visitor name an address of their own. */
function isNetwork(text: string): boolean {
  const [address = '', length, ...more] = text.split('/')
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0
  if (bits === 0 || more.length > 0) return false
  return length === undefined || (/^[1-9][0-9]{0,2}$/.test(length) && Number(length) <= bits)
}

/** The settings with a staff key: the one that was set, or the one made on the first start, readable by the server's own user alone. */
export function withKey(settings: Settings): Settings {
  return settings.staffKey ? settings : { ...settings, staffKey: keptKey(settings.dataDir) }
}

function keptKey(dataDir: string): string {
  const file = join(dataDir, 'staff-key')
  const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
  // A first start that was cut off may have left an empty file.
  if (kept) return kept
  mkdirSync(dataDir, { recursive: true })
  const key = randomBytes(24).toString('base64url')
  writeFileSync(file, `${key}\n`, { mode: 0o600 })
  chmodSync(file, 0o600)
  return key
}
