import type { FileHandle } from 'node:fs/promises'
import type { Kysely } from 'kysely'
import type { MicrodataFormat } from '../../shared/exports/api.ts'
import type { Cell, Column } from '../../shared/exports/columns.ts'
import { keyQuestionsOf } from '../../shared/exports/keys.ts'
import { lostIn, type Microdata, microdataOf } from '../../shared/exports/microdata.ts'
import { microdataWords } from '../../shared/exports/words.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { communities, subdistricts } from '../places/queries.ts'
import { chinaDay, chinaTime } from '../platform/china-time.ts'
import { type AnswersOf, alikeAnswers, answersAfter, type StoredAnswers } from '../surveys/answer-queries.ts'
import { definitionOf, latestSurvey } from '../surveys/queries.ts'
import { answeredRounds, versionsOfRound } from '../surveys/round-queries.ts'
import { writers } from './writers.ts'

export interface Wanted {
  district: { id: number; name: string }
  survey: string
  format: MicrodataFormat
  excluded: boolean
  at: Date
}

export interface Made {
  rows: number
  sha256: string
  about: string[]
  columns: { id: string; title: string; versions: number[] }[]
}

/** What the export came to nothing for: `no_answers`, `few_answers` and others of `problems`. */
export class NotMade extends Error {
  override name = 'NotMade'
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

const BATCH = 500

/**
 * Writes the microdata of a survey's newest answered round into a file, batch by batch and from one snapshot, so that the classes
 * that were counted first are those of the rows. `reached` is told how far it is and may throw to stop it. @throws {NotMade}
 */
export async function makeMicrodata(
  db: Kysely<Tables>,
  wanted: Wanted,
  file: FileHandle,
  reached: (rows: number, total: number) => Promise<void>,
): Promise<Made> {
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (snapshot) => {
      const { of, data, contents } = await prepared(snapshot, wanted)
      const { rows: total } = contents
      await reached(0, total)
      const widths = wanted.format === 'sav' ? await widthsOf(snapshot, wanted, of, data) : []
      const writer = await writers[wanted.format](file, { ...contents, widths })
      let rows = 0
      for await (const batch of batches(snapshot, wanted, of)) {
        await writer.rows(batch.map((row) => data.cells(row)))
        rows += batch.length
        await reached(rows, total)
      }
      if (rows !== total) throw new Error('the rows are not those that were counted')
      const columns = data.columns.map(({ id, title, versions }) => ({ id, title, versions }))
      return { rows, sha256: await writer.end(), about: contents.about, columns }
    })
}

async function prepared(db: Db, { district, survey, format, excluded, at }: Wanted) {
  const { id } = district
  const head = await latestSurvey(db, id, survey)
  const newest = (await answeredRounds(db, id, survey)).at(-1)
  if (!head || !newest) throw new NotMade('no_answers')
  const numbers = await versionsOfRound(db, id, survey, newest.round)
  const of: AnswersOf = { survey, versions: numbers, excluded }
  const versions = []
  const counted = []
  for (const version of numbers) {
    const definition = await definitionOf(db, id, survey, version)
    if (!definition) continue
    const keys = keyQuestionsOf(definition)
    versions.push({ version, definition, keys })
    const alike = await alikeAnswers(db, id, { ...of, versions: [version] }, { first: keys.age, second: keys.sex })
    for (const { community, first: age, second: sex, n } of alike) counted.push({ version, community, age, sex, n })
  }
  const places = { communities: await communities(db, id), subdistricts: await subdistricts(db, id) }
  const data = microdataOf(versions, places, counted, excluded)
  if (!data) throw new NotMade(counted.length === 0 ? 'no_answers' : 'few_answers')
  const madeAt = `${chinaTime(at).slice(0, 16).replace('T', ' ')}（北京时间）`
  const about = { district: district.name, survey, title: head.title, versions: numbers, madeAt, excluded }
  const lost = lostIn(data.generalised)
  const contents = {
    title: `${head.title}答卷微观数据`,
    issuer: district.name,
    date: chinaDay(at),
    at,
    columns: data.columns,
    rows: lost.rows,
    about: microdataWords(about, lost, data.leftOut, format),
  }
  return { of, data, contents }
}

/** The next batch is read while one is written. */
async function* batches(db: Db, { district }: Wanted, of: AnswersOf): AsyncGenerator<StoredAnswers[]> {
  const read = (after: string) => answersAfter(db, district.id, of, { after, limit: BATCH })
  let next: Promise<StoredAnswers[]> | undefined = read('00000000-0000-0000-0000-000000000000')
  while (next) {
    const batch: StoredAnswers[] = await next
    next = batch.length < BATCH ? undefined : read(batch.at(-1)!.id)
    // Whoever takes the batch may stop here; nobody is then left to hear that reading failed.
    next?.catch(() => undefined)
    if (batch.length > 0) yield batch
  }
}

/** How many bytes the longest text of each column takes: SPSS keeps the same room in every row. */
async function widthsOf(db: Db, wanted: Wanted, of: AnswersOf, { columns, cells }: Microdata): Promise<number[]> {
  const widths = columns.map(() => 0)
  const texts = columns.flatMap(({ kind }: Column, at) => (kind === 'text' ? [at] : []))
  for await (const batch of batches(db, wanted, of)) {
    for (const row of batch) {
      const own: Cell[] = cells(row)
      for (const at of texts) {
        const text = own[at]
        if (typeof text === 'string') widths[at] = Math.max(widths[at]!, Buffer.byteLength(text))
      }
    }
  }
  return widths
}
