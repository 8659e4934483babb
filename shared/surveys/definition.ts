export type Json = Record<string, unknown>

export type DemandRole = 'need' | 'met' | 'top' | 'stratum' | 'group' | 'open'

/** What a question means for demand, whatever it is called: the question property `demand`. */
export interface DemandMark {
  role: DemandRole
  /** For `met`: the service meant, when each service has a question of its own. */
  service?: string
  /** For `stratum`: the weighting variable, by default the question's name. */
  variable?: string
  /** For `stratum`: choices that are counted and shown but not weighted. */
  outside?: string[]
}

/** How the answers are weighted: the survey property `weighting`. */
export interface Weighting {
  /** Inside each community to its profile, or over the whole district to `targets`. */
  scope: 'community' | 'district'
  /** Largest weight as a multiple of the mean weight. */
  cap: number
  /** Each margin is one variable or the cross of several. */
  margins: string[][]
  /** Margin (variables joined by ×) → level (levels joined by ×) → share or count. */
  targets?: Record<string, Record<string, number>>
}

/** A SurveyJS definition with our two properties; everything else is SurveyJS's own. */
export interface SurveyDefinition {
  title: string
  pages: Json[]
  weighting?: Partial<Weighting>
  [property: string]: unknown
}

/** A question in its place: with the conditions of the pages and panels around it, outermost first. */
export interface Asked {
  name: string
  title: string
  type: string
  json: Json
  visibleIf: string[]
  /** Switched off in the definition, so never shown. */
  never: boolean
  /** The questions inside a dynamic panel. */
  nested: Asked[]
}

export interface Container {
  kind: 'page' | 'panel'
  name: string
  json: Json
}

export interface Walked {
  asked: Asked[]
  containers: Container[]
  /** Elements that are not objects, or sit deeper than anyone would build by hand. */
  broken: string[]
}

const DEEPEST = 8

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** The words of a SurveyJS text, which is a string or one string for each language; markup is left out. */
export function wordsOf(text: unknown, otherwise: string): string {
  const words = isRecord(text) ? (text['zh-cn'] ?? text.default ?? Object.values(text)[0]) : text
  if (typeof words !== 'string') return typeof words === 'number' ? String(words) : otherwise
  return words.replace(/<[^<>]*>/g, '').trim() || otherwise
}

/** Every question of a SurveyJS definition in the order of the pages, panels and elements. */
export function walk(definition: Json): Walked {
  const found: Walked = { asked: [], containers: [], broken: [] }
  const top = listOf(definition.pages)
  const pages = top.length > 0 ? top : [{ name: 'page', elements: elementsOf(definition) }]
  for (const [index, page] of pages.entries()) {
    const at = `pages[${index}]`
    if (isRecord(page)) enter('page', page, at, { visibleIf: [], never: false }, found, 0)
    else found.broken.push(at)
  }
  return found
}

interface Around {
  visibleIf: string[]
  never: boolean
}

function elementsOf(json: Json): unknown[] {
  return listOf(json.elements ?? json.questions)
}

/** A visibleIf overrules `visible`, as in SurveyJS. */
function inside(around: Around, json: Json): Around {
  const own = typeof json.visibleIf === 'string' && json.visibleIf.trim() !== '' ? json.visibleIf : undefined
  if (own !== undefined) return { visibleIf: [...around.visibleIf, own], never: around.never }
  return { visibleIf: around.visibleIf, never: around.never || json.visible === false }
}

function enter(kind: Container['kind'], json: Json, at: string, around: Around, found: Walked, depth: number) {
  found.containers.push({ kind, name: typeof json.name === 'string' ? json.name : at, json })
  collect(elementsOf(json), at, inside(around, json), found, depth + 1)
}

function collect(elements: unknown[], at: string, around: Around, found: Walked, depth: number) {
  for (const [index, element] of elements.entries()) {
    const here = `${at}.elements[${index}]`
    if (!isRecord(element) || depth > DEEPEST) found.broken.push(here)
    else if (element.type === 'panel') enter('panel', element, here, around, found, depth)
    else found.asked.push(ask(element, here, around, found, depth))
  }
}

