import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

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

test('the doctor fails when the database cannot be reached, and says so', async () => {
  const { code, said } = await doctor({ DATABASE_URL: 'postgresql://a@127.0.0.1:1/a' })
  expect(said).toMatch(/\[故障\] 连不上数据库/)
  expect(code).toBe(1)
})
