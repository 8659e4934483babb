import { setPriority } from 'node:os'
import type { Json } from '../../shared/surveys/definition.ts'
import type { Dictionary } from '../../shared/themes/api.ts'
import { codesIn } from '../../shared/themes/match.ts'
import { openQuestions } from '../../shared/themes/questions.ts'
import { wordCounter } from '../../shared/themes/words.ts'
import { type Db, forDistrict, onPool, openPool } from '../db/database.ts'
import { answerOrders } from '../platform/orders.ts'
import { wordsOf } from '../platform/segment.ts'
import { definitionOf } from '../surveys/queries.ts'
import { roundsOf } from '../surveys/round-queries.ts'
import { changesOf } from './behind.ts'
import { dictionaryOf } from './queries.ts'
import {
  markOf,
  readNew,
  type SurveyOf,
  saveSuggestions,
  saveWords,
  setMark,
  toSuggest,
  withoutCode,
} from './renew-queries.ts'

export interface Order extends SurveyOf {
  databaseUrl: string
  /** An order before this one left something. */
  goesOn: boolean
}

// On Linux this holds for the calling thread alone: whoever submits or reads goes first. Elsewhere it may be refused.
if (process.platform === 'linux') setPriority(0, 10)

const BATCH = 500
/** After so long the order is answered, and whoever asked asks again for the rest. */
const LONGEST_MS = 5_000
const MOST_FOR_WORDS = 20_000

/** Reads what is new and renews suggestions; true where some of it is left for the next order. */
answerOrders(async ({ databaseUrl, goesOn, ...of }: Order): Promise<boolean> => {
  const pool = openPool({ connectionString: databaseUrl, max: 1, connectionTimeoutMillis: 2_000 })
  try {
    return await renew(forDistrict(onPool(pool), of.districtId), of, goesOn)
  } finally {
    await pool.end()
  }
})

async function renew(db: Db, of: SurveyOf, goesOn: boolean): Promise<boolean> {
  const began = performance.now()
  const dictionary = await dictionaryOf(db, of.districtId)
  await readAnswers(db, of)
  let isNew = goesOn
  for (;;) {
    const some = await toSuggest(db, of, dictionary.revision, BATCH)
    if (some.length === 0) break
    const suggested = some.map(({ text, ...key }) => ({
      ...key,
      codes: codesIn(wordsOf(text, false), dictionary.codes),
    }))
    await saveSuggestions(db, of, dictionary.revision, suggested)
    isNew = true
    if (performance.now() - began > LONGEST_MS) return true
  }
  if (isNew) await renewWords(db, of, dictionary)
  return false
}

async function readAnswers(db: Db, of: SurveyOf): Promise<void> {
  const { districtId, survey } = of
  const mark = await markOf(db, of)
  const readTo = new Date()
  const counted = await changesOf(db, of)
  for (const { version } of await roundsOf(db, districtId, survey)) {
    const questions = openQuestions((await definitionOf(db, districtId, survey, version)) as Json)
    if (questions.length > 0)
      await readNew(
        db,
        of,
        version,
        questions.map(({ name }) => name),
        mark?.readTo,
      )
  }
  await setMark(db, of, { readTo, counted })
}

async function renewWords(db: Db, of: SurveyOf, { codes }: Dictionary): Promise<void> {
  const counter = wordCounter(codes)
  for (const text of await withoutCode(db, of, MOST_FOR_WORDS)) counter.add(wordsOf(text, true))
  await saveWords(db, of, counter.most())
}
