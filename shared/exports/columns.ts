import { maskPersonal } from '../masking/mask.ts'
import { type Asked, choicesOf, itemsOf, type Json, type SurveyDefinition, walk } from '../surveys/definition.ts'
import { commentName } from '../surveys/fields.ts'
import { booleansOf } from '../surveys/shapes.ts'
import { type KeyQuestions, leftOutFor } from './keys.ts'

/** A choice as files hold it: the words, and the number that stands for it in SPSS and stays the same over versions. */
export interface Choice {
  value: string
  text: string
  code: number
}

/**
 * A column of the microdata. Its id is made of the question's name (and of the choice or the row) and therefore stays the same over
 * versions; its words are those of the newest version that has the question.
 */
export interface Column {
  id: string
  title: string
  /** `choice` cells are places in `choices`, `flag` cells 0 or 1. */
  kind: 'choice' | 'flag' | 'number' | 'text'
  choices: Choice[]
  /** The versions that ask it. */
  versions: number[]
}

export type Cell = number | string | null
export type Answers = Record<string, unknown>

export interface ReadColumn extends Column {
  read(answers: Answers): Cell
}

export interface Version {
  version: number
  definition: SurveyDefinition
  keys: KeyQuestions
}

/** A question whose answers are in no file, and why. */
export interface LeftOut {
  question: string
  title: string
  why: string
}

export interface Columns {
  columns: ReadColumn[]
  leftOut: LeftOut[]
}

/** The columns of several versions together, oldest first: what a later version dropped stays where it was, what it added comes behind. */
export function columnsOf(versions: Version[]): Columns {
  const known = new Map<string, ReadColumn>()
  const leftOut = new Map<string, LeftOut>()
  for (const { version, definition, keys } of [...versions].sort((a, b) => a.version - b.version)) {
    for (const asked of walk(definition as Json).asked) {
      const why = leftOutFor(asked, keys)
      if (why !== undefined) leftOut.set(asked.name, { question: asked.name, title: asked.title, why })
      else for (const part of partsOf(asked)) keep(known, part, version)
    }
  }
  return { columns: [...known.values()].map(frozen), leftOut: [...leftOut.values()] }
}

/** What one version makes of a column. */
interface Part extends Omit<Column, 'choices' | 'versions'> {
  items: { value: string; text: string }[]
  value(answers: Answers): unknown
}

/** A question that was asked in another way under the same name gets a column of its own beside the first. */
function keep(known: Map<string, ReadColumn>, part: Part, version: number): void {
  const same = known.get(part.id)
  const id = same && same.kind !== part.kind ? `${part.id}#${part.kind}` : part.id
  const column = known.get(id) ?? { ...part, id, choices: [], versions: [], read: () => null }
  column.title = part.title
  column.versions.push(version)
  for (const { value, text } of part.items) {
    const choice = column.choices.find((each) => each.value === value)
    if (choice) choice.text = text
    else column.choices.push({ value, text, code: 0 })
  }
  column.read = readerOf(part.kind, part.value, column.choices)
  known.set(id, column)
}

/** Whole numbers stand for themselves, e.g. 0, 25, 50; other choices are counted from 1 in the order in which they came. */
function frozen({ choices, ...column }: ReadColumn): ReadColumn {
  const asNumbers = choices.every(({ value }) => /^(0|[1-9]\d{0,8})$/.test(value))
  const coded = choices.map((choice, at) => ({ ...choice, code: asNumbers ? Number(choice.value) : at + 1 }))
  return { ...column, choices: coded }
}

function readerOf(kind: Column['kind'], value: Part['value'], choices: Choice[]): ReadColumn['read'] {
  if (kind === 'choice') {
    let places = new Map<string, number>()
    return (answers) => {
      const given = value(answers)
      if (given === undefined || given === null) return null
      if (places.size !== choices.length) places = new Map(choices.map((each, at) => [each.value, at]))
      return places.get(String(given)) ?? null
    }
  }
  if (kind === 'text') return (answers) => plainText(value(answers))
  return (answers) => {
    const given = value(answers)
    return typeof given === 'number' && Number.isFinite(given) ? given : null
  }
}

