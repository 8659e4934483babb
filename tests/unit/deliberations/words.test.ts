import { describe, expect, test } from 'vitest'
import { outcomeTable } from '../../../shared/deliberations/outcome-table.ts'
import type { MotionOutcome, OpinionOutcome, PointsOutcome } from '../../../shared/deliberations/room.ts'
import {
  type Asked,
  handsSentence,
  opinionSentence,
  outcomeSentence,
  turnoutSentence,
} from '../../../shared/deliberations/words.ts'

const asked = (part: Partial<Asked> = {}): Asked => ({ options: [], secret: false, quorum: null, ...part })
const byRoster = { of: 'roster', share: 0.5 } as const

const motion = (part: Partial<MotionOutcome> = {}): MotionOutcome => ({
  ...{ kind: 'motion', present: 42, roster: 50, needed: 25, verdict: 'passed' },
  ...{ voted: { phone: 30, seat: 12 }, all: { agree: 31, disagree: 8, pass: 3 } },
  byChannel: { phone: { agree: 24, disagree: 4, pass: 2 }, seat: { agree: 7, disagree: 4, pass: 1 } },
  hands: null,
  ...part,
})

describe('a motion', () => {
  test('that passed says who came, the quorum, the votes and the outcome', () => {
    expect(outcomeSentence(asked({ quorum: byRoster }), motion())).toBe(
      '42 人到会，应到 50 人，达到法定人数（25 人）；31 人赞成，8 人反对，3 人弃权，决议通过。',
    )
  })

  test('without enough people is void, and no votes are read out', () => {
    const outcome = motion({ present: 20, verdict: 'no-quorum' })
    expect(outcomeSentence(asked({ quorum: byRoster }), outcome)).toBe(
      '20 人到会，应到 50 人，未达到法定人数（25 人），表决无效，没有形成决议。',
    )
  })

  test('of which so many of those present must vote says how many did', () => {
    const quorum = { of: 'attendance', share: 0.5 } as const
    expect(outcomeSentence(asked({ quorum }), motion({ needed: 21 }))).toMatch(
      /^42 人到会，42 人投票，达到法定人数（21 人）；/,
    )
  })

  test('in a secret ballot says so, and one that failed says that', () => {
    const outcome = motion({ verdict: 'failed', byChannel: null })
    expect(outcomeSentence(asked({ secret: true }), outcome)).toBe(
      '42 人到会；无记名投票，31 人赞成，8 人反对，3 人弃权，决议未通过。',
    )
  })

  test('that nobody voted on', () => {
    const nobody = { agree: 0, disagree: 0, pass: 0 }
    const outcome = motion({ verdict: 'failed', voted: { phone: 0, seat: 0 }, all: nobody })
    expect(outcomeSentence(asked(), outcome)).toBe('42 人到会；没有人投票，决议未通过。')
  })

  test('has a table whose channels add up, hands apart and a secret one without choices by channel', () => {
    const hands = { agree: 20, disagree: 1, pass: 0 }
    expect(outcomeTable(asked(), motion({ hands }))).toEqual({
      head: ['方式', '投票人数', '赞成', '反对', '弃权'],
      rows: [
        ['手机', '30', '24', '4', '2'],
        ['座位卡', '12', '7', '4', '1'],
        ['合计', '42', '31', '8', '3'],
        ['举手（单独列出）', '21', '20', '1', '0'],
      ],
    })
    expect(outcomeTable(asked({ secret: true }), motion({ byChannel: null })).rows[0]).toEqual([
      ...['手机', '30', '—', '—', '—'],
    ])
  })
})

const options = ['延长食堂开放时间', '加装扶手', '周末开放活动室', '修路灯'].map((text, i) => ({ id: `${i}`, text }))
const point = (option: string, points: number, hands: number | null = null) => ({
  ...{ option, points, hands },
  byChannel: { phone: points, seat: 0 },
})
const points = (results: PointsOutcome['results'], kind: PointsOutcome['kind'] = 'dots'): PointsOutcome => ({
  ...{ kind, present: 42, results },
  voted: { phone: 38, seat: 0 },
})

