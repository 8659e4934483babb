import fc from 'fast-check'
import type { Catalogue, ImportKind } from '../../shared/places/api.ts'
import { definition, numbers, submissionOf } from '../load/answers.ts'
import { allowedBy, type Operation } from './fuzz-operations.ts'
import { changes, hostileSegments, hostileTexts, spoilt } from './hostile-values.ts'
import type { House } from './house.ts'
import { csvText, tableOf } from './imports.ts'
import { mutated } from './json-tree.ts'

/** One request to be sent as it is. */
export interface Case {
  method: string
  /** With the query. */
  path: string
  headers: Record<string, string>
  body?: Buffer
  staff: boolean
  /** A request with nothing wrong about it. */
  sound: boolean
}

/** What exists in the district, by the name that it has in addresses. */
export interface Known {
  house: House
  catalogue: Catalogue
  codes: Record<string, string[]>
}

/** Requests to one operation, most of them wrong in some way. `dear` ones are seldom let through to the work. */
export function casesOf(operation: Operation, known: Known): fc.Arbitrary<Case> {
  const dear = operation.path.endsWith('.zip') || /\/(sites|prints)\//.test(operation.path)
  const trusted = fc.constantFrom('right', 'right', 'right', 'none', 'wrong')
  const parts = fc.record({ path: pathOf(operation, known, dear), key: trusted, ...bodyOf(operation, known) })
  return parts.map(({ path, key, body }) => {
    const { house } = known
    const authorization = { right: `Bearer ${house.key}`, wrong: 'Bearer a-wrong-key-of-length', none: '' }[key]
    const headers: Record<string, string> = { ...body?.headers, ...(authorization ? { authorization } : {}) }
    const sound = path.sound && (body?.sound ?? true)
    return { method: operation.method, path: path.text, headers, body: body?.bytes, staff: key === 'right', sound }
  })
}

interface Text {
  text: string
  sound: boolean
}

function pathOf({ path, parameters, method }: Operation, { codes }: Known, dear: boolean): fc.Arbitrary<Text> {
  const segments = parameters.filter((one) => one.in === 'path')
  const values = segments.map(({ name, schema }) => {
    const existing = (method !== 'GET' && codes[`${name} to change`]) || codes[name] || []
    const allowed = allowedBy(schema).map((value) => encodeURIComponent(String(value)))
    const sound = existing.length > 0 ? fc.constantFrom(...existing) : allowed
    return fc.oneof(
      { weight: dear ? 1 : 14, arbitrary: sound.map((text) => ({ text, sound: true })) },
      { weight: 1, arbitrary: allowed.map((text) => ({ text, sound: false })) },
      { weight: dear ? 2 : 1, arbitrary: fc.constantFrom(...hostileSegments).map((text) => ({ text, sound: false })) },
    )
  })
  return fc.tuple(fc.tuple(...values), queryOf(parameters)).map(([filled, query]) => {
    const text = segments.reduce(
      (url, { name }, index) => url.replace(`{${name}}`, () => filled[index]?.text ?? ''),
      path,
    )
    return { text: text + query.text, sound: query.sound && filled.every(({ sound }) => sound) }
  })
}

function queryOf(parameters: Operation['parameters']): fc.Arbitrary<Text> {
  const asked = parameters.filter((one) => one.in === 'query')
  if (asked.length === 0)
    return fc.constantFrom('', '', '', '?a=1', '?__proto__=1&a[b]=c').map((text) => ({ text, sound: text === '' }))
  const pair = fc.constantFrom(...asked).chain(({ name, schema }) => {
    const allowed = allowedBy(schema).map((value) => encodeURIComponent(String(value)))
    const hostile = fc.constantFrom(...hostileSegments)
    const key = fc.constantFrom(name, name, name, name, `${name}[]`, `${name}[__proto__]`, '__proto__')
    return fc
      .tuple(key, fc.oneof({ weight: 2, arbitrary: allowed }, { weight: 1, arbitrary: hostile }))
      .map((two) => two.join('='))
  })
  return fc
    .array(pair, { maxLength: 3 })
    .map((pairs) => ({ text: pairs.length > 0 ? `?${pairs.join('&')}` : '', sound: pairs.length === 0 }))
}