const control = /(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu

/** What fits a cell of a spreadsheet and a text of SPSS (32,767 bytes) in any script. */
const LONGEST = 8_000

/** What somebody wrote, without what would tell who it was, and without characters that files cannot hold. */
function plainText(given: unknown): string | null {
  if (given === undefined || given === null) return null
  const words = typeof given === 'string' ? maskPersonal(given) : JSON.stringify(given)
  const clean = words
    .slice(0, LONGEST)
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/\r\n?/g, '\n')
    .replace(control, '')
  return clean.trim() || null
}

function partsOf(asked: Asked): Part[] {
  const { name, title, type } = asked
  const beside = commentable(asked) ? [remark(asked)] : []
  const own = { id: name, title, items: [], value: (answers: Answers) => answers[name] }
  switch (type) {
    case 'html':
      return []
    case 'radiogroup':
    case 'dropdown':
    case 'rating':
      return [{ ...own, kind: 'choice', items: items(choicesOf(asked)) }, ...beside]
    case 'boolean':
      return [{ ...own, kind: 'choice', items: items(booleansOf(asked.json)) }, ...beside]
    case 'checkbox':
    case 'tagbox':
      return [...flags(asked), ...beside]
    case 'ranking':
      return [...places(asked), ...beside]
    case 'matrix':
      return [...rows(asked), ...beside]
    case 'paneldynamic':
      return [{ ...own, kind: 'text', value: (answers) => masked(answers[name]) }]
    default:
      return [textOf(asked, own), ...beside]
  }
}

const items = (list: { value: unknown; text: string }[]) =>
  list.map(({ value, text }) => ({ value: String(value), text }))

function commentable({ json, type }: Asked): boolean {
  const other = type !== 'ranking' && (json.showOtherItem === true || json.hasOther === true)
  return other || json.showCommentArea === true || json.hasComment === true
}

/** What was written beside 其他, or as a remark. */
function remark({ name, title }: Asked): Part {
  const id = commentName(name)
  return { id, title: `${title}：其他（文字）`, kind: 'text', items: [], value: (answers) => answers[id] }
}

function flags(asked: Asked): Part[] {
  return choicesOf(asked).map(({ value, text }) => ({
    id: `${asked.name}.${value}`,
    title: `${asked.title}：${text}`,
    kind: 'flag',
    items: [],
    value: (answers) => {
      const given = answers[asked.name]
      return Array.isArray(given) ? Number(given.includes(value)) : undefined
    },
  }))
}

/** Which place a choice was given, from 1. */
function places(asked: Asked): Part[] {
  return choicesOf(asked).map(({ value, text }) => ({
    id: `${asked.name}.${value}`,
    title: `${asked.title}：${text}（名次）`,
    kind: 'number',
    items: [],
    value: (answers) => {
      const given = answers[asked.name]
      const place = Array.isArray(given) ? given.indexOf(value) : -1
      return place < 0 ? undefined : place + 1
    },
  }))
}

function rows(asked: Asked): Part[] {
  const columns = items(itemsOf(asked.json.columns))
  return itemsOf(asked.json.rows).map(({ value, text }) => ({
    id: `${asked.name}.${value}`,
    title: `${asked.title}：${text}`,
    kind: 'choice',
    items: columns,
    value: (answers) => (answers[asked.name] as Answers | undefined)?.[String(value)],
  }))
}

/** Of a date the month: the day may be somebody's birthday. */
function textOf({ name, title, json }: Asked, own: Omit<Part, 'kind'>): Part {
  if (json.inputType === 'number') return { ...own, kind: 'number' }
  if (json.inputType !== 'date') return { ...own, kind: 'text' }
  return { ...own, title: `${title}（年月）`, kind: 'text', value: (answers) => monthOf(answers[name]) }
}

const monthOf = (given: unknown) => (typeof given === 'string' ? given.slice(0, 7) : undefined)

/** Every text in a structure masked. */
function masked(given: unknown): unknown {
  if (typeof given === 'string') return maskPersonal(given)
  if (Array.isArray(given)) return given.map(masked)
  if (typeof given !== 'object' || given === null) return given
  return Object.fromEntries(Object.entries(given).map(([name, each]) => [name, masked(each)]))
}
