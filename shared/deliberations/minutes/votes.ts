import { type Block, type Cell, type Column, type Sentence, told } from '../../document.ts'
import type { Choice } from '../kinds.ts'
import { choiceNames, choices, questionKindNames } from '../kinds.ts'
import { outcomeSentence, textOf } from '../words.ts'
import type { Count } from './figures.ts'
import { ended, heading, paragraph, printed } from './words.ts'
import type { AskedQuestion, MinutesWorld } from './world.ts'

/** What people weighed up, by channel; a show of hands stands apart. */
export function votesSection(world: MinutesWorld, count: Count): Block[] {
  const asked = world.questions.flatMap((one, at) =>
    one.kind === 'motion' ? [] : questionBlocks(world, one, at, count),
  )
  return asked.length > 0 ? [heading(1, '表态与排序'), ...asked] : []
}

function questionBlocks(world: MinutesWorld, question: AskedQuestion, at: number, count: Count): Block[] {
  return [heading(2, question.title), ...historyOf(question, world.questions), ...resultOf(question, at, count)]
}

/** Why it was voided, or put to the vote again. */
export function historyOf({ state, reason, rerunOf, id }: AskedQuestion, all: readonly AskedQuestion[]): Block[] {
  const before = all.find((one) => one.id === rerunOf)
  const again = all.some((one) => one.rerunOf === id)
  if (state === 'void') {
    const why = reason ? `原因：${ended(reason)}` : ''
    return [paragraph(`本次表决作废，结果不计入。${why}${again ? '随后重新表决，结果另列。' : ''}`)]
  }
  if (state === 'open') return [paragraph('表决正在进行，结果待定。')]
  const rerun = before ? `本次为重新表决${reason && reason !== before.reason ? `，原因：${ended(reason)}` : '。'}` : ''
  return [
    ...(rerun ? [paragraph(rerun)] : []),
    ...(again ? [paragraph('本项随后重新表决，以重新表决的结果为准。')] : []),
  ]
}

function resultOf(question: AskedQuestion, at: number, count: Count): Block[] {
  const { outcome, state, kind } = question
  if (state !== 'closed' || !outcome) return []
  const said = paragraph(`${questionKindNames[kind]}。${printed(outcomeSentence(question, outcome))}`)
  if (outcome.kind === 'opinion') return [said, opinionTable(question, at, count), ...groupsOf(question, at, count)]
  return outcome.kind === 'motion' ? [] : [said, pointsTable(question, at, count)]
}

const number = (title: string, width = 1): Column => ({ title, align: 'right', width })
const HANDS = '举手（另列）'

function opinionTable({ id, title, options, outcome }: AskedQuestion, at: number, count: Count): Block {
  const results = outcome?.kind === 'opinion' ? outcome.results : []
  const hasHands = results.some(({ hands }) => hands)
  const rows = results.map(({ option, hands }, row): Cell[] => {
    const of = (...path: string[]) => count('questions', at, 'outcome', 'results', row, ...path)
    const channels = (choice: Choice): Cell =>
      told`${of('all', choice)}（${of('byChannel', 'phone', choice)}+${of('byChannel', 'seat', choice)}）`
    const shown = hands ? told`${of('hands', 'agree')}/${of('hands', 'disagree')}/${of('hands', 'pass')}` : '—'
    return [textOf(options, option), ...choices.map(channels), ...(hasHands ? [shown] : [])]
  })
  return {
    kind: 'table',
    code: `opinions-${id}`,
    caption: `${title}（人）`,
    columns: [
      { title: '意见', align: 'left', width: 2 },
      ...choices.map((choice) => number(choiceNames[choice], 1.25)),
      ...(hasHands ? [number(HANDS, 1.05)] : []),
    ],
    rows,
    note: [
      `括号内依次为手机、座位卡人数，两数之和等于括号前的合计。${hasHands ? '举手依次为赞成、反对、弃权人数，单独列出，不计入合计。' : ''}`,
    ],
  }
}

function groupsOf({ groups, outcome }: AskedQuestion, at: number, count: Count): Block[] {
  if (outcome?.kind !== 'opinion') return []
  if (groups.length === 0) return outcome.withoutGroups ? [paragraph(ended(printed(outcome.withoutGroups)))] : []
  const sizes: Sentence = groups.flatMap((_, i) => [i === 0 ? '' : '、', count('questions', at, 'groups', i), '人'])
  return [
    paragraph(
      ...told`按表态的相近程度，参加表态的居民分为${count('questions', at, 'grouped')}组，人数分别为${sizes}。表中各条按各组共同赞成的程度排列。`,
    ),
  ]
}

function pointsTable({ id, title, kind, options, outcome }: AskedQuestion, at: number, count: Count): Block {
  const results = outcome && 'results' in outcome && outcome.kind !== 'opinion' ? outcome.results : []
  const hasHands = results.some(({ hands }) => hands !== null)
  const rows = results.map(({ option, hands }, row): Cell[] => {
    const of = (...path: string[]) => count('questions', at, 'outcome', 'results', row, ...path)
    const shown = hands === null ? '—' : of('hands')
    const channels = [of('byChannel', 'phone'), of('byChannel', 'seat')]
    return [textOf(options, option), of('points'), ...channels, ...(hasHands ? [shown] : [])]
  })
  const hands = hasHands ? [number(HANDS)] : []
  return {
    kind: 'table',
    code: `points-${id}`,
    caption: `${title}（${kind === 'dots' ? '票' : '分'}）`,
    columns: [{ title: '选项', align: 'left', width: 3 }, number('合计'), number('手机'), number('座位卡'), ...hands],
    rows,
    ...(kind === 'ranking' ? { note: ['积分按博尔达计数法：排得越靠前得分越高，各人得分相加。'] } : {}),
  }
}
