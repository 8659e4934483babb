import { expect, test } from 'vitest'
import { ballotTyped, ballotWords, statementTyped } from '../../../shared/deliberations/typed.ts'

test.each([
  ['12 想要一处能坐的地方', { seat: 12, text: '想要一处能坐的地方' }],
  ['１２　想要 3 张长椅 ', { seat: 12, text: '想要 3 张长椅' }],
  ['3月的活动太少', { text: '3月的活动太少' }],
  ['60岁以上的老人没有地方吃饭', { text: '60岁以上的老人没有地方吃饭' }],
  [' 没有座位号 ', { text: '没有座位号' }],
  ['9999 座位没有这么多', { text: '9999 座位没有这么多' }],
  ['12 ', { text: '12' }],
])('the line %j is a statement', (line, typed) => {
  expect(statementTyped(line)).toEqual(typed)
})

const options = ['甲', '乙', '丙'].map((text) => ({ id: text, text }))
const motion = { kind: 'motion', secret: false, options: [] as { id: string; text: string }[], picks: 0 } as const
const opinion = { kind: 'opinion', secret: false, options, picks: 0 } as const
const dots = { kind: 'dots', secret: false, options, picks: 2 } as const
const all = (choice: unknown) => [{ option: null, choice }]

test.each([
  [motion, '12 a', { seat: 12, votes: all('agree') }, '12 号座：赞成'],
  [motion, '12D', { seat: 12, votes: all('disagree') }, '12 号座：反对'],
  [motion, '１２ 弃', { seat: 12, votes: all('pass') }, '12 号座：弃权'],
  [{ ...motion, secret: true }, ' 12 ', { seat: 12, votes: [] }, '12 号座：领了纸质票'],
  [dots, '12 3 1', { seat: 12, votes: all([2, 0]) }, '12 号座：3、1'],
])('by %j the line %j is a ballot', (question, line, ballot, words) => {
  expect(ballotTyped(line, question)).toEqual(ballot)
  expect(ballotWords(ballot as never)).toBe(words)
})

test('by an opinion question a letter stands for each statement', () => {
  const ballot = ballotTyped('7 a-d', opinion)
  expect(ballot).toEqual({
    seat: 7,
    votes: [
      { option: 0, choice: 'agree' },
      { option: 2, choice: 'disagree' },
    ],
  })
  expect(ballotWords(ballot as never)).toBe('7 号座：1 赞成，3 反对')
})

test.each([
  [motion, 'a'],
  [motion, '12'],
  [motion, '12 aa'],
  [{ ...motion, secret: true }, '12 a'],
  [opinion, '12 aa'],
  [opinion, '12 ---'],
  [dots, '12'],
  [dots, '12 4'],
  [dots, '12 1 1'],
  [dots, '12 1 2 3'],
])('by %j the line %j is refused with what to type', (question, line) => {
  expect(ballotTyped(line, question)).toEqual({ wrong: expect.any(String) })
})
