import type { Kysely } from 'kysely'
import { keywordsFor, shippedKeywords } from '../../shared/deliberations/keywords.ts'
import type { Keywords } from '../../shared/deliberations/statements-api.ts'
import type { ServiceWords } from '../../shared/deliberations/suggest.ts'
import type { Detail } from '../../shared/problem.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { catalogue } from '../places/queries.ts'
import { audit, type Look } from '../platform/audit.ts'
import { isPlainText } from '../platform/plain-text.ts'
import { refuse } from '../refusals.ts'
import { lockKeywords, ownKeywords, replaceKeywords } from './keyword-queries.ts'
import { suggestAnew } from './suggestions.ts'

/** Words by service, for every service of the district's catalogue. */
export async function keywordsOf(db: Db, districtId: number): Promise<Keywords> {
  const { services } = (await catalogue(db, districtId)).catalogue
  const codes = services.map(({ code }) => code)
  return keywordsFor(codes, await ownKeywords(db, districtId)).map((one) => ({ ...one, words: [...one.words] }))
}

/** Puts a district's own words in force; services that are not named keep the shipped ones. @throws {Refusal} unknownService, badRequest */
export async function changeKeywords(
  db: Kysely<Tables>,
  districtId: number,
  keywords: Keywords,
  look: Look,
  at: Date,
): Promise<Keywords> {
  return await db.transaction().execute(async (tx) => {
    await lockKeywords(tx, districtId)
    const before = await keywordsOf(tx, districtId)
    if (keywords.some(({ service }) => !before.some((one) => one.service === service))) throw refuse.unknownService()
    const faults = keywordFaults(keywords)
    if (faults.length > 0) throw refuse.badRequest(faults)
    await replaceKeywords(tx, districtId, keywords.filter(isOwn))
    await suggestAnew(tx, districtId)
    const after = await keywordsOf(tx, districtId)
    await audit(tx, { ...look, before: changedIn(before, after), after: changedIn(after, before) }, at)
    return after
  })
}

const isOwn = ({ service, words }: ServiceWords) =>
  JSON.stringify(words) !== JSON.stringify(shippedKeywords.find((one) => one.service === service)?.words ?? [])

function keywordFaults(keywords: Keywords): Detail[] {
  return keywords.flatMap(({ service, words }, i): Detail[] => {
    const at = `body/${i}`
    const found: Detail[] = []
    if (keywords.findIndex((one) => one.service === service) < i)
      found.push({ at, rule: 'duplicate', message: '同一项服务写了两次，请合并成一行' })
    if (new Set(words).size < words.length) found.push({ at, rule: 'duplicate', message: '关键词有重复，请去掉重复的' })
    if (!words.every((word) => word.trim() === word && word !== '' && isPlainText(word)))
      found.push({ at, rule: 'text', message: '关键词前后有空格，或有不能显示的字符，请去掉' })
    return found
  })
}

/** What of one list is not the same in the other. */
function changedIn(own: Keywords, others: Keywords): Keywords {
  const known = new Set(others.map((one) => JSON.stringify(one)))
  return own.filter((one) => !known.has(JSON.stringify(one)))
}
