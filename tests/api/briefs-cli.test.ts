import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { copyDatabase, type DatabaseCopy } from '../setup/database.ts'
import { type OpenBriefs, openBriefs, sites } from './briefs-district.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }

/** `npm run briefs` as it stands in package.json, on this database. */
function briefs(databaseUrl: string, ...given: string[]): Promise<{ code: number; out: string; error: string }> {
  const [, ...command] = scripts.briefs!.split(' ')
  const env = { ...process.env, DATABASE_URL: databaseUrl, STAFF_KEY: 'a-key-for-tests-only-0001' }
  return new Promise((resolve) => {
    execFile(process.execPath, [...command, ...given], { cwd: root, env }, (failed, out, error) => {
      resolve({ code: failed ? Number(failed.code) : 0, out, error })
    })
  })
}

let district: OpenBriefs
let empty: DatabaseCopy
let folder: string
beforeAll(async () => {
  district = await openBriefs()
  await district.send('C001', 40)
  empty = await copyDatabase()
  folder = await mkdtemp(join(tmpdir(), 'briefs-'))
})
afterAll(async () => {
  await district?.stop()
  await empty?.drop()
  if (folder) await rm(folder, { recursive: true, force: true })
})

describe('npm run briefs', () => {
  test('writes three files for each site, a list and one ZIP of them, and sums up in Chinese', async () => {
    const { code, out } = await briefs(district.running.databaseUrl, '--out', folder)
    expect([code, out.trim().split('\n').at(-1)]).toEqual([
      0,
      expect.stringMatching(new RegExp(`^以需区：已编制 ${sites.length} 份一社一案.+用时 [\\d.]+ 秒。$`)),
    ])
    const names = (await readdir(folder, { recursive: true })).filter((name) => /\.\w+$/.test(name))
    for (const format of ['docx', 'pdf', 'xlsx']) {
      expect(names.filter((name) => name.endsWith(`.${format}`))).toHaveLength(sites.length)
    }
    const [zip] = names.filter((name) => name.endsWith('.zip'))
    const packed = unzipSync(await readFile(join(folder, zip!)))
    expect(Object.keys(packed).sort()).toEqual(names.filter((name) => name !== zip).sort())
    for (const [name, data] of Object.entries(packed)) {
      expect((await readFile(join(folder, name))).equals(data)).toBe(true)
    }
  })

  test('keeps what it composes as editions that the desk lists', async () => {
    const staff = (await district.list()).filter(({ audience }: { audience: string }) => audience === 'staff')
    expect(staff.map(({ site }: { site: string }) => site)).toEqual(sites.map(({ code }) => code))
  })

  test.each([
    ['an empty database', () => empty.url, [], /还没有区县.*npm start/],
    ['a district that is not there', () => district.running.databaseUrl, ['--district', 'QQ'], /没有代码为 QQ 的区县/],
  ] as const)('says what to do about %s, and fails', async (_, url, more, words) => {
    const { code, error } = await briefs(url(), '--out', folder, ...more)
    expect(code).toBe(1)
    expect(error).toMatch(words)
    expect(error).not.toMatch(/\bat .+:\d+/)
  })

  test('says how it is used when it is used otherwise', async () => {
    const { code, error } = await briefs(empty.url, '--audience', 'press')
    expect([code, error]).toEqual([2, expect.stringContaining('用法：npm run briefs')])
  })
})
