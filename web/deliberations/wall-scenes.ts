import type { Outcome, Room, RoomQuestion, RoomStatement } from '../../shared/deliberations/room.ts'

/** What the stage shows for a while before it turns to the next. */
export type Scene =
  | { key: string; kind: 'vote'; question: RoomQuestion; options: RoomQuestion['options'] }
  | { key: string; kind: 'result'; question: RoomQuestion; from: number; to: number }
  | { key: string; kind: 'groups'; question: RoomQuestion }
  | { key: string; kind: 'statements'; statements: RoomStatement[]; page: number; pages: number }
  | { key: string; kind: 'empty' }

/** Lines of text that fit on the stage, and characters of a line, at the smallest size. */
const LINES = 12
const CHARACTERS = 34
const MOST_STATEMENTS = 40
const OPTIONS_EACH = 6
const BARS_EACH = { opinion: 3, dots: 6, ranking: 6, motion: 3 }

/** While something is put to the vote there is nothing else to see; then how it ended, until the agenda moves on, and what was said. */
export function scenesOf(room: Room): Scene[] {
  const open = room.questions.filter(({ state }) => state === 'open')
  if (open.length > 0) return open.reverse().flatMap(voteScenes)
  const scenes = [...resultScenes(endedIn(room)), ...statementScenes(room.statements)]
  return scenes.length > 0 ? scenes : [{ key: 'empty', kind: 'empty' }]
}

/** What ended last at the item the room is at. */
export function endedIn({ items, questions }: Pick<Room, 'items' | 'questions'>): RoomQuestion | undefined {
  const item = items.find(({ state }) => state === 'current')?.id
  const ended = questions.filter(({ state }) => state !== 'open')
  return ended.filter((question) => !item || !question.item || question.item === item).at(-1)
}

function voteScenes(question: RoomQuestion): Scene[] {
  const { id, options } = question
  return parts(options.length, OPTIONS_EACH).map(([from, to]) => {
    return { key: `vote ${id} ${from}`, kind: 'vote', question, options: options.slice(from, to) }
  })
}

function resultScenes(question: RoomQuestion | undefined): Scene[] {
  if (!question) return []
  const { id, outcome, state } = question
  const bars = outcome && state === 'closed' ? barsOf(outcome) : 0
  const pages = parts(bars, BARS_EACH[question.kind])
  const scenes: Scene[] = pages.map(([from, to]) => {
    return { key: `result ${id} ${from}`, kind: 'result', question, from, to }
  })
  const grouped = outcome?.kind === 'opinion' && outcome.groups && state === 'closed'
  return grouped ? [...scenes, { key: `groups ${id}`, kind: 'groups', question }] : scenes
}

const barsOf = (outcome: Outcome): number => (outcome.kind === 'motion' ? 3 : outcome.results.length)

function parts(length: number, each: number): [number, number][] {
  const count = Math.max(1, Math.ceil(length / each))
  return Array.from({ length: count }, (_, at) => [at * each, (at + 1) * each])
}

/** How large words are written that all shall read: 3 the largest. The newest has the stage to itself where it is long. */
export function sizeOf(text: string, isNewest: boolean): 1 | 2 | 3 {
  if (!isNewest || text.length > 160) return 1
  return text.length > 45 ? 2 : 3
}

/** The newest first, as many to a page as fit. */
export function statementScenes(all: readonly RoomStatement[]): Scene[] {
  const newest = [...all].sort((a, b) => b.number - a.number).slice(0, MOST_STATEMENTS)
  const pages: RoomStatement[][] = []
  let left = 0
  for (const [at, statement] of newest.entries()) {
    const lines = linesOf(statement, at === 0)
    if (lines > left) {
      pages.push([])
      left = LINES
    }
    pages.at(-1)!.push(statement)
    left -= lines
  }
  return pages.map((statements, page) => {
    return { key: `statements ${page}`, kind: 'statements', statements, page, pages: pages.length }
  })
}

function linesOf({ text, merged }: RoomStatement, isNewest: boolean): number {
  const scale = [1, 1, 1.4, 2][sizeOf(text, isNewest)]!
  return Math.ceil((text.length * scale) / CHARACTERS) * scale + (merged.length > 0 ? 1.5 : 0.5)
}
