import type { Rules } from '../../shared/wishes/desk-api.ts'
import { CLAIM_DAYS, EXTENSION_DAYS } from '../../shared/wishes/kinds.ts'
import type { Db } from '../db/database.ts'
import { isPlainText } from '../platform/plain-text.ts'
import { refuse } from '../refusals.ts'

/** What a district has set, or else what holds everywhere. */
export async function rulesOf(db: Db, districtId: number): Promise<Rules> {
  const rules = await db
    .selectFrom('wish_rules')
    .select(['words', 'claim_days as claimDays', 'extension_days as extensionDays'])
    .where('district_id', '=', districtId)
    .executeTakeFirst()
  return rules ?? { words: [], claimDays: CLAIM_DAYS, extensionDays: EXTENSION_DAYS }
}

/** Without gaps around words, empty ones and those that are there twice. @throws {Refusal} badRequest */
export function tidied({ words, ...days }: Rules): Rules {
  const at = words.findIndex((word) => !isPlainText(word))
  if (at >= 0)
    throw refuse.badRequest([{ at: `words/${at}`, rule: 'text', message: '这个词里有不能显示的字符，请重新输入。' }])
  return { ...days, words: [...new Set(words.map((word) => word.trim()).filter(Boolean))] }
}

export async function saveRules(db: Db, districtId: number, rules: Rules, at: Date): Promise<void> {
  const row = {
    ...{ words: JSON.stringify(rules.words), claim_days: rules.claimDays },
    ...{ extension_days: rules.extensionDays, changed_at: at },
  }
  await db
    .insertInto('wish_rules')
    .values({ district_id: districtId, ...row })
    .onConflict((set) => set.column('district_id').doUpdateSet(row))
    .execute()
}
