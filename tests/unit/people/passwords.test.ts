import { scryptSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { passwordsWith } from '../../../server/people/passwords.ts'

const passwords = passwordsWith({ matches: (stored, code) => stored === 'slip$1$salt$hash' && code === 'ABCD' })
const verify = (hash: string, password: string) => passwords.verify({ hash, password })

test('a password is kept as Argon2id has it, and is right whichever way its letters were typed', async () => {
  const hash = await passwords.hash('Ａb3-wandering-kite')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(hash).not.toBe(await passwords.hash('Ａb3-wandering-kite'))
  expect(await verify(hash, 'Ab3-wandering-kite')).toBe(true)
  expect(await verify(hash, 'Ab3-wandering-kit')).toBe(false)
})

test('a password that was set when scrypt was in use is still right', async () => {
  const salt = '00112233445566778899aabbccddeeff'
  const key = scryptSync('Sq7-wandering-kite', salt, 64, { N: 16384, r: 16, p: 1, maxmem: 64 * 1024 * 1024 })
  const hash = `${salt}:${key.toString('hex')}`
  expect(await verify(hash, 'Sq7-wandering-kite')).toBe(true)
  expect(await verify(hash, 'Sq7-wandering-kites')).toBe(false)
})

test('a slip opens with its code alone, and where nothing is kept nothing opens', async () => {
  expect(await verify('slip$1$salt$hash', 'ABCD')).toBe(true)
  expect(await verify('slip$1$salt$hash', 'ABCE')).toBe(false)
  expect(await verify('', '')).toBe(false)
  expect(await verify('$argon2', 'ABCD')).toBe(false)
})
