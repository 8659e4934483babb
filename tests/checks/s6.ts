import { setTimeout as sleep } from 'node:timers/promises'
import ExcelJS from 'exceljs'
import { unzipSync } from 'fflate'
import { toCsv } from '../../server/documents/csv.ts'
import { toXlsx } from '../../server/documents/xlsx.ts'
import { type Catalogue, type ImportKind, importKinds } from '../../shared/places/api.ts'
import type { Json } from '../../shared/surveys/definition.ts'
import { questionnaire } from '../../shared/surveys/questionnaire.ts'
import { numbers, submissionOf } from '../load/answers.ts'
import { atLeast, type Check, judge, none } from './check.ts'
import type { House } from './house.ts'
import { csvText, importRows, tableOf, upload } from './imports.ts'

/** What a spreadsheet program would run, sixteen ways to begin. */
const formulas = [
  ...['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1+1', '\r=1+1', '\n=1+1', '＝1+1', '＋1+1', '－1+1', '＠SUM(A1)'],
  ...['"=1+1"', "'=1+1", ' =1+1', '\0=1+1', '=HYPERLINK("http://example.com","x")'],
]
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const printable = formulas.filter((text) => !/[\u0000-\u001f]/.test(text))
const phones = ['13800138000', '029-87654321', '+86 13800138000']
const objects = [{ other: '=1+1' }, ['=1+1', '@x'], { '=1+1': { a: null } }]

/** Words that spreadsheet programs would run stay words in every table that leaves the house; numbers and phone numbers stay themselves. */
export const s6: Check = async (house, size) => {
  const seen: string[] = []
  const built = await lookAt(
    await toXlsx([{ name: '=1+1', columns: [{ title: '=1+1' }, { title: '数' }], rows: cells() }]),
  )
  const csv = readCsv(toCsv(['=1+1', '数'], cells() as (string | number)[][]))
  await settle(house)
  await plantNames(house)
  const tables = await download(house)
  const downloaded = await Promise.all(tables.filter(isBook).map(({ data }) => lookAt(data)))
  const books = [built, ...downloaded]
  const lists = [csv, ...tables.filter(({ name }) => name.endsWith('.csv')).map(({ data }) => readCsv(data.toString()))]
  const bare = lists.flatMap((rows) => rows.flat().filter((cell) => looksRisky(cell) && !isNumber(cell)))
  const texts = downloaded.flatMap((book) => book.texts)
  for (const book of books) seen.push(...book.formulas)
  const whole = (text: string) =>
    built.texts.includes(text) && csv.flat().some((cell) => cell === text || cell === `'${text}`)
  const figures = [
    atLeast('tables', books.length + lists.length, 9),
    atLeast(
      'risky_words_that_got_so_far',
      printable.filter((text) => texts.some((each) => each.includes(text))).length,
      8,
    ),
    none(
      'formulas',
      books.reduce((sum, book) => sum + book.formulas.length, 0),
    ),
    none('csv_cells_not_quoted', bare.length),
    none('numbers_lost', built.numbers.includes(-5) && csv.flat().includes('-5') ? 0 : 1),
    none('phones_changed', phones.filter((text) => !whole(text)).length),
    none('objects_lost', objects.filter((each) => !built.texts.includes(JSON.stringify(each))).length),
  ]
  return judge('S6', size, figures, [...seen, ...bare])
}

function cells(): never[][] {
  return [...formulas, ...phones, ...objects].map((each) => [each, -5]) as never[][]
}

interface Book {
  texts: string[]
  numbers: number[]
  formulas: string[]
}

/** Reads a workbook with somebody else's reader, and its XML for what a reader might pass over. */
async function lookAt(data: Buffer): Promise<Book> {
  const book: Book = { texts: [], numbers: [], formulas: [] }
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(data as never)
  workbook.eachSheet((sheet) => {
    sheet.eachRow((row) => {
      row.eachCell(({ value, address }) => {
        if (typeof value === 'number') book.numbers.push(value)
        else if (typeof value === 'string') book.texts.push(value)
        else if (value && typeof value === 'object')
          book.formulas.push(`${sheet.name}!${address} ${JSON.stringify(value)}`)
      })
    })
  })
  for (const [name, part] of Object.entries(unzipSync(data))) {
    const text = Buffer.from(part).toString()
    if (/<(\w+:)?f[\s/>]|<ddeLink|externalLink/.test(text)) book.formulas.push(name)
  }
  return book
}

