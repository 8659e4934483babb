import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  keyFile,
  makeKeyFile,
  newKey,
  readKeys,
  replaceKeys,
  ringInFile,
  ringOf,
} from '../../../server/platform/key-ring.ts'
import { secretsWith } from '../../../server/platform/secrets.ts'

const first = 'wXkcDqMEdKVpoNlEHz6pX0OE1n5RkpQGrfC7fEpdBXA='
const second = 'M5fNHF8lgm7BkAYcWxLzdl0uBXzBKyfW5OoAdlV5w1A='
const search = Buffer.alloc(32, 7)
const secrets = secretsWith(ringOf(first), search)

describe('what is sealed', () => {
  it('comes back as it was, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, context) => {
        expect(secrets.open(secrets.seal(text, context), context)).toBe(text)
      }),
    )
  })

  it('never looks the same twice, and shows nothing of the text', () => {
    const [one, other] = [
      secrets.seal('13800138000', 'people.phone/1/a'),
      secrets.seal('13800138000', 'people.phone/1/a'),
    ]
    expect(one.equals(other)).toBe(false)
    expect(one.toString('latin1')).not.toContain('138001')
  })

  it('stays shut in another row, with one bit changed, cut short, or for another key', () => {
    const sealed = secrets.seal('王秀英', 'people.name/1/a')
    expect(() => secrets.open(sealed, 'people.name/1/b')).toThrow()
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed)
      changed[at]! ^= 1
      expect(() => secrets.open(changed, 'people.name/1/a')).toThrow()
    }
    for (const length of [0, 1, 13, 20, sealed.length - 1]) {
      expect(() => secrets.open(sealed.subarray(0, length), 'people.name/1/a')).toThrow()
    }
    expect(() => secretsWith(ringOf(second), search).open(sealed, 'people.name/1/a')).toThrow('its key is missing')
  })

  it('with an older key is still read when a newer one stands in front', () => {
    const sealed = secrets.seal('王秀英', 'a')
    const later = secretsWith(ringOf(`${second},${first}`), search)
    expect(later.open(sealed, 'a')).toBe('王秀英')
    expect(later.seal('王秀英', 'a')[0]).toBe(readKeys(second)[0]?.id)
  })
})

it('two keys that happen to bear the same id are told apart', () => {
  const all = Array.from({ length: 400 }, () => readKeys(newKey())[0]!)
  const one = all.find(({ id }, at) => all.findIndex((key) => key.id === id) < at)!
  const other = all.find(({ id }) => id === one.id)!
  const words = [one, other].map(({ bytes }) => bytes.toString('base64'))
  const sealed = secretsWith(ringOf(words[1]!), search).seal('王秀英', 'a')
  expect(secretsWith(ringOf(words.join()), search).open(sealed, 'a')).toBe('王秀英')
})

describe('a keyed hash', () => {
  it('is the same for the same kind and text, whatever the sealing key, and for nothing else', () => {
    const hash = secrets.hashed('phone', '13800138000')
    expect(secretsWith(ringOf(second), search).hashed('phone', '13800138000').equals(hash)).toBe(true)
    expect(secrets.hashed('phone', '13800138001').equals(hash)).toBe(false)
    expect(secrets.hashed('name', '13800138000').equals(hash)).toBe(false)
    expect(secretsWith(ringOf(first), Buffer.alloc(32, 8)).hashed('phone', '13800138000').equals(hash)).toBe(false)
  })
})

describe('the key file', () => {
  let dir: string
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'yixu-keys-'))
  })
  afterEach(() => rm(dir, { recursive: true }))

  it('is made once, for the server alone, and kept', async () => {
    makeKeyFile(dir)
    const made = await readFile(keyFile(dir), 'utf8')
    makeKeyFile(dir)
    expect(await readFile(keyFile(dir), 'utf8')).toBe(made)
    expect((await stat(keyFile(dir))).mode & 0o777).toBe(0o600)
    expect(await readdir(dir)).toEqual(['data.key'])
  })

  it('is read again when a new key was put in front', async () => {
    makeKeyFile(dir)
    const old = (await readFile(keyFile(dir), 'utf8')).trim()
    const running = secretsWith(ringInFile(dir), search)
    replaceKeys(dir, readKeys(`${second} ${old}`))
    const sealed = secretsWith(ringInFile(dir), search).seal('王秀英', 'a')
    expect(running.open(sealed, 'a')).toBe('王秀英')
    expect((await stat(keyFile(dir))).mode & 0o777).toBe(0o600)
  })

  it('takes nothing that is no key', () => {
    for (const text of ['', 'short', `${first},x`, first.slice(1)]) expect(() => readKeys(text)).toThrow('32 字节')
    expect(readKeys(newKey())).toHaveLength(1)
  })
})
