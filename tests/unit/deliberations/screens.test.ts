import { expect, test } from 'vitest'
import { screens } from '../../../server/deliberations/screens.ts'

test('one address opens so many and no more, others theirs, and whoever closes one opens another', () => {
  const { enter } = screens(2)
  const leave = enter('10.0.0.1')!
  expect(enter('10.0.0.1')).toBeDefined()
  expect(enter('10.0.0.1')).toBeUndefined()
  expect(enter('10.0.0.2')).toBeDefined()
  leave()
  leave()
  expect(enter('10.0.0.1')).toBeDefined()
  expect(enter('10.0.0.1')).toBeUndefined()
})