describe('dots and ranking', () => {
  test('the first three places are named', () => {
    const outcome = points([point('0', 21), point('1', 18), point('2', 9), point('3', 2)])
    expect(outcomeSentence(asked({ options }), outcome)).toBe(
      '42 人到会，38 人投票。第 1 位“延长食堂开放时间”，21 票；第 2 位“加装扶手”，18 票；第 3 位“周末开放活动室”，9 票。',
    )
  })

  test('ties share a place and the next one is passed over', () => {
    const outcome = points([point('0', 21), point('1', 18), point('2', 18), point('3', 0)], 'ranking')
    expect(outcomeSentence(asked({ options }), outcome)).toBe(
      '42 人到会，38 人投票。第 1 位“延长食堂开放时间”，21 分；第 2 位（2 项并列）“加装扶手”“周末开放活动室”，各 18 分。',
    )
  })

  test('their table has hands only where somebody counted them', () => {
    expect(outcomeTable(asked({ options }), points([point('0', 2)])).head).toEqual(['选项', '票数', '手机', '座位卡'])
    expect(outcomeTable(asked({ options }), points([point('0', 2, 7)])).rows).toEqual([
      ['延长食堂开放时间', '2', '2', '0', '7'],
    ])
  })
})

describe('opinions', () => {
  const nobody = { agree: 0, disagree: 0, pass: 0 }
  const result = (option: string, agree: number, consensus: number) => ({
    ...{ option, consensus, dissent: 0.1, hands: null },
    all: { agree, disagree: 2, pass: 3 },
    byChannel: { phone: { agree, disagree: 2, pass: 3 }, seat: nobody },
  })
  const opinion = (results: OpinionOutcome['results']): OpinionOutcome => ({
    ...{ kind: 'opinion', present: 42, voted: { phone: 36, seat: 0 }, results, groups: null, withoutGroups: null },
  })

  test('what most agree on is named with its counts, ties as ties', () => {
    const [first, tied, last] = [result('0', 31, 0.8), result('1', 31, 0.8), result('2', 3, 0.3)]
    expect(outcomeSentence(asked({ options }), opinion([first, last]))).toBe(
      '42 人到会，36 人对 2 条意见表态。共识最高的是“延长食堂开放时间”：31 人赞成，2 人反对，3 人弃权。',
    )
    expect(outcomeSentence(asked({ options }), opinion([first, tied, last]))).toBe(
      '42 人到会，36 人对 3 条意见表态。共识最高的有 2 条，并列：“延长食堂开放时间”“加装扶手”。',
    )
  })

  test('of many ties and of long words only the beginning is read out', () => {
    const long = options.map(({ id }) => ({ id, text: '长'.repeat(40) }))
    const outcome = opinion(options.map(({ id }) => result(id, 31, 0.8)))
    const quoted = `“${'长'.repeat(30)}……”`
    expect(outcomeSentence(asked({ options: long }), outcome)).toBe(
      `42 人到会，36 人对 4 条意见表态。共识最高的有 4 条，并列：${quoted.repeat(3)}等。`,
    )
  })

  test('one statement is said with its share and of how many', () => {
    expect(opinionSentence({ all: { agree: 31, disagree: 8, pass: 3 } })).toBe(
      '42 人表态：31 人赞成（74%），8 人反对，3 人弃权。',
    )
    expect(opinionSentence({ all: nobody })).toBe('没有人表态。')
  })

  test('their table lists both channels', () => {
    const { head, rows } = outcomeTable(asked({ options }), opinion([result('0', 31, 0.8)]))
    expect(head).toEqual([
      ...['意见', '表态人数', '赞成', '反对', '弃权', '手机（赞成 / 反对 / 弃权）', '座位卡（赞成 / 反对 / 弃权）'],
    ])
    expect(rows).toEqual([['延长食堂开放时间', '36', '31', '2', '3', '31 / 2 / 3', '0 / 0 / 0']])
  })
})

test('an open vote says only how many have voted', () => {
  expect(turnoutSentence({ voted: 31, present: 42 })).toBe('42 人到会，已有 31 人投票。')
})

test('a show of hands is said apart, and not at all where there was none', () => {
  expect(handsSentence({ agree: 20, disagree: 1, pass: 0 })).toBe(
    '另有举手（单独列出，不计入以上人数）：20 人赞成，1 人反对，0 人弃权。',
  )
  expect(handsSentence(null)).toBeUndefined()
})
