import { expect, test } from 'vitest'
import { sourceOf } from '../../../server/people/attempts.ts'

test.each([
  ['10.1.2.3', '10.1.2.3'],
  ['::ffff:10.1.2.3', '10.1.2.3'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::6', '2001:db8:1:2'],
  ['2001:db8::3:4:5:6', '2001:db8:0:0'],
  ['2001:db8::6', '2001:db8:0:0'],
  ['2001:db8:1::4:5:6', '2001:db8:1:0'],
  ['::1', '0:0:0:0'],
])('%s counts as %s', (ip, source) => {
  expect(sourceOf(ip)).toBe(source)
})
