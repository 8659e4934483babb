import type { Audience } from '../../shared/briefs/api.ts'
import type { Facts } from '../../shared/briefs/facts.ts'
import type { District } from '../../shared/places/api.ts'
import type { Db } from '../db/database.ts'
import { audit, type Look } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import type { Composer } from './composer.ts'
import { isOvertaken, type Resting } from './counting.ts'
import { type Gathered, gatherFacts } from './gather.ts'
import { lastPublished } from './last-published.ts'
import { type Publication, publicationOf } from './publication.ts'
import { addEdition, holdCommunity, publishFigures, type StoredBrief, storedBrief } from './queries.ts'

/** Which brief, and when it is composed. */
export interface Wanted {
  district: District
  site: string
  audience: Audience
  at: Date
  resting?: Resting
  /** Who composes it. */
  look: Omit<Look, 'subject'>
}

/** How often composing starts again when another edition of the same community publishes its figures meanwhile. */
const ATTEMPTS = 5

/**
 * Composes the brief of a site from what is known now and keeps it as a new edition, or answers with the latest edition where that
 * says the same, word for word.
 * @throws {Refusal} unknownSite, noSurveyYet, busy, stopping
 */
export async function composeBrief(db: Db, composer: Composer, wanted: Wanted): Promise<StoredBrief> {
  const { district, site, audience, at } = wanted
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const gathered = await gatherFacts(db, district, site, at, audience, wanted.resting)
    const facts = await weighted(composer, gathered)
    const { published } = gathered
    const publication = audience === 'public' ? await composer.publish({ facts, published }) : { facts }
    const text = JSON.stringify(publication.facts)
    const composed = { ...(await composer.compose({ facts: text, audience })), facts: text }
    const stored = await store(db, wanted, gathered, publication, composed)
    if (stored) return stored
  }
  throw refuse.busy()
}

async function weighted(composer: Composer, { facts, together }: Gathered): Promise<Facts> {
  if (!together) return facts
  const { survey, community } = facts
  return { ...facts, weights: await composer.weigh({ plan: survey.plan, rows: together, community: community.code }) }
}

type Texts = Pick<StoredBrief, 'document' | 'hash' | 'facts'>

/** The edition and the figures that it publishes, both or neither. Undefined when other figures have been published meanwhile. */
async function store(
  db: Db,
  { district, site, audience, at, look }: Wanted,
  gathered: Gathered,
  { facts, renewed }: Publication,
  texts: Texts,
): Promise<StoredBrief | undefined> {
  const { published, counting } = gathered
  return await db.transaction().execute(async (one) => {
    await holdCommunity(one, district.id, facts.community.code)
    if (audience === 'public') {
      if (await isOvertaken(one, gathered)) return undefined
      const now = await lastPublished(one, counting, facts.community.code)
      if (now?.figures !== published?.figures) return undefined
      if (renewed) await publishFigures(one, district.id, publicationOf(facts), renewed, at)
    }
    const latest = await storedBrief(one, district.id, { site, audience })
    if (latest?.hash === texts.hash) return latest
    const brief = { site, audience, edition: (latest?.edition ?? 0) + 1, composedAt: at, ...texts }
    await addEdition(one, district.id, brief)
    const { edition, hash } = brief
    await audit(one, { ...look, subject: `brief:${site}`, after: { audience, edition, hash } }, at)
    return brief
  })
}
