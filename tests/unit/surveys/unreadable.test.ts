import { expect, test } from 'vitest'
import { compileCondition } from '../../../server/surveys/conditions.ts'
import { compile } from '../../../shared/surveys/compile.ts'
import type { Json } from '../../../shared/surveys/definition.ts'

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth))

const asking = (more: Json) => ({ elements: [{ type: 'checkbox', name: 'q', choices: ['a', 'b'], ...more }] })

test.each<[string, Json]>([
  ['choices that cannot be put into words', { choices: [{ value: { toString: 1, valueOf: 2 } }] }],
  ['choices nested ten thousand deep', { choices: nested(10_000) }],
  ['validators whose type is no word', { validators: [{ type: { toString: null } }] }],
  ['an input type without end', { type: 'text', inputType: nested(20_000) }],
  ['a property that every object has', JSON.parse('{ "demand": { "__proto__": { "role": "need" } } }')],
])('a definition with %s is refused and breaks nothing', (_what, more) => {
  const refused = { at: 'survey', rule: 'element', message: expect.stringContaining('嵌套过深') }
  expect(compile(asking(more), compileCondition)).toEqual({ ok: false, refusals: [refused] })
})

test('a definition with nothing strange about it compiles', () => {
  expect(compile(asking({}), compileCondition).ok).toBe(true)
})
