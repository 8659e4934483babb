import { type DemandMark, isRecord, type Json, listOf } from './definition.ts'
import { changeAt, entriesOf, textOf, withText } from './edit.ts'

/** Where a question keeps what can be chosen. */
export type ListName = 'choices' | 'rows' | 'columns' | 'rateValues'

export interface Choice {
  value: string | number
  text: string
}

export function choicesIn(json: Json, list: ListName): Choice[] {
  return listOf(json[list]).map((entry) => {
    const { value, text } = isRecord(entry) ? entry : { value: entry, text: entry }
    return { value: value as string | number, text: textOf(text ?? value) }
  })
}

/** Other words; the code, which answers and tallies go by, stays. */
export function renameChoice(json: Json, list: ListName, at: number, text: string): Json {
  const entry = listOf(json[list])[at]
  const renamed = withText(isRecord(entry) ? entry : { value: entry }, 'text', text)
  return { ...json, [list]: listOf(json[list]).with(at, { ...renamed, text: renamed.text ?? '' }) }
}

export function addChoice(json: Json, list: ListName, choice: Choice): Json {
  return { ...json, [list]: [...listOf(json[list]), { value: choice.value, text: choice.text }] }
}

/** Without a choice, and without what the question says of it. */
export function removeChoice(json: Json, list: ListName, at: number): Json {
  const gone = choicesIn(json, list)[at]?.value
  const left = { ...json, [list]: listOf(json[list]).toSpliced(at, 1) }
  const mark = json.demand as DemandMark | undefined
  if (list !== 'choices' || !isRecord(mark) || !mark.outside) return left
  return { ...left, demand: { ...mark, outside: mark.outside.filter((value) => value !== String(gone)) } }
}

export function moveChoice(json: Json, list: ListName, at: number, step: -1 | 1): Json {
  const all = listOf(json[list])
  const to = at + step
  if (to < 0 || to >= all.length) return json
  return { ...json, [list]: all.with(at, all[to]).with(to, all[at]) }
}

/** The lists that name the services asked about: what is needed, how far it is met, what comes first. */
const serviceLists: Record<string, ListName[]> = { need: ['choices'], met: ['rows'], top: ['choices'] }

function inServices(definition: Json, edit: (json: Json, list: ListName) => Json): Json {
  return entriesOf(definition).reduce((now, { place, json, type }) => {
    const role = isRecord(json.demand) ? String(json.demand.role) : ''
    const lists = (serviceLists[role] ?? []).filter((list) => list !== 'rows' || type === 'matrix')
    return lists.length === 0 ? now : changeAt(now, place, (one) => lists.reduce(edit, one))
  }, definition)
}

/** A service more, wherever services are asked about: a service that is needed must be one that can be met and come first. */
export function addService(definition: Json, choice: Choice): Json {
  return inServices(definition, (json, list) =>
    choicesIn(json, list).some(({ value }) => value === choice.value) ? json : addChoice(json, list, choice),
  )
}

export function removeService(definition: Json, code: string | number): Json {
  return inServices(definition, (json, list) => {
    const at = choicesIn(json, list).findIndex(({ value }) => value === code)
    return at < 0 ? json : removeChoice(json, list, at)
  })
}

/** Every code that choices and questions have in these definitions, so that a new one means nothing else. */
export function codesIn(...definitions: unknown[]): Set<string> {
  const codes = new Set<string>()
  const visit = (json: unknown): void => {
    if (isRecord(json))
      for (const key of ['value', 'name']) if (json[key] !== undefined) codes.add(String(json[key]).toLowerCase())
    if (typeof json === 'object' && json !== null) for (const value of Object.values(json)) visit(value)
  }
  for (const definition of definitions) visit(definition)
  return codes
}
