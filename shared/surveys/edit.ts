import { isRecord, type Json, listOf, wordsOf } from './definition.ts'

/** Where an element of a definition stands: its page, then its place in each list on the way to it. */
export type Place = readonly number[]

/** A question of a definition as somebody edits it. */
export interface Entry {
  place: Place
  name: string
  title: string
  type: string
  json: Json
  /** Titles of the panels around it, outermost first. */
  panels: string[]
}

export interface Sheet {
  place: Place
  title: string
  json: Json
  entries: Entry[]
}

/** The definition with its questions on pages, as it is edited; it asks the same as before. */
export function editable(definition: Json): Json {
  const { elements, questions, ...rest } = definition
  if (listOf(definition.pages).length > 0) return { ...definition, pages: listOf(definition.pages).map(listed) }
  return { ...rest, pages: [{ name: 'page', elements: listOf(elements ?? questions).map(listed) }] }
}

/** SurveyJS used to call the elements of a page and of a panel its questions. */
function listed(element: unknown): unknown {
  if (!isRecord(element) || (element.elements === undefined && element.questions === undefined)) return element
  const { questions, ...rest } = element
  return { ...rest, elements: listOf(element.elements ?? questions).map(listed) }
}

/** Every page with its questions, in order. */
export function sheetsOf(definition: Json): Sheet[] {
  return listOf(definition.pages).map((page, at) => {
    const json = isRecord(page) ? page : {}
    return { place: [at], title: wordsOf(json.title, `第 ${at + 1} 页`), json, entries: entriesIn(json, [at], []) }
  })
}

function entriesIn(json: Json, place: Place, panels: string[]): Entry[] {
  return listOf(json.elements).flatMap((element, at) => {
    if (!isRecord(element)) return []
    const here = [...place, at]
    if (element.type === 'panel') return entriesIn(element, here, [...panels, wordsOf(element.title, '一组题')])
    const name = typeof element.name === 'string' ? element.name : ''
    const type = typeof element.type === 'string' ? element.type : 'text'
    const title = type === 'html' ? wordsOf(element.html, '说明文字') : wordsOf(element.title, name)
    return [{ place: here, name, title, type, json: element, panels }]
  })
}

export function entriesOf(definition: Json): Entry[] {
  return sheetsOf(definition).flatMap(({ entries }) => entries)
}

/** The definition with the element at this place changed; where there is none it stays as it is. */
export function changeAt(definition: Json, place: Place, edit: (json: Json) => Json): Json {
  return changeList(definition, place, (list, at) => list.with(at, edit(isRecord(list[at]) ? list[at] : {})))
}

export function removeAt(definition: Json, place: Place): Json {
  return changeList(definition, place, (list, at) => list.toSpliced(at, 1))
}

/** Puts an element at this place, before what stands there. */
export function insertAt(definition: Json, place: Place, element: Json): Json {
  return changeList(definition, place, (list, at) => list.toSpliced(at, 0, element), 1)
}

function changeList(
  definition: Json,
  place: Place,
  edit: (list: unknown[], at: number) => unknown[],
  beyond = 0,
): Json {
  const within = (json: Json, [at, ...rest]: Place, property: string): Json => {
    const list = listOf(json[property])
    if (at === undefined || at < 0 || at >= list.length + (rest.length === 0 ? beyond : 0)) return json
    if (rest.length === 0) return { ...json, [property]: edit(list, at) }
    const next = list[at]
    return isRecord(next) ? { ...json, [property]: list.with(at, within(next, rest, 'elements')) } : json
  }
  return within(definition, place, 'pages')
}

/** An element, or nothing. */
export function elementAt(definition: Json, place: Place): Json | undefined {
  let list = listOf(definition.pages)
  let found: unknown
  for (const at of place) {
    found = list[at]
    list = isRecord(found) ? listOf(found.elements) : []
  }
  return isRecord(found) ? found : undefined
}

export interface Moved {
  definition: Json
  place: Place
}

/** An element one step up or down: from the edge of a page to the next one, and inside a panel no further than its edge. */
export function move(definition: Json, place: Place, step: -1 | 1): Moved {
  const at = place.at(-1) ?? 0
  const to = [...place.slice(0, -1), at + step]
  const element = elementAt(definition, place)
  const other = elementAt(definition, to)
  if (!element) return { definition, place }
  if (other)
    return {
      definition: changeAt(
        changeAt(definition, place, () => other),
        to,
        () => element,
      ),
      place: to,
    }
  const page = (place[0] ?? 0) + step
  const next = elementAt(definition, [page])
  if (place.length !== 2 || !next) return { definition, place }
  const landing = [page, step > 0 ? 0 : listOf(next.elements).length]
  return { definition: insertAt(removeAt(definition, place), landing, element), place: landing }
}

/** The words of a title or a choice as they are edited, markup and all. */
export function textOf(text: unknown): string {
  const words = isRecord(text) ? (text['zh-cn'] ?? text.default ?? Object.values(text)[0]) : text
  return typeof words === 'string' ? words : typeof words === 'number' ? String(words) : ''
}

/** With other words; those in other languages stay, and nothing is written where there is nothing to say. */
export function withText(json: Json, property: string, words: string): Json {
  const known = json[property]
  if (isRecord(known)) return { ...json, [property]: { ...known, ['zh-cn' in known ? 'zh-cn' : 'default']: words } }
  if (words !== '') return { ...json, [property]: words }
  const { [property]: _, ...rest } = json
  return rest
}

/** With a property, or without it where there is nothing to say. */
export function withProperty(json: Json, property: string, value: unknown): Json {
  const { [property]: _, ...rest } = json
  return value === undefined || value === false || value === '' ? rest : { ...json, [property]: value }
}

/** Questions whose conditions read this one. */
export function readersOf(definition: Json, name: string): Entry[] {
  const says = (expression: unknown) =>
    typeof expression === 'string' && ['}', '.', '[', '-Comment}'].some((end) => expression.includes(`{${name}${end}`))
  const reads = (json: unknown): boolean =>
    isRecord(json)
      ? Object.entries(json).some(([key, value]) =>
          /(visible|required|enable)If$/i.test(key) ? says(value) : reads(value),
        )
      : Array.isArray(json) && json.some(reads)
  return entriesOf(definition).filter((entry) => entry.name !== name && reads(entry.json))
}
