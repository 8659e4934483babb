import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSettings, withKey } from '../../server/settings.ts'

describe('settings', () => {
  let dir: string
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'yixu-settings-'))
  })
  afterEach(() => rm(dir, { recursive: true }))

  it('need nothing: this machine only, the embedded database, the demo district', () => {
    expect(readSettings({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      databaseUrl: undefined,
      seed: 'demo',
      desk: 'loopback',
    })
  })

  it('invent nothing in a database of one’s own unless asked to', () => {
    const own = { DATABASE_URL: 'postgres://somebody@localhost/district' }
    expect(readSettings(own).seed).toBe('none')
    expect(readSettings({ ...own, SEED: 'demo' }).seed).toBe('demo')
  })

  it('name every setting that is wrong, in Chinese, at once', () => {
    const wrong = { PORT: '70000', SEED: 'yes', DATABASE_URL: 'mysql://x', STAFF_KEY: 'short', DATA_KEY: 'c2hvcnQ=' }
    expect(() => readSettings(wrong)).toThrow(/PORT[\s\S]*整数/)
    for (const name of Object.keys(wrong)) expect(() => readSettings(wrong)).toThrow(`设置 ${name} 不对`)
  })

  it('take a provider of text messages by its address, and its token only with it', () => {
    const provider = { SMS_URL: 'https://sms.example.com:8443/send?v=2', SMS_TOKEN: 'abc-123' }
    expect(readSettings(provider)).toMatchObject({ smsUrl: provider.SMS_URL, smsToken: provider.SMS_TOKEN })
    expect(readSettings({})).toMatchObject({ smsUrl: undefined, smsToken: undefined })
    const bad = [
      'file:///etc/passwd',
      'ftp://sms.example.com',
      'https://user:secret@sms.example.com',
      'http://:80',
      'sms',
    ]
    for (const url of bad) expect(() => readSettings({ SMS_URL: url })).toThrow('设置 SMS_URL 不对')
    expect(() => readSettings({ SMS_TOKEN: 'abc' })).toThrow('设置 SMS_TOKEN 不对')
  })

  it('take proxies by their addresses and networks, and never everybody', () => {
    expect(readSettings({}).trustProxy).toBeUndefined()
    const given = { TRUST_PROXY: '127.0.0.1, 10.0.0.0/8,fd00::/8' }
    expect(readSettings(given).trustProxy).toEqual(['127.0.0.1', '10.0.0.0/8', 'fd00::/8'])
    for (const wrong of ['true', '*', '10.0.0.0/0', '::/0', '10.0.0.0/33', '10.0.0.1/8/9', '10.0.0', 'proxy', ','])
      expect(() => readSettings({ TRUST_PROXY: wrong })).toThrow('设置 TRUST_PROXY 不对')
  })

  it('make a staff key once, readable by the server alone, and keep it', async () => {
    const first = withKey(readSettings({ DATA_DIR: dir })).staffKey
    const file = join(dir, 'staff-key')
    expect(first.length).toBeGreaterThanOrEqual(16)
    expect(withKey(readSettings({ DATA_DIR: dir })).staffKey).toBe(first)
    expect((await readFile(file, 'utf8')).trim()).toBe(first)
    expect((await stat(file)).mode & 0o077).toBe(0)
  })

  it('make the staff key anew where the file was left empty', async () => {
    const file = join(dir, 'staff-key')
    await writeFile(file, '')
    const made = withKey(readSettings({ DATA_DIR: dir })).staffKey
    expect(made.length).toBeGreaterThanOrEqual(16)
    expect((await readFile(file, 'utf8')).trim()).toBe(made)
  })

  it('take a key that was set', () => {
    const given = 'set-by-the-operator'
    expect(withKey(readSettings({ DATA_DIR: dir, STAFF_KEY: given })).staffKey).toBe(given)
  })
})
