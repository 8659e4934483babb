import type { Static } from 'typebox'
import type { readFulfilled } from '../../shared/wishes/api.ts'
import { flagsIn } from '../../shared/wishes/flags.ts'
import type { Db } from '../db/database.ts'
import type { Files } from '../platform/files.ts'
import type { Secrets } from '../platform/secrets.ts'
import { stretch } from './board-queries.ts'
import { type FulfilledWish, fulfilledWishes } from './card-queries.ts'
import { read, written } from './page-place.ts'

const PAGE = 20

type Answer = Static<(typeof readFulfilled.responses)[200]>
type PagePlace = [at: string, id: string]

interface House {
  districtId: number
  secrets: Secrets
  files: Files
  /** The district's own words that are not shown. */
  words: readonly string[]
}

/** One page of what was fulfilled and may be shown, the newest first. @throws {Refusal} badRequest */
export async function fulfilledPage(db: Db, house: House, next: string | undefined, now: Date): Promise<Answer> {
  const { districtId, secrets } = house
  const [at, id] = next === undefined ? [] : read<PagePlace>(secrets, 'fulfilled', next)
  const after = at !== undefined && id !== undefined ? { at, id } : undefined
  const found = await stretch(db, districtId, { part: 'fulfilled', wanted: {}, after, limit: PAGE + 1, now })
  const listed = found.slice(0, PAGE)
  const rows = await fulfilledWishes(
    db,
    districtId,
    listed.map((one) => one.id),
  )
  const last = listed.at(-1)
  return {
    wishes: await Promise.all(rows.map((row) => shownDone(db, house, row))),
    next: found.length > PAGE && last ? written(secrets, 'fulfilled', [last.at, last.id]) : null,
  }
}

async function shownDone(db: Db, { districtId, files, words }: House, { claim, ...row }: FulfilledWish) {
  const photos = await files.list(db, districtId, `claim:${claim}`)
  return {
    ...{ ...row, text: masked(row.text, words), note: masked(row.note, words) },
    thanks: row.thanks === null ? null : masked(row.thanks, words),
    photos: photos.map(({ id }) => id),
  }
}

/** Nobody has looked over what was written after the wish had been approved. */
function masked(text: string, words: readonly string[]): string {
  const signs = [...text]
  let kept = ''
  let end = 0
  for (const { from, to } of flagsIn(text, words)) {
    kept += `${signs.slice(end, from).join('')}〔已隐去〕`
    end = to
  }
  return kept + signs.slice(end).join('')
}
