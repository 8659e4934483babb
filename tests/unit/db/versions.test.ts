import { expect, test } from 'vitest'
import { judgeVersion } from '../../../server/db/versions.ts'

test('18.4 is behind 18.6, which closes security holes', () => {
  expect(judgeVersion('18.4')).toEqual({ kind: 'outdated', newest: '18.6' })
})

test('the newest known minor release and any later one are current', () => {
  expect(judgeVersion('18.6')).toEqual({ kind: 'current' })
  expect(judgeVersion('18.9')).toEqual({ kind: 'current' })
})

test('what a distribution adds to the number does not disturb', () => {
  expect(judgeVersion('16.2 (Debian 16.2-1.pgdg120+2)')).toMatchObject({ kind: 'outdated' })
  expect(judgeVersion('18beta1')).toMatchObject({ kind: 'outdated' })
})

test('a version below 15 is not supported, one from the future is not judged', () => {
  expect(judgeVersion('14.9')).toEqual({ kind: 'unsupported' })
  expect(judgeVersion('nonsense')).toEqual({ kind: 'unsupported' })
  expect(judgeVersion('23.1')).toEqual({ kind: 'unknown' })
})
