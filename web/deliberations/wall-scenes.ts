import type { Outcome, Room, RoomQuestion, RoomStatement } from '../../shared/deliberations/room.ts'
import { outcomeSentence, textOf } from '../../shared/deliberations/words.ts'

/** What the stage shows for a while before it turns to the next. */
export type Scene =
  | { key: string; kind: 'vote'; question: RoomQuestion; options: RoomQuestion['options']; leaf: Leaf }
  | { key: string; kind: 'result'; question: RoomQuestion; from: number; to: number; leaf: Leaf }
  | { key: string; kind: 'groups'; question: RoomQuestion }
  | { key: string; kind: 'statements'; statements: RoomStatement[]; leaf: Leaf }
  | { key: string; kind: 'empty' }

/** Which page of how many, from 1 on. */
export interface Leaf {
  page: number
  of: number
}

/** Lines of text that fit on the stage, and characters of a line, at the smallest size. */
const LINES = 12
const CHARACTERS = 34
const MOST_STATEMENTS = 40
/** The height of the stage in rem, and what stands above the bars or options of a page. */
const HEIGHT = 19.5
const ABOVE = 1.4
/** Of a title, a sentence and an option: characters of a line, height of a line, most lines. */
const TITLE = [26, 2, 2] as const
const SENTENCE = [25, 2.05, 9] as const
const OPTION = [34, 1.4, 2] as const

const heightOf = (text: string, [characters, line, most]: readonly [number, number, number]): number =>
  Math.min(most, Math.max(1, Math.ceil(text.length / characters))) * line

/** While something is put to the vote there is nothing else to see; then how it ended, until the agenda moves on, and what was said. */
export function scenesOf(room: Room): Scene[] {
  const open = room.questions.filter(({ state }) => state === 'open')
  if (open.length > 0) return open.reverse().flatMap(voteScenes)
  const scenes = [...resultScenes(endedIn(room)), ...statementScenes(room.statements)]
  const isOver = room.head.status === 'closed'
  return isOver || scenes.length === 0 ? [{ key: 'empty', kind: 'empty' }, ...scenes] : scenes
}

/** What ended last at the item the room is at. */
export function endedIn({ items, questions }: Pick<Room, 'items' | 'questions'>): RoomQuestion | undefined {
  const item = items.find(({ state }) => state === 'current')?.id
  const ended = questions.filter(({ state }) => state !== 'open')
  return ended.filter((question) => !item || !question.item || question.item === item).at(-1)
}

function voteScenes(question: RoomQuestion): Scene[] {
  const { id, title, options } = question
  const room = HEIGHT - ABOVE - heightOf(title, TITLE) - heightOf('', SENTENCE) - 2.5
  const heights = options.map(({ text }) => heightOf(text, OPTION) + 0.25)
  return pagesOf(heights, room, room).map(([from, to], page, { length }) => {
    const leaf = { page: page + 1, of: length }
    return { key: `vote ${id} ${from}`, kind: 'vote', question, options: options.slice(from, to), leaf }
  })
}

function resultScenes(question: RoomQuestion | undefined): Scene[] {
  if (!question) return []
  const { id, title, outcome, state } = question
  if (!outcome || state !== 'closed')
    return [{ key: `result ${id} 0`, kind: 'result', question, from: 0, to: 0, leaf: { page: 1, of: 1 } }]
  const room = HEIGHT - ABOVE - heightOf(title, TITLE)
  const sentence = heightOf(outcomeSentence(shortened(question), outcome), SENTENCE) + 1
  const pages = pagesOf(barHeights(question, outcome), room - sentence, room)
  const scenes = pages.map(([from, to], page): Scene => {
    return {
      key: `result ${id} ${page}`,
      kind: 'result',
      question,
      from,
      to,
      leaf: { page: page + 1, of: pages.length },
    }
  })
  const grouped = outcome.kind === 'opinion' && outcome.groups
  return grouped ? [...scenes, { key: `groups ${id}`, kind: 'groups', question }] : scenes
}

/** A sentence on the wall names an option by its beginning: its bar has the rest. */
export function shortened(question: RoomQuestion): RoomQuestion {
  const short = (text: string) => (text.length > SHORT + 2 ? `${text.slice(0, SHORT)}……` : text)
  return { ...question, options: question.options.map(({ id, text }) => ({ id, text: short(text) })) }
}
const SHORT = 16

/** Options that do not fit beside their bars stand above them. */
export const hasLongOptions = (options: RoomQuestion['options']): boolean =>
  options.some(({ text }) => text.length > BESIDE)
const BESIDE = 22

function barHeights({ options }: RoomQuestion, outcome: Outcome): number[] {
  if (outcome.kind === 'motion') return []
  const isOpinion = outcome.kind === 'opinion'
  const isLong = hasLongOptions(options)
  return outcome.results.map(({ option }) => {
    const text = textOf(options, option)
    if (isOpinion) return heightOf(text, OPTION) + 3.6
    return isLong ? heightOf(text, OPTION) + 2 : Math.max(1.9, heightOf(text, [11, 1.55, 2])) + 0.4
  })
}

/** Which stand together on a page, where the first has less room; a page without any where the first fits nowhere. */
function pagesOf(heights: readonly number[], first: number, rest: number): [number, number][] {
  const pages: [number, number][] = [[0, 0]]
  let left = first
  for (const [at, height] of heights.entries()) {
    if (height > left && (at > 0 || first < rest)) {
      pages.push([at, at])
      left = rest
    }
    pages.at(-1)![1] = at + 1
    left -= height
  }
  return pages
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
    return { key: `statements ${page}`, kind: 'statements', statements, leaf: { page: page + 1, of: pages.length } }
  })
}

function linesOf({ text, merged }: RoomStatement, isNewest: boolean): number {
  const scale = [1, 1, 1.4, 2][sizeOf(text, isNewest)]!
  return Math.ceil((text.length * scale) / CHARACTERS) * scale + (merged.length > 0 ? 1.5 : 0.5)
}