function ask(json: Json, at: string, around: Around, found: Walked, depth: number): Asked {
  const name = typeof json.name === 'string' ? json.name : at
  const type = typeof json.type === 'string' ? json.type : 'text'
  const within: Walked = { asked: [], containers: [], broken: [] }
  if (type === 'paneldynamic') {
    collect(listOf(json.templateElements), at, { visibleIf: [], never: false }, within, depth + 1)
    found.containers.push(...within.containers)
    found.broken.push(...within.broken)
  }
  return { name, title: wordsOf(json.title, name), type, json, ...inside(around, json), nested: within.asked }
}

/** One choice, matrix row or matrix column. */
export interface Item {
  value: string | number
  text: string
  visibleIf?: string
  exclusive: boolean
  /** 其他, 以上都不是, 不愿回答, 不知道: SurveyJS adds them itself and never hides them. */
  builtIn: boolean
}

const specials = [
  { shown: ['showNoneItem', 'hasNone'], value: 'none', words: 'noneText', otherwise: '以上都不是', exclusive: true },
  { shown: ['showRefuseItem'], value: 'refused', words: 'refuseText', otherwise: '不愿回答', exclusive: true },
  { shown: ['showDontKnowItem'], value: 'dontknow', words: 'dontKnowText', otherwise: '不知道', exclusive: true },
  { shown: ['showOtherItem', 'hasOther'], value: 'other', words: 'otherText', otherwise: '其他', exclusive: false },
] as const

/** The items of a list as SurveyJS reads them: bare values, or objects with value and text. */
export function itemsOf(list: unknown): Item[] {
  return listOf(list).map((entry) => {
    const json: Json = isRecord(entry) ? entry : { value: entry }
    const value = json.value as string | number
    const text = wordsOf(json.text, String(value))
    const visibleIf = typeof json.visibleIf === 'string' && json.visibleIf.trim() !== '' ? json.visibleIf : undefined
    return { value, text, visibleIf, exclusive: json.isExclusive === true, builtIn: false }
  })
}

/** Every value that a choice question can take, the ones added by SurveyJS last. */
export function choicesOf(asked: Asked): Item[] {
  if (asked.type === 'rating') return ratesOf(asked.json)
  const own = [...itemsOf(asked.json.choices), ...numberedOf(asked.json)]
  if (asked.type === 'ranking') return own
  const added = specials.filter((special) => special.shown.some((property) => asked.json[property] === true))
  const builtIn = added.map(({ value, words, otherwise, exclusive }) => {
    return { value, text: wordsOf(asked.json[words], otherwise), exclusive, builtIn: true }
  })
  return [...own, ...builtIn]
}

function numberedOf(json: Json): Item[] {
  const { choicesMin: from, choicesMax: to, choicesStep: step = 1 } = json
  if (typeof from !== 'number' || typeof to !== 'number' || typeof step !== 'number' || !(step > 0)) return []
  const count = Math.min(Math.floor((to - from) / step) + 1, 1_000)
  return series(from, step, count)
}

function ratesOf(json: Json): Item[] {
  const own = itemsOf(json.rateValues)
  if (own.length > 0 && json.autoGenerate !== true) return own
  const step = typeof json.rateStep === 'number' && json.rateStep > 0 ? json.rateStep : 1
  const from = typeof json.rateMin === 'number' ? json.rateMin : 1
  const to = typeof json.rateMax === 'number' ? json.rateMax : 5
  return series(from, step, Math.min(Math.floor((to - from) / step + 1e-9) + 1, json.rateType === 'smileys' ? 10 : 20))
}

function series(from: number, step: number, count: number): Item[] {
  const values = Array.from({ length: Math.max(0, count) }, (_, index) => Number((from + index * step).toPrecision(12)))
  return values.map((value) => ({ value, text: String(value), exclusive: false, builtIn: false }))
}

/** The mark of a question, or nothing when it has none. */
export function demandOf(asked: Asked): DemandMark | undefined {
  return isRecord(asked.json.demand) ? (asked.json.demand as unknown as DemandMark) : undefined
}
