import { parseArgs } from 'node:util'
import { backUp } from '../db/backup.ts'
import { failureInWords } from '../db/failure-words.ts'
import { readSettings } from '../settings.ts'

const OUTSIDE = `设置了 DATABASE_URL，数据在您自己的 PostgreSQL 里，请用 PostgreSQL 自带的工具备份：

  只要某一时刻的完整副本（还原用 pg_restore --clean --if-exists）：
    pg_dump --format=custom --file=yixu.dump "$DATABASE_URL"

  需要恢复到任意时刻（另须在服务器上打开 WAL 归档 archive_mode）：
    pg_basebackup --pgdata=<备份目录> --checkpoint=fast --wal-method=stream --progress

  DATA_DIR 里的文件（密钥、上传的附件）请一并复制。
`

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { out: { type: 'string' } } })
  const settings = readSettings(process.env)
  if (settings.databaseUrl) {
    process.stderr.write(OUTSIDE)
    return 2
  }
  if (!values.out) {
    process.stderr.write('请指出备份放在哪里：npm run backup -- --out <目录>\n')
    return 2
  }
  const from = performance.now()
  const report = await backUp({ dataDir: settings.dataDir, out: values.out })
  const seconds = ((performance.now() - from) / 1000).toFixed(1)
  process.stdout.write(
    `备份完成：${report.directory}\n` +
      `共 ${report.files} 个文件，${(report.bytes / 1e6).toFixed(1)} MB，用时 ${seconds} 秒。\n` +
      `可以恢复到 ${local(report.finishedAt)} 起的任一时刻。备份里有全部数据和口令，请妥善保管，并另存一份到其他机器。\n`,
  )
  return 0
}

const local = (moment: string) => new Date(moment).toLocaleString('zh-CN', { timeZoneName: 'short' })

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`备份没有完成：${failureInWords(error)}\n`)
  return 1
})
