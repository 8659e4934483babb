import { type Asked, choicesOf, demandOf, type Item, itemsOf, type Json, walk } from './definition.ts'
import { booleansOf, countsOf } from './shapes.ts'

/** One choice, matrix row or matrix column as it is compared between versions. */
export type Option = Pick<Item, 'text' | 'exclusive' | 'visibleIf'> & { value: string }

/** A question as it is compared between versions. */
export interface Face {
  asked: Asked
  name: string
  title: string
  /** Answers of questions of one kind can be counted together. */
  kind: string
  options: Option[]
  rows: Option[]
  /** Whether it is counted, or marked for demand: such a question must not get lost unnoticed. */
  counted: boolean
  /** Number of its page, from 1 on. */
  page: number
}

const kinds: Record<string, string> = { dropdown: 'radiogroup', tagbox: 'checkbox', comment: 'text' }
const closed = ['radiogroup', 'checkbox', 'rating', 'boolean', 'matrix']

/** What each question is counted as, in words. */
export const typeWords: Record<string, string> = {
  radiogroup: '单选',
  dropdown: '下拉单选',
  checkbox: '多选',
  tagbox: '下拉多选',
  rating: '打分',
  ranking: '排序',
  boolean: '是非',
  matrix: '矩阵',
  text: '填空',
  comment: '多行填空',
  paneldynamic: '动态面板',
  html: '说明文字',
}

const plain = (items: Item[]): Option[] =>
  items.map(({ value, text, exclusive, visibleIf }) => ({ value: String(value), text, exclusive, visibleIf }))

function kindOf({ type, json }: Asked): string {
  const kind = kinds[type] ?? type
  return kind === 'text' && json.inputType !== undefined && type === 'text' ? `text ${json.inputType}` : kind
}

function optionsOf(asked: Asked): Option[] {
  if (asked.type === 'matrix') return plain(itemsOf(asked.json.columns))
  if (asked.type === 'boolean') return plain(booleansOf(asked.json))
  return plain(choicesOf(asked))
}

/** Every question of a definition, in order. Texts between the questions are none. */
export function facesOf(definition: Json): Face[] {
  const pages = Array.isArray(definition.pages) && definition.pages.length > 0 ? definition.pages : [definition]
  const pageOf = new Map(
    pages.flatMap((page, at) =>
      walk({ ...definition, pages: [page] }).asked.map(({ json }) => [json, at + 1] as const),
    ),
  )
  const asked = walk(definition).asked.filter(({ type }) => type !== 'html')
  return asked.map((each) => {
    const kind = kindOf(each)
    return {
      asked: each,
      name: each.name,
      title: each.title,
      kind,
      options: optionsOf(each),
      rows: each.type === 'matrix' ? plain(itemsOf(each.json.rows)) : [],
      counted: closed.includes(kind) || demandOf(each) !== undefined,
      page: pageOf.get(each.json) ?? 1,
    }
  })
}

/** When a question, and when each of its choices, is shown. */
export function conditionsOf({ asked, options, rows }: Face): string[] {
  const own = [asked.json.choicesVisibleIf, asked.json.rowsVisibleIf, asked.json.columnsVisibleIf]
  const items = [...options, ...rows].flatMap(({ visibleIf }) => visibleIf ?? [])
  return [
    ...asked.visibleIf,
    ...own.filter((each) => typeof each === 'string'),
    ...items,
    ...(asked.never ? ['never'] : []),
  ]
}

/** How many choices may be ticked, as a text that can be compared. */
export function limitsOf({ asked, kind }: Face): string {
  const { least, most } =
    kind === 'checkbox' || kind === 'ranking' ? countsOf(asked) : { least: 0, most: Number.POSITIVE_INFINITY }
  const upper = Number.isFinite(most) ? `最多${most}项` : '不限项数'
  return least > 0 ? `至少${least}项、${upper}` : upper
}
