import type {
  Counts,
  MotionOutcome,
  OpinionOutcome,
  OpinionResult,
  Outcome,
  PointsOutcome,
  RoomQuestion,
} from './room.ts'

/*
 * What became of a vote, in sentences: the same on the wall, on phones, at the desk and in the minutes.
 */

/** What must be known of a question to say how it ended. */
export type Asked = Pick<RoomQuestion, 'options' | 'secret' | 'quorum'>

/** While a vote is open nothing but this is said of it. */
export function turnoutSentence({ voted, present }: { voted: number; present: number }): string {
  return `${present} 人到会，已有 ${voted} 人投票。`
}

/** How a vote ended, without the show of hands beside it. */
export function outcomeSentence(question: Asked, outcome: Outcome): string {
  switch (outcome.kind) {
    case 'motion':
      return motionSentence(question, outcome)
    case 'opinion':
      return opinionsSentence(question, outcome)
    case 'dots':
    case 'ranking':
      return pointsSentence(question, outcome)
  }
}

/** 31 人赞成，8 人反对，3 人弃权 */
export const countsWords = ({ agree, disagree, pass }: Counts): string =>
  `${agree} 人赞成，${disagree} 人反对，${pass} 人弃权`

/** A show of hands is no part of any total. */
export function handsSentence(hands: Counts | null): string | undefined {
  return hands ? `另有举手（单独列出，不计入以上人数）：${countsWords(hands)}。` : undefined
}

function motionSentence(question: Asked, outcome: MotionOutcome): string {
  const { verdict, all, voted } = outcome
  const way = question.secret ? '无记名投票，' : ''
  const quorum = quorumWords(question, outcome)
  if (verdict === 'no-quorum') return `${quorum}，表决无效，没有形成决议。`
  if (voted.phone + voted.seat === 0) return `${quorum}；没有人投票，决议未通过。`
  return `${quorum}；${way}${countsWords(all)}，决议${verdict === 'passed' ? '通过' : '未通过'}。`
}

function quorumWords({ quorum }: Asked, { present, roster, needed, voted, verdict }: MotionOutcome): string {
  const reached = verdict === 'no-quorum' ? '未达到法定人数' : '达到法定人数'
  if (!quorum) return `${present} 人到会`
  if (quorum.of === 'roster') return `${present} 人到会，应到 ${roster} 人，${reached}（${needed} 人）`
  return `${present} 人到会，${voted.phone + voted.seat} 人投票，${reached}（${needed} 人）`
}

/** 42 人表态，其中 31 人赞成（74%），8 人反对，3 人弃权 */
export function opinionSentence({ all }: Pick<OpinionResult, 'all'>): string {
  const seen = all.agree + all.disagree + all.pass
  if (seen === 0) return '没有人表态。'
  return `${seen} 人表态：${all.agree} 人赞成（${percent(all.agree, seen)}），${all.disagree} 人反对，${all.pass} 人弃权。`
}

function opinionsSentence(question: Asked, { present, voted, results }: OpinionOutcome): string {
  const people = voted.phone + voted.seat
  if (people === 0) return `${present} 人到会，没有人表态。`
  const said = results.filter(({ all }) => all.agree + all.disagree + all.pass > 0)
  const best = said.filter(({ consensus }) => consensus === said[0]?.consensus)
  const head = `${present} 人到会，${people} 人对 ${results.length} 条意见表态。`
  if (best.length === 0) return head
  if (best.length > 1) return `${head}共识最高的有 ${best.length} 条，并列：${listed(question, best)}。`
  return `${head}共识最高的是${listed(question, best)}：${countsWords(best[0]!.all)}。`
}

const units = { dots: '票', ranking: '分' }
/** 4 票, or 4 分 */
export const pointsWords = (kind: PointsOutcome['kind'], points: number): string => `${points} ${units[kind]}`
const PLACES = 3

/** The first three places, ties named, however many share them. */
function pointsSentence(question: Asked, { kind, present, voted, results }: PointsOutcome): string {
  const people = voted.phone + voted.seat
  if (people === 0) return `${present} 人到会，没有人投票。`
  const places = new Map<number, PointsOutcome['results']>()
  const named = results.filter(({ points }) => points > 0)
  for (const one of named) {
    const place = 1 + named.filter(({ points }) => points > one.points).length
    if (place <= PLACES) places.set(place, [...(places.get(place) ?? []), one])
  }
  const said = [...places]
    .sort(([a], [b]) => a - b)
    .map(([place, tied]) => {
      const tie = tied.length > 1
      return `第 ${place} 位${tie ? `（${tied.length} 项并列）` : ''}${listed(question, tied)}，${tie ? '各 ' : ''}${pointsWords(kind, tied[0]!.points)}`
    })
  return `${present} 人到会，${people} 人投票。${said.join('；')}。`
}

const MOST_NAMED = 3
const MOST_LETTERS = 30

function listed({ options }: Asked, results: readonly { option: string }[]): string {
  const names = results.slice(0, MOST_NAMED).map(({ option }) => `“${shortened(textOf(options, option))}”`)
  return results.length > MOST_NAMED ? `${names.join('')}等` : names.join('')
}

/** The whole of it stands in the table. */
const shortened = (text: string): string => (text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}……` : text)

export const textOf = (options: Asked['options'], option: string): string =>
  options.find(({ id }) => id === option)?.text ?? '（已删去的选项）'

const percent = (part: number, whole: number): string => `${Math.round((100 * part) / whole)}%`