/** CSV after RFC 4180. */
function readCsv(csv: string): string[][] {
  const rows: string[][] = [[]]
  const text = csv.replace(/^\ufeff/, '')
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === '\r\n') rows.push([])
  }
  return rows
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const risky = /^[\t\r\n\u0000]|^[\s"]*[=+\-@＝＋－＠]/

function looksRisky(text: string): boolean {
  return risky.test(text)
}

function isNumber(cell: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(cell)
}

const DISTRICT = 'SF'
const COMMUNITY = 'F1'
const SITE = 'F2'
/** What the brief is about is renamed, where that is allowed. */
const CODES: Partial<Record<ImportKind, string>> = { communities: COMMUNITY, sites: SITE }

/** A district, a catalogue, a questionnaire and answers that all begin like formulas. */
async function settle(house: House): Promise<void> {
  const base = `/api/districts/${DISTRICT}`
  await call(house, 'POST', '/api/districts', {
    id: 6_006,
    code: DISTRICT,
    name: '=1+1',
    demo: false,
    extraServices: ['parking'],
  })
  await importRows(house, 'subdistricts', [{}], DISTRICT)
  await importRows(house, 'communities', [{ code: COMMUNITY }], DISTRICT)
  await importRows(house, 'sites', [{ code: SITE, community: COMMUNITY }], DISTRICT)
  const { catalogue, version } = (await call(house, 'GET', `${base}/catalogue`)) as {
    catalogue: Catalogue
    version: number
  }
  const services = catalogue.services.map((service, index) => ({ ...service, zh: named(service.zh, index) }))
  await call(house, 'PUT', `${base}/catalogue`, { base: version, catalogue: { ...catalogue, services } })
  const definition = risen(questionnaire(services))
  await call(house, 'POST', `${base}/surveys/needs2026/versions`, { title: '=1+1', definition })
  const random = numbers(6)
  for (let sent = 0; sent < 32; sent += 1) {
    const submission = submissionOf(random, [COMMUNITY], {}, false)
    const needs = (submission.answers as { needs: string[] }).needs
    const known = needs.every((code) => code === 'none' || services.some((service) => service.code === code))
    Object.assign(submission.answers, { suggestion: formulas[sent % formulas.length] })
    if (known) await call(house, 'POST', `${base}/surveys/needs2026/responses`, submission, [201, 422])
  }
}

const named = (zh: string, index: number) => `${printable[index % printable.length]}${zh}`

/** Every title of the questionnaire, and every choice, begins like a formula. */
function risen(definition: Json): Json {
  const pages = (definition.pages as Json[]).map((page) => {
    const elements = (page.elements as Json[]).map((element, index) => {
      const title = named(String(element.title), index)
      const choices = (element.choices as Json[] | undefined)?.map((choice, at) => {
        return { ...choice, text: named(String(choice.text), index + at) }
      })
      return element.type === 'html' ? element : { ...element, title, ...(choices && { choices }) }
    })
    return { ...page, elements }
  })
  return { ...definition, pages }
}

/** Tries to bring names in; those that the import takes must come out harmless like everything else. */
async function plantNames(house: House): Promise<void> {
  for (const kind of importKinds) {
    for (const name of formulas) {
      const table = tableOf(kind, [{ code: CODES[kind] ?? 'N1', name, community: COMMUNITY }])
      await upload(house, kind, csvText(table), { district: DISTRICT })
    }
  }
}

interface File {
  name: string
  data: Buffer
}

const isBook = ({ name }: File) => name.endsWith('.xlsx')

/** Every table that can be had: both editions of the brief, the ZIP of the district with its list, and a template. */
async function download(house: House): Promise<File[]> {
  const site = `/api/districts/${DISTRICT}/sites/${SITE}/briefs`
  const files: File[] = []
  for (const audience of ['staff', 'public']) {
    const { edition } = (await call(house, 'POST', site, { audience })) as { edition: number }
    const data = await bytes(house, `${site}/${edition}?audience=${audience}&format=xlsx`)
    files.push({ name: `${audience}.xlsx`, data })
  }
  files.push({ name: 'template.xlsx', data: await bytes(house, `/api/districts/${DISTRICT}/imports/sites/template`) })
  for (const format of ['csv', 'xlsx']) files.push({ name: `export.${format}`, data: await exported(house, format) })
  const zip = unzipSync(await bytes(house, `/api/districts/${DISTRICT}/briefs.zip`))
  return [...files, ...Object.entries(zip).map(([name, part]) => ({ name, data: Buffer.from(part) }))]
}

/** The answers themselves, with choices and open words that begin like formulas. */
async function exported(house: House, format: string): Promise<Buffer> {
  const url = `/api/districts/${DISTRICT}/surveys/needs2026/exports`
  const { id } = (await call(house, 'POST', `${url}/microdata`, { format, purpose: '核对' })) as { id: string }
  for (;;) {
    const { status, problem } = (await call(house, 'GET', `${url}/${id}`)) as { status: string; problem: string | null }
    if (status === 'done') return await bytes(house, `${url}/${id}/file`)
    if (status === 'failed') throw new Error(String(problem))
    await sleep(50)
  }
}

async function call(
  house: House,
  method: string,
  path: string,
  body?: unknown,
  expected = [200, 201],
): Promise<unknown> {
  const headers = { authorization: `Bearer ${house.key}`, ...(body ? { 'content-type': 'application/json' } : {}) }
  const reply = await fetch(new URL(path, house.url), {
    method,
    headers,
    body: body ? JSON.stringify(body) : undefined,
  })
  const text = await reply.text()
  if (!expected.includes(reply.status)) throw new Error(`${method} ${path}: ${reply.status} ${text}`)
  return JSON.parse(text)
}

async function bytes(house: House, path: string): Promise<Buffer> {
  const reply = await fetch(new URL(path, house.url), { headers: { authorization: `Bearer ${house.key}` } })
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
  return Buffer.from(await reply.arrayBuffer())
}
