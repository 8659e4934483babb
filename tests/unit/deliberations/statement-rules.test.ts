import { expect, test } from 'vitest'
import { statementStates } from '../../../shared/deliberations/kinds.ts'
import {
  answerFault,
  mergeFault,
  moderationFault,
  type Standing,
} from '../../../shared/deliberations/statement-rules.ts'
import { oneLine, textFault } from '../../../shared/one-line.ts'

let made = 0
const standing = (more: Partial<Standing> = {}): Standing => {
  made += 1
  return { id: `s${made}`, number: made, state: 'shown', mergedInto: null, proposal: null, ...more }
}
const alone = { merged: [] }

test('what was merged is split before it is moderated, and what others were merged into is not taken down', () => {
  const into = standing({ number: 7 })
  const merged = standing({ state: 'merged', mergedInto: into.id })
  expect(moderationFault(merged, 'shown', { into, merged: [] })).toContain('第 7 条')
  expect(moderationFault(into, 'rejected', { merged: [merged] })).toContain('1 条意见并在这条里')
  expect(moderationFault(into, 'received', { merged: [merged] })).toContain('拆开')
  expect(moderationFault(into, 'shown', { merged: [merged] })).toBeUndefined()
})

test('what has a result is not taken down, unless the result is taken back first', () => {
  const discussed = standing({ state: 'discussed' })
  expect(moderationFault(discussed, 'received', alone)).toContain('撤回结果')
  expect(moderationFault(discussed, 'rejected', alone)).toContain('撤回结果')
  expect(moderationFault(discussed, 'shown', alone)).toBeUndefined()
})

test('only what waits or is shown is merged, and only into what is shown', () => {
  const may = statementStates.filter((state) => !mergeFault(standing({ state }), standing()))
  const takes = statementStates.filter((state) => !mergeFault(standing(), standing({ state })))
  expect(may).toEqual(['received', 'shown'])
  expect(takes).toEqual(['shown', 'discussed'])
  const one = standing()
  expect(mergeFault(one, one)).toContain('它自己')
  const target = standing({ number: 3 })
  expect(mergeFault(one, standing({ state: 'merged', mergedInto: target.id }), target)).toContain('第 3 条')
  expect(mergeFault(standing({ proposal: 'a' }), standing({ proposal: 'b' }))).toContain('同一项行动')
})

test('only what is shown is answered', () => {
  expect(statementStates.filter((state) => !answerFault(standing({ state })))).toEqual(['shown', 'discussed'])
})

test('length is counted as people count, and a comparison is no markup', () => {
  expect(textFault('😀'.repeat(500), 500)).toBeUndefined()
  expect(textFault('😀'.repeat(501), 500)).toBe('too-long')
  expect(textFault('3<5，a < b，>_<', 500)).toBeUndefined()
  expect(textFault('\u3164\u00ad ', 500)).toBe('empty')
  for (const text of ['<b>', '</p', '<!--', '<?xml', 'javascript:x', 'JAVASCRIPT :x', 'vbscript:x', '左\u202e右'])
    expect(textFault(text, 500), text).toBe('markup')
  expect(oneLine(' 一\r\n二\t三\u2028四 ')).toBe('一 二 三 四')
})
