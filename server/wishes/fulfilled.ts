import type { Static } from 'typebox'
import type { readFulfilled } from '../../shared/wishes/api.ts'
import { flagsIn } from '../../shared/wishes/flags.ts'
import type { Db } from '../db/database.ts'
import type { Files } from '../platform/files.ts'
import type { Secrets } from '../platform/secrets.ts'
import { stretch } from './board-queries.ts'
import { type FulfilledWish, fulfilledWishes } from './card-queries.ts'
import { photosOf } from './doings.ts'
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
  const { districtId, secrets, files, words } = house
  const [at, id] = next === undefined ? [] : read<PagePlace>(secrets, 'fulfilled', next)
  const after = at !== undefined && id !== undefined ? { at, id } : undefined
  const found = await stretch(db, districtId, { part: 'fulfilled', wanted: {}, after, limit: PAGE + 1, now })
  const listed = found.slice(0, PAGE)
  const rows = await fulfilledWishes(
    db,
    districtId,
    listed.map((one) => one.id),
  )
  const claims = rows.map(({ claim }) => ({ id: claim }))
  const photos = await photosOf(files, db, districtId, claims)
  const last = listed.at(-1)
  return {
    wishes: rows.map((row) => shownDone(words, row, photos.get(row.claim) ?? [])),
    next: found.length > PAGE && last ? written(secrets, 'fulfilled', [last.at, last.id]) : null,
  }
}

function shownDone(words: readonly string[], { claim: _, ...row }: FulfilledWish, photos: string[]) {
  return {
    ...{ ...row, text: masked(row.text, words), note: masked(row.note, words), photos },
    thanks: row.thanks === null ? null : masked(row.thanks, words),
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
