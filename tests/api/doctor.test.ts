import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, inject, test } from 'vitest'
import { copyDatabase } from '../setup/database.ts'

const script = fileURLToPath(new URL('../../server/cli/doctor.ts', import.meta.url))

function doctor(environment: Record<string, string>): Promise<{ code: number; said: string }> {
  const env = { ...process.env, DATABASE_URL: '', ...environment }
  return new Promise((resolve) =>
    execFile(process.execPath, ['--import', 'tsx', script], { env }, (error, said) =>
      resolve({ code: Number(error?.code ?? 0), said }),
    ),
  )
}

test('the doctor warns that the embedded PostgreSQL 18.4 is behind 18.6, changes nothing and does not fail', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'yixu-doctor-'))
  const { code, said } = await doctor({ DATA_DIR: join(parent, 'data') })
  expect(said).toMatch(/\[注意\] PostgreSQL 18\.4.*18\.6/)
  expect(code).toBe(0)
  expect(existsSync(join(parent, 'data'))).toBe(false)
  rmSync(parent, { recursive: true })
})

test('the doctor misses the proxy where residents come by https, and says whom it believes', async () => {
  const DATA_DIR = join(tmpdir(), 'yixu-doctor-nothing')
  const https = { DATA_DIR, PUBLIC_URL: 'https://yixu.example' }
  expect((await doctor(https)).said).toMatch(/\[注意\] .*TRUST_PROXY/)
  expect((await doctor({ ...https, TRUST_PROXY: '10.0.0.7' })).said).toMatch(/\[正常\] 采信前置代理 10\.0\.0\.7/)
})

test('the doctor fails when the database cannot be reached, and says so', async () => {
  const { code, said } = await doctor({ DATABASE_URL: 'postgresql://a@127.0.0.1:1/a' })
  expect(said).toMatch(/\[故障\] 连不上数据库/)
  expect(code).toBe(1)
})

test('the doctor says in whose name the application works in a database of one’s own, and what to do where that is its owner', async () => {
  const { adminUrl } = inject('database')
  const copy = await copyDatabase()
  try {
    const asOwner = await doctor({ DATABASE_URL: copy.url })
    expect(asOwner.said).toMatch(
      /\[注意\] 日常读写使用的 yixu 是数据表的所有者.*GRANT yixu_app TO yixu;.*APP_DATABASE_URL/,
    )
    const asItself = await doctor({ DATABASE_URL: copy.url, APP_DATABASE_URL: copy.appUrl })
    expect(asItself.said).toMatch(/\[正常\] 日常读写使用角色 yixu_app/)
    const { pathname } = new URL(copy.url)
    const lowered = await doctor({ DATABASE_URL: Object.assign(new URL(adminUrl), { pathname }).href })
    expect(lowered.said).toMatch(/\[正常\] 日常读写使用角色 yixu_app/)
  } finally {
    await copy.drop()
  }
})
