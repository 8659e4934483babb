import { parseArgs } from 'node:util'
import type pg from 'pg'
import type { District } from '../../shared/places/api.ts'
import { forDistrict, onPool } from '../db/database.ts'
import { headsFile, readHeads } from '../platform/audit-heads.ts'
import { type Break, verifyChain } from '../platform/audit-verify.ts'
import { readSettings } from '../settings.ts'
import { chosenDistricts } from './chosen-districts.ts'
import { onDatabase } from './on-database.ts'

const usage = '用法：npm run audit -- --verify [--district 区县代码]\n'

/** So many places are told one by one; whoever changed more than that has changed everything. */
const TOLD = 20
/** A chain of this age has been noted outside the database at least once. */
const NOTED_AFTER_MS = 2 * 86_400_000

/** Checks the chains; returns how many faults there are. */
async function work(pool: pg.Pool, dataDir: string, code?: string): Promise<number> {
  let faults = 0
  for (const district of await chosenDistricts(onPool(pool), code)) faults += await verify(pool, dataDir, district)
  if (faults > 0) process.stdout.write('审计记录被动过。请保留现场，不要重启或恢复数据库，并报告网络安全负责人。\n')
  return faults
}

async function verify(pool: pg.Pool, dataDir: string, { id, code, name }: District): Promise<number> {
  const { heads, unreadable } = await readHeads(dataDir, code)
  const { entries, breaks, since } = await verifyChain(forDistrict(onPool(pool), id), id, heads)
  const file = headsFile(dataDir, code)
  const unnoted = heads.length === 0 && since && Date.now() - since.getTime() > NOTED_AFTER_MS
  const faults = [
    ...breaks.map(inWords),
    ...unreadable.map((line) => `存根 ${file} 第 ${line} 行不是原来的格式，已被改动`),
    ...(unnoted ? [`没有存根 ${file}：它可能被删除，整条记录是否重写过无从核对`] : []),
  ]
  const verdict = faults.length === 0 ? '记录链完整' : `发现 ${faults.length} 处问题`
  process.stdout.write(`${name}（${code}）：审计记录 ${entries} 条，库外存根 ${heads.length} 条，${verdict}。\n`)
  for (const fault of faults.slice(0, TOLD)) process.stdout.write(`  ${fault}。\n`)
  if (faults.length > TOLD) process.stdout.write(`  其余 ${faults.length - TOLD} 处略。\n`)
  return faults.length
}

function inWords(found: Break): string {
  if (found.kind === 'missing') {
    const numbers = found.seq === found.until ? `${found.seq}` : `${found.seq}–${found.until}`
    return `第 ${numbers} 条不见了`
  }
  if (found.kind === 'cut')
    return `第 ${found.head.seq} 条不见了：存根第 ${found.head.line} 行（${local(found.head.at)}）记有此条`
  const { seq, at, action, subject } = found.entry
  const entry = `第 ${seq} 条（${local(at)}，${action}，${subject}）`
  if (found.kind === 'changed') return `${entry}的内容被改动`
  if (found.kind === 'unlinked') return `${entry}与前一条接不上：此处有记录被插入、删除或替换`
  return `${entry}与存根第 ${found.head.line} 行（${local(found.head.at)}）不符：此条及之前的记录被重写`
}

const local = (at: Date): string => at.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai' })

function read(): { district?: string } | undefined {
  try {
    const { values } = parseArgs({ options: { verify: { type: 'boolean' }, district: { type: 'string' } } })
    return values.verify ? { district: values.district?.toUpperCase() } : undefined
  } catch {
    return undefined
  }
}

const wish = read()
if (wish) {
  await onDatabase(1, async (pool) => {
    const { dataDir } = readSettings(process.env)
    if ((await work(pool, dataDir, wish.district)) > 0) process.exitCode = 1
  })
} else {
  process.stderr.write(usage)
  process.exitCode = 2
}
