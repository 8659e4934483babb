import { parseArgs } from 'node:util'
import { restore } from '../db/backup-restore.ts'
import { readSettings } from '../settings.ts'

const USAGE = `请指出从哪份备份恢复：
  npm run restore -- --from <备份目录> [--to '2026-11-21T10:00:00+08:00'] [--data-dir <目录>] [--force]
`

const OUTSIDE = `设置了 DATABASE_URL，数据在您自己的 PostgreSQL 里，请用 PostgreSQL 自带的工具恢复：

  用 pg_dump 做的备份：
    pg_restore --clean --if-exists --dbname="$DATABASE_URL" yixu.dump

  用 pg_basebackup 做的备份，恢复到某一时刻：把备份放回数据目录，在 postgresql.conf 里写上
    restore_command = 'cp <WAL 归档目录>/%f %p'
    recovery_target_time = '2026-11-21 10:00:00+08'
    recovery_target_action = 'promote'
  再建一个空文件 recovery.signal，然后启动 PostgreSQL。
`

const OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  'data-dir': { type: 'string' },
  force: { type: 'boolean' },
} as const

async function main(): Promise<number> {
  const { values } = parseArgs({ options: OPTIONS })
  const dataDir = values['data-dir']
  // A named directory is restored whatever the environment says about another database.
  const settings = dataDir ? undefined : readSettings(process.env)
  if (settings?.databaseUrl) return say(OUTSIDE)
  if (!values.from) return say(USAGE)
  const to = values.to ? readMoment(values.to) : undefined
  const from = performance.now()
  const target = dataDir ?? settings?.dataDir ?? '.data'
  const log = (message: string) => process.stdout.write(`${message}……\n`)
  const report = await restore({ from: values.from, dataDir: target, to, force: values.force, log })
  const seconds = ((performance.now() - from) / 1000).toFixed(1)
  process.stdout.write(
    `恢复完成：${target}，用时 ${seconds} 秒，检查了 ${report.checked} 个索引和全部数据表，没有损坏。\n` +
      `最后一次写入：${report.lastCommit ?? '备份完成之前'}。\n` +
      `${report.aside ? `原有数据保留在 ${report.aside}，确认无误后可以删除。\n` : ''}`,
  )
  return 0
}

function say(text: string): number {
  process.stderr.write(text)
  return 2
}

function readMoment(text: string): Date {
  const moment = new Date(text)
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text)
  if (zoned && !Number.isNaN(moment.getTime())) return moment
  throw new Error(`--to 的写法不对：${text}。请写明日期、时间和时区，例如 2026-11-21T10:00:00+08:00`)
}

process.exitCode = await main().catch((error: Error) => {
  process.stderr.write(`恢复没有完成：${error.message}\n`)
  return 1
})
