import type { Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { audit, type Look } from '../platform/audit.ts'
import type { Secrets } from '../platform/secrets.ts'
import { refuse } from '../refusals.ts'
import { heldBy } from './claim-queries.ts'
import { contactOf } from './contact.ts'
import type { Of } from './queries.ts'

/** Why somebody may look at all. */
const PURPOSE = '联系许愿人，办理已认领的心愿'

/**
 * How to reach a wisher, for a member of the organisation that holds the wish. The look is written down with what it shows:
 * where that fails nobody sees anything.
 * @throws {Refusal} unknownWish for everybody else
 */
export async function contactFor(
  db: Kysely<Tables>,
  secrets: Secrets,
  of: Of,
  person: string | undefined,
  look: Look,
  at: Date,
): Promise<{ phone: string; name: string | null }> {
  return await db.transaction().execute(async (tx) => {
    const found = person === undefined ? undefined : await heldBy(tx, of, person)
    const contact = found && contactOf(secrets, found)
    if (!contact) throw refuse.unknownWish()
    await audit(tx, { ...look, after: { claim: found.claim }, purpose: PURPOSE }, at)
    return contact
  })
}
