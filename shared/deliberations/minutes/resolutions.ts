import { type Block, type Cell, type Sentence, told } from '../../document.ts'
import { choiceNames, choices, ruleNames } from '../kinds.ts'
import type { MotionOutcome } from '../room.ts'
import { outcomeSentence } from '../words.ts'
import type { Count } from './figures.ts'
import { historyOf } from './votes.ts'
import { heading, paragraph, printed } from './words.ts'
import type { AskedQuestion, MinutesWorld } from './world.ts'

/** Motions with their rule, quorum and verdict; voided ones stay, with the reason. */
export function resolutionsSection(world: MinutesWorld, count: Count): Block[] {
  const motions = world.questions.flatMap((one, at) =>
    one.kind === 'motion' ? [heading(2, one.title), ...motionBlocks(world, one, at, count)] : [],
  )
  return motions.length > 0 ? [heading(1, '决议'), ...motions] : []
}

function motionBlocks(world: MinutesWorld, question: AskedQuestion, at: number, count: Count): Block[] {
  const { outcome, state, requires } = question
  const history = historyOf(question, world.questions)
  if (state !== 'closed' || outcome?.kind !== 'motion') return history
  const passed = outcome.verdict === 'passed' && requires
  return [
    ...history,
    paragraph(...termsSentence(question, at, count)),
    motionTable(question, outcome, at, count),
    paragraph(`表决结果：${printed(outcomeSentence(question, outcome))}`),
    ...(passed ? [paragraph(`按照本决议，${requires.site}应当设置${requires.service}。`)] : []),
  ]
}

function termsSentence({ secret, rule, quorum }: AskedQuestion, at: number, count: Count): Sentence {
  const way = secret ? '无记名投票' : '公开表决'
  return told`表决方式为${way}${rule ? `，${ruleNames[rule]}即为通过` : ''}。${quorumSentence(quorum, at, count)}`
}

function quorumSentence(quorum: AskedQuestion['quorum'], at: number, count: Count): Sentence {
  if (!quorum) return ['未设法定人数。']
  const [percent, needed] = [count('questions', at, 'percent'), count('questions', at, 'outcome', 'needed')]
  if (quorum.of === 'attendance') {
    return told`法定人数为到会${count('questions', at, 'outcome', 'present')}人的${percent}%，即至少${needed}人投票。`
  }
  return told`法定人数为应到${count('questions', at, 'outcome', 'roster')}人的${percent}%，即至少${needed}人到会。`
}

function motionTable({ id, title }: AskedQuestion, outcome: MotionOutcome, at: number, count: Count): Block {
  const of = (...path: string[]) => count('questions', at, 'outcome', ...path)
  const line = (name: string, voted: Cell, ...path: string[]): Cell[] => [
    ...[name, voted],
    ...choices.map((choice) => of(...path, choice)),
  ]
  const channel = (name: string, by: 'phone' | 'seat'): Cell[] =>
    outcome.byChannel
      ? line(name, of('voted', by), 'byChannel', by)
      : [name, of('voted', by), ...choices.map(() => '不分列')]
  const notes = [
    outcome.byChannel ? '' : '无记名投票不按方式分列选择，以免推知个人意见。',
    outcome.hands ? '举手人数单独列出，不计入合计。' : '',
  ].join('')
  return {
    kind: 'table',
    code: `motion-${id}`,
    caption: `“${title}”表决情况（人）`,
    columns: ['方式', '投票人数', ...choices.map((choice) => choiceNames[choice])].map((title, i) => ({
      title,
      align: i === 0 ? ('left' as const) : ('right' as const),
      width: i === 0 ? 1.6 : 1,
    })),
    rows: [
      channel('手机', 'phone'),
      channel('座位卡', 'seat'),
      line('合计', count('questions', at, 'voted'), 'all'),
      ...(outcome.hands ? [line('举手（另列）', '—', 'hands')] : []),
    ],
    ...(notes ? { note: [notes] } : {}),
  }
}
