import { seenBy } from './consensus.ts'
import { choiceNames, presenceNames } from './kinds.ts'
import type { Counts, MotionOutcome, OpinionOutcome, Outcome, PointsOutcome } from './room.ts'
import { type Asked, textOf } from './words.ts'

/** How a vote ended, with counts by channel that add up: rows under a heading, the first column names the row. */
export interface OutcomeTable {
  head: string[]
  rows: string[][]
}

export const HANDS = '举手（单独列出）'
const choices = Object.values(choiceNames)
/** Few people on one channel would be told apart, so that a secret ballot keeps no choices by channel. */
const UNKNOWN = '—'

export function outcomeTable(question: Asked, outcome: Outcome): OutcomeTable {
  switch (outcome.kind) {
    case 'motion':
      return motionTable(outcome)
    case 'opinion':
      return opinionTable(question, outcome)
    case 'dots':
    case 'ranking':
      return pointsTable(question, outcome)
  }
}

const inOrder = ({ agree, disagree, pass }: Counts): string[] => [agree, disagree, pass].map(String)
const slashed = (counts: Counts | null): string => (counts ? inOrder(counts).join(' / ') : UNKNOWN)

function motionTable({ voted, all, byChannel, hands }: MotionOutcome): OutcomeTable {
  const unknown = choices.map(() => UNKNOWN)
  const channel = (name: 'phone' | 'seat') => [
    presenceNames[name],
    String(voted[name]),
    ...(byChannel ? inOrder(byChannel[name]) : unknown),
  ]
  const total = ['合计', String(voted.phone + voted.seat), ...inOrder(all)]
  const apart = hands ? [[HANDS, String(seenBy(hands)), ...inOrder(hands)]] : []
  return { head: ['方式', '投票人数', ...choices], rows: [channel('phone'), channel('seat'), total, ...apart] }
}

function opinionTable(question: Asked, { results }: OpinionOutcome): OutcomeTable {
  const hasHands = results.some(({ hands }) => hands)
  const three = choices.join(' / ')
  const channels = Object.values(presenceNames).map((name) => `${name}（${three}）`)
  return {
    head: ['意见', '表态人数', ...choices, ...channels, ...(hasHands ? [HANDS] : [])],
    rows: results.map(({ option, all, byChannel, hands }) => [
      ...[textOf(question.options, option), String(seenBy(all)), ...inOrder(all)],
      ...[slashed(byChannel.phone), slashed(byChannel.seat), ...(hasHands ? [slashed(hands)] : [])],
    ]),
  }
}

function pointsTable(question: Asked, { kind, results }: PointsOutcome): OutcomeTable {
  const hasHands = results.some(({ hands }) => hands !== null)
  const channels = Object.values(presenceNames)
  return {
    head: ['选项', kind === 'dots' ? '票数' : '积分', ...channels, ...(hasHands ? [HANDS] : [])],
    rows: results.map(({ option, points, byChannel, hands }) => [
      ...[textOf(question.options, option), String(points), String(byChannel.phone), String(byChannel.seat)],
      ...(hasHands ? [String(hands ?? UNKNOWN)] : []),
    ]),
  }
}
