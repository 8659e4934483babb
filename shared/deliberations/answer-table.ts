import { answerNames, stateName } from './kinds.ts'
import type { Counts, RoomProposal, RoomQuestion } from './room.ts'
import { isShown } from './statement-rules.ts'
import type { Statement } from './statements-api.ts'

export interface AnswerSheet {
  name: string
  title: string
  columns: { title: string; width: number }[]
  rows: (string | number | null)[][]
  note: string
}

export interface Consulted {
  title: string
  proposals: readonly RoomProposal[]
  questions: readonly RoomQuestion[]
  statements: readonly Statement[]
}

/** Comments that staff have to answer: those that are shown, and so stand for what was merged into them. */
export const threadsOf = (statements: readonly Statement[]): Statement[] => statements.filter(isShown)
export const isAnswered = ({ answer }: Pick<Statement, 'answer'>): boolean => answer !== null

const WHOLE = '（对整个方案）'

/** Every comment with its answer, and how each item of the draft was weighed. */
export function answerSheets(consulted: Consulted): AnswerSheet[] {
  return [commentSheet(consulted), voteSheet(consulted)]
}

function commentSheet({ title, proposals, statements }: Consulted): AnswerSheet {
  const subjects = [...proposals, { id: null, title: WHOLE }]
  const columns: [string, number][] = [
    ...([
      ['行动', 28],
      ['意见编号', 10],
      ['意见', 60],
      ['并入', 10],
      ['状态', 10],
      ['答复', 10],
    ] as const),
    ...([
      ['理由', 60],
      ['提出时间', 18],
    ] as const),
  ].map(([name, width]) => [name, width])
  const rows = subjects.flatMap((subject) => {
    const own = statements.filter(({ proposal }) => proposal === subject.id)
    return inThreads(own).map((one) => commentRow(subject.title, one, statements))
  })
  const unanswered = threadsOf(statements).filter((one) => !isAnswered(one)).length
  const note = unanswered > 0 ? `还有 ${unanswered} 条没有答复。` : '意见都已答复。'
  return {
    name: '意见与答复',
    title: `${title}：意见与答复`,
    columns: columns.map(([title, width]) => ({ title, width })),
    rows,
    note,
  }
}

/** What was merged stands under what it was merged into. */
function inThreads(own: readonly Statement[]): Statement[] {
  return own
    .filter(({ mergedInto }) => mergedInto === null)
    .flatMap((one) => [one, ...own.filter(({ mergedInto }) => mergedInto === one.id)])
}

function commentRow(subject: string, one: Statement, all: readonly Statement[]): AnswerSheet['rows'][number] {
  const target = all.find(({ id }) => id === one.mergedInto)
  const { answer, result } = target ?? one
  return [
    ...[subject, one.number, one.text, target ? `第 ${target.number} 号` : null, stateName(one.state, 'consultation')],
    ...[answer && answerNames[answer], result ?? one.reason, minuteOf(one.createdAt)],
  ]
}

/** By the clocks of China. */
const minuteOf = (iso: string): string =>
  new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

function voteSheet({ title, proposals, questions, statements }: Consulted): AnswerSheet {
  const titles = ['行动', '说明', '赞成', '反对', '弃权', '表态人数', '意见', '已答复']
  const widths = [28, 60, 8, 8, 8, 10, 8, 8]
  const rows = proposals.map(({ id, title, text }) => {
    const counts = countsOn(id, questions)
    const own = threadsOf(statements.filter(({ proposal }) => proposal === id))
    const votes = counts
      ? [counts.agree, counts.disagree, counts.pass, counts.agree + counts.disagree + counts.pass]
      : [null, null, null, null]
    return [title, text, ...votes, own.length, own.filter(isAnswered).length]
  })
  const isOpen = questions.some(({ state }) => state === 'open')
  const note = isOpen ? '征求意见还没有截止，表态的结果截止后列出。' : '每人对每项行动表态一次，以最后一次为准。'
  return {
    name: '逐项表态',
    title: `${title}：逐项表态`,
    columns: titles.map((title, i) => ({ title, width: widths[i]! })),
    rows,
    note,
  }
}

function countsOn(proposal: string, questions: readonly RoomQuestion[]): Counts | undefined {
  for (const { outcome, state } of questions) {
    if (state !== 'closed' || outcome?.kind !== 'opinion') continue
    const found = outcome.results.find(({ option }) => option === proposal)
    if (found) return found.all
  }
  return undefined
}
