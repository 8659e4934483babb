import { type Asked, choicesOf, type Json, wordsOf } from './definition.ts'
import type { Entry } from './edit.ts'
import { booleansOf } from './shapes.ts'

/** What can be asked of an answer, and how SurveyJS writes it. */
const operators = {
  is: '=',
  isnt: '<>',
  has: 'contains',
  hasnt: 'notcontains',
  least: '>=',
  most: '<=',
  answered: 'notempty',
  unanswered: 'empty',
} as const
export type Asks = keyof typeof operators

export type Value = string | number | boolean
export interface Clause {
  question: string
  asks: Asks
  /** None for `answered` and `unanswered`. */
  value?: Value
}

/** A condition that can be said in words: all of its clauses, or one of them at least. */
export interface Said {
  joined: 'and' | 'or'
  clauses: Clause[]
}

/** What can be said of a question in conditions. */
export interface Topic {
  name: string
  title: string
  asks: Asks[]
  choices: { value: Value; text: string }[]
}

const choosing: Record<string, Asks[]> = {
  radiogroup: ['is', 'isnt', 'answered', 'unanswered'],
  dropdown: ['is', 'isnt', 'answered', 'unanswered'],
  checkbox: ['has', 'hasnt', 'answered', 'unanswered'],
  tagbox: ['has', 'hasnt', 'answered', 'unanswered'],
  rating: ['is', 'least', 'most', 'answered', 'unanswered'],
  boolean: ['is', 'answered', 'unanswered'],
}
const written: Asks[] = ['answered', 'unanswered']

/** A question as conditions may speak of it; nothing for those that they may not read. */
export function topicOf({
  name,
  title,
  type,
  json,
}: Pick<Entry, 'name' | 'title' | 'type' | 'json'>): Topic | undefined {
  if (['html', 'ranking', 'paneldynamic'].includes(type) || /[{}]/.test(name) || name === '') return undefined
  if (type === 'text' && json.inputType === 'number')
    return { name, title, asks: ['least', 'most', ...written], choices: [] }
  const choices = itemsOf(type, json).filter(
    ({ value }) => typeof value !== 'string' || !/['\\]|^(true|false|null|undefined)$/i.test(value),
  )
  return { name, title, asks: choosing[type] ?? written, choices }
}

function itemsOf(type: string, json: Json): Topic['choices'] {
  if (type === 'boolean') {
    const [yes, no] = booleansOf(json)
    return [
      { value: yes?.value as Value, text: wordsOf(json.labelTrue, '是') },
      { value: no?.value as Value, text: wordsOf(json.labelFalse, '否') },
    ]
  }
  return choosing[type] ? choicesOf({ type, json } as Asked).map(({ value, text }) => ({ value, text })) : []
}

const token =
  /\s*(?:\{([^{}]+)\}|'([^'\\]*)'|"([^"\\]*)"|(-?\d+(?:\.\d+)?)(?![\w.])|(<>|!=|==|>=|<=|=|&&|\|\|)|([A-Za-z]+))\s*/y

type Token = { name: string } | { value: Value } | { word: string }

function tokensOf(expression: string): Token[] | undefined {
  const found: Token[] = []
  token.lastIndex = 0
  while (token.lastIndex < expression.length) {
    const match = token.exec(expression)
    if (!match) return undefined
    const [, name, single, double, number, sign, word] = match
    const text = single ?? double
    if (name !== undefined) found.push({ name: name.trim() })
    else if (text !== undefined) found.push({ value: text })
    else if (number !== undefined) found.push({ value: Number(number) })
    else if (word !== undefined && /^(true|false)$/i.test(word)) found.push({ value: word.toLowerCase() === 'true' })
    else found.push({ word: (sign ?? word ?? '').toLowerCase() })
  }
  return found
}

const spellings: Record<string, Asks> = {
  ...{ '=': 'is', '==': 'is', equal: 'is', '<>': 'isnt', '!=': 'isnt', notequal: 'isnt' },
  ...{ contains: 'has', contain: 'has', notcontains: 'hasnt', notcontain: 'hasnt' },
  ...{ '>=': 'least', greaterorequal: 'least', '<=': 'most', lessorequal: 'most' },
  ...{ notempty: 'answered', empty: 'unanswered' },
}
const joiners: Record<string, Said['joined']> = { and: 'and', '&&': 'and', or: 'or', '||': 'or' }

/** What an expression says, or undefined where words cannot say it exactly. */
export function readCondition(expression: string, topics: readonly Topic[]): Said | undefined {
  const tokens = tokensOf(expression)
  const clauses: Clause[] = []
  let joined: Said['joined'] | undefined
  for (let at = 0; tokens && at < tokens.length; ) {
    if (at > 0) {
      const joiner = joiners[wordAt(tokens, at)]
      if (!joiner || (joined && joiner !== joined)) return undefined
      joined = joiner
      at += 1
    }
    const clause = clauseAt(tokens, at, topics)
    if (!clause) return undefined
    clauses.push(clause)
    at += clause.value === undefined ? 2 : 3
  }
  return clauses.length > 0 ? { joined: joined ?? 'and', clauses } : undefined
}

const wordAt = (tokens: Token[], at: number): string => {
  const found = tokens[at]
  return found && 'word' in found ? found.word : ''
}

function clauseAt(tokens: Token[], at: number, topics: readonly Topic[]): Clause | undefined {
  const first = tokens[at]
  const topic = first && 'name' in first ? topics.find(({ name }) => name === first.name) : undefined
  const asks = spellings[wordAt(tokens, at + 1)]
  if (!topic || !asks || !topic.asks.includes(asks)) return undefined
  if (written.includes(asks)) return { question: topic.name, asks }
  const given = tokens[at + 2]
  if (!given || !('value' in given)) return undefined
  const value = valueIn(topic, given.value)
  return value === undefined ? undefined : { question: topic.name, asks, value }
}

/** The choice that is meant; of a question without choices the number itself. */
function valueIn({ choices }: Topic, given: Value): Value | undefined {
  if (choices.length === 0) return typeof given === 'number' ? given : undefined
  return choices.find(({ value }) => String(value) === String(given))?.value
}

/** As SurveyJS writes it; nothing where nothing is said. */
export function writeCondition({ joined, clauses }: Said): string {
  return clauses
    .map(({ question, asks, value }) => {
      const words = `{${question}} ${operators[asks]}`
      return value === undefined ? words : `${words} ${typeof value === 'string' ? `'${value}'` : value}`
    })
    .join(` ${joined} `)
}

export const askWords: Record<Asks, string> = {
  is: '选了',
  isnt: '没有选',
  has: '选了',
  hasnt: '没有选',
  least: '不小于',
  most: '不大于',
  answered: '已回答',
  unanswered: '没有回答',
}

/** The condition as one would say it: 当“题目”选了“选项”时才问. */
export function sayCondition({ joined, clauses }: Said, topics: readonly Topic[]): string {
  const parts = clauses.map(({ question, asks, value }) => {
    const topic = topics.find(({ name }) => name === question)
    const text = topic?.choices.find((choice) => choice.value === value)?.text ?? value
    const object = value === undefined ? '' : asks === 'least' || asks === 'most' ? ` ${text}` : `“${text}”`
    return `“${topic?.title ?? question}”${askWords[asks]}${object}`
  })
  return `当${parts.join(joined === 'and' ? '，并且' : '，或者')}时才问`
}
