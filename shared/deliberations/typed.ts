import { type Choice, choiceNames, choices, MOST_PEOPLE } from './kinds.ts'
import type { RoomQuestion } from './room.ts'

/*
 * What a secretary types in one line while people talk.
 */

/** A seat number in front, with a space behind it: 12 想要一处能坐的地方. */
export function statementTyped(line: string): { seat?: number; text: string } {
  const [, digits, rest] = /^\s*(\d{1,4})[\s　]+(\S.*)$/s.exec(asciiDigits(line)) ?? []
  const seat = seatOf(digits)
  return seat && rest ? { seat, text: line.trimEnd().slice(-rest.trimEnd().length) } : { text: line.trim() }
}

type Asked = Pick<RoomQuestion, 'kind' | 'secret' | 'options' | 'picks'>

/** What a seat votes; `votes` is empty where it was only handed a paper. */
export interface SeatBallot {
  seat: number
  votes: { option: number | null; choice: Choice | number[] }[]
}

/** `12 a`, `12 aad`, `12 3 1 5`, or `12` where papers are handed out; otherwise what to type instead. */
export function ballotTyped(line: string, question: Asked): SeatBallot | { wrong: string } {
  const [, digits, rest = ''] = /^\s*(\d{1,4})(?![\d])\s*(.*)$/s.exec(asciiDigits(line)) ?? []
  const seat = seatOf(digits)
  if (!seat) return { wrong: '先写座位号，例如 12' }
  if (question.secret) return rest ? { wrong: '无记名投票只登记座位号，不写选择' } : { seat, votes: [] }
  if (question.kind === 'motion') return motionTyped(seat, rest)
  if (question.kind === 'opinion') return opinionsTyped(seat, rest, question.options.length)
  return picksTyped(seat, rest, question)
}

const letters: Record<string, Choice> = {
  ...{ a: 'agree', d: 'disagree', p: 'pass' },
  ...{ 赞: 'agree', 反: 'disagree', 弃: 'pass' },
}
const LETTERS = choices.map((choice) => `${choice[0]} ${choiceNames[choice]}`).join('，')

function motionTyped(seat: number, rest: string): SeatBallot | { wrong: string } {
  const choice = letters[rest.trim().toLowerCase()]
  return choice ? { seat, votes: [{ option: null, choice }] } : { wrong: `座位号后面写一个字母：${LETTERS}` }
}

const SKIPPED = '-'

function opinionsTyped(seat: number, rest: string, n: number): SeatBallot | { wrong: string } {
  const typed = [...rest.toLowerCase()].filter((letter) => /\S/.test(letter))
  const isLetter = (letter: string) => letter === SKIPPED || letter in letters
  if (typed.length !== n || !typed.every(isLetter))
    return { wrong: `座位号后面按顺序写 ${n} 个字母：${LETTERS}，${SKIPPED} 没有表态` }
  const votes = typed.flatMap((letter, option) => (letters[letter] ? [{ option, choice: letters[letter] }] : []))
  return votes.length > 0 ? { seat, votes } : { wrong: '至少要有一条表态' }
}

function picksTyped(seat: number, rest: string, { kind, picks, options }: Asked): SeatBallot | { wrong: string } {
  const numbers = rest
    .split(/[\s,，、]+/)
    .filter(Boolean)
    .map(Number)
  const isOption = (number: number) => Number.isInteger(number) && number >= 1 && number <= options.length
  const order = kind === 'ranking' ? '按先后' : ''
  const most = Math.min(picks, options.length)
  if (numbers.length === 0 || numbers.length > most || !numbers.every(isOption))
    return { wrong: `座位号后面${order}写最多 ${most} 个选项号（1–${options.length}），用空格隔开` }
  if (new Set(numbers).size < numbers.length) return { wrong: '同一个选项只能写一次' }
  return { seat, votes: [{ option: null, choice: numbers.map((number) => number - 1) }] }
}

/** What was understood, said back before it is sent. */
export function ballotWords({ seat, votes }: SeatBallot): string {
  const said = votes.map(({ option, choice }) => {
    const chosen = typeof choice === 'string' ? choiceNames[choice] : choice.map((at) => at + 1).join('、')
    return option === null ? chosen : `${option + 1} ${chosen}`
  })
  return `${seat} 号座：${said.join('，') || '领了纸质票'}`
}

function seatOf(digits: string | undefined): number | undefined {
  const seat = Number(digits)
  return seat >= 1 && seat <= MOST_PEOPLE ? seat : undefined
}

/** A Chinese keyboard may be at full width; the length stays the same. */
const asciiDigits = (line: string): string =>
  line.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