interface Body {
  bytes: Buffer
  headers: Record<string, string>
  sound: boolean
}

const uploads = /\/(imports\/\{kind\}|roster\/import|documents)$/

function bodyOf(operation: Operation, known: Known): { body: fc.Arbitrary<Body | undefined> } {
  if (operation.method === 'POST' && uploads.test(operation.path)) return { body: tables() }
  if (!operation.body) return { body: fc.constant(undefined) }
  const start = fc.oneof(
    { weight: 3, arbitrary: soundBody(operation, known) },
    { weight: 1, arbitrary: allowedBy(operation.body) },
  )
  const type = fc.oneof(
    { weight: 20, arbitrary: fc.constant('application/json') },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ...['text/plain', 'application/xml', 'multipart/form-data', 'application/json; charset=gbk', '', '\t'],
      ),
    },
  )
  const spoiling = fc.oneof({ weight: 11, arbitrary: fc.constant(-1) }, { weight: 1, arbitrary: fc.nat(14) })
  const body = fc.record({ value: start, changes, type, spoiling }).map((one) => {
    const text = mutated(one.value, one.changes)
    const bytes = one.spoiling < 0 ? Buffer.from(text) : spoilt(text, one.spoiling)
    const untouched = one.changes.length === 0 && one.spoiling < 0 && one.type === 'application/json'
    return { bytes, headers: headersOf(one.type), sound: untouched }
  })
  return { body }
}

const headersOf = (type: string): Record<string, string> => (type ? { 'content-type': type } : {})

/** Something that the operation would take as it is. */
function soundBody({ path, body = {} }: Operation, { house, catalogue }: Known): fc.Arbitrary<unknown> {
  if (path.endsWith('/responses')) {
    const again = fc.oneof({ weight: 9, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: oftenUsedId })
    return fc
      .tuple(fc.nat(), again)
      .map(([seed, id]) => ({ ...submissionOf(numbers(seed), house.communities, {}, false), ...id }))
  }
  if (path.endsWith('/versions')) return fc.constant({ title: '需求调查', definition })
  if (path.endsWith('/catalogue')) return fc.constant({ base: 1, catalogue })
  return allowedBy(body)
}

/** So that ids are met again with other content. */
const oftenUsedId = fc.nat(9).map((digit) => ({ id: `8c5a8d0e-0000-4000-8000-00000000000${digit}` }))

/** Tables to import in which one cell is something else, and requests that are no upload at all. */
function tables(): fc.Arbitrary<Body> {
  const kinds: ImportKind[] = ['subdistricts', 'communities', 'blocks', 'compounds', 'facilities', 'sites']
  const cell = fc.constantFrom(
    ...hostileTexts.filter((text) => text.startsWith('"')).map((text) => JSON.parse(text) as string),
  )
  const how = fc.oneof(
    { weight: 4, arbitrary: fc.constant('form') },
    { weight: 1, arbitrary: fc.constantFrom(...broken) },
  )
  return fc.record({ kind: fc.constantFrom(...kinds), at: fc.nat(60), cell, how }).map(({ kind, at, cell, how }) => {
    const table = tableOf(kind, [{}])
    const row = table[at % 2] as string[]
    row[(at >> 1) % row.length] = cell
    return { ...inForm(csvText(table), how), sound: false }
  })
}

const broken = ['no file', 'two files', 'other field', 'no end', 'no boundary', 'json', 'no type']

function inForm(text: string, how: string): { bytes: Buffer; headers: Record<string, string> } {
  const part = (name: string) =>
    `--edge\r\ncontent-disposition: form-data; name="${name}"; filename="../../t.csv"\r\n\r\n${text}\r\n`
  const plain = '--edge\r\ncontent-disposition: form-data; name="file"\r\n\r\nwords\r\n'
  const files: Record<string, string> = {
    'no file': plain,
    'two files': part('file') + part('file'),
    'other field': part('other'),
  }
  const body = (files[how] ?? part('file')) + (how === 'no end' ? '' : '--edge--\r\n')
  const type =
    how === 'json'
      ? 'application/json'
      : how === 'no boundary'
        ? 'multipart/form-data'
        : 'multipart/form-data; boundary=edge'
  return { bytes: Buffer.from(body), headers: how === 'no type' ? {} : { 'content-type': type } }
}
