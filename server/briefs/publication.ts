import type { Facts, Said } from '../../shared/briefs/facts.ts'
import { cellsOf } from '../../shared/demand/cells.ts'
import type { Tells } from '../../shared/demand/families.ts'
import { movement } from '../../shared/demand/movement.ts'
import { LEAST_PUBLISHED } from '../../shared/statistics/standing.ts'
import { caughtUp, type Kept, renewed, said } from './behind.ts'
import type { PublishedFigures, PublishedOf } from './queries.ts'

/** What a publication needs to know of the facts. */
export type Spoken = Pick<Facts, 'survey' | 'community' | 'catalogue' | keyof Said> &
  Partial<Pick<Facts, 'districtDemand' | 'towards' | 'earlier'>>

export interface Publication<F extends Spoken = Facts> {
  facts: F
  /** What takes the place of the figures published so far; absent where those stay. */
  renewed?: PublishedFigures
}

/** Whose figures these facts would publish. */
export function publicationOf({ survey, community }: Spoken): PublishedOf {
  return { survey: survey.code, version: survey.version, community: community.code }
}

/**
 * The facts as a public edition may read them. What everybody says together is published anew only when at least ten answers have come
 * or gone since last time; what the age bands, or a group and the others, say goes with it only where nobody can be had by subtracting
 * the editions, and stays as it was published until then. Figures of the whole district are left out: they move with every answer, and
 * less all the other communities they would tell of one that is withheld.
 * @param tells 'whole' for a publication that tells nothing of the parts
 */
export function forPublication<F extends Spoken>(
  facts: F,
  published: PublishedFigures | undefined,
  tells: Tells = 'parts',
): Publication<F> {
  const last = published && (JSON.parse(published.figures) as Kept)
  const kept = keptOf(facts, last, tells)
  const figures = kept === last ? published?.figures : JSON.stringify(kept)
  if (!figures || figures === published?.figures) return { facts: readable(facts, kept) }
  return { facts: readable(facts, kept), renewed: { n: takingPart(facts, kept), figures } }
}

/** The facts as they have been published. */
export function asPublished<F extends Spoken>(facts: F, { figures }: PublishedFigures): F {
  return readable(facts, JSON.parse(figures) as Kept)
}

function readable<F extends Spoken>(facts: F, { past: _, earlier = [], ...now }: Kept): F {
  const { towards: _others, weights: _newer, ...own } = facts
  const standing = earlier.filter(({ parts }) => parts.length > 0).map(({ behind: __, ...each }) => each)
  return { ...own, districtDemand: null, ...now, ...(standing.length > 0 && { earlier: standing }) } as unknown as F
}

function keptOf(facts: Spoken, last: Kept | undefined, tells: Tells): Kept {
  const moved = !last || movement(facts.survey.plan, last.tallies, facts.tallies) >= LEAST_PUBLISHED
  const anew = moved && renewed(facts, said(facts), last, tells)
  if (anew || !last) return anew || said(facts)
  return tells === 'parts' ? caughtUp(facts, last) : last
}

function takingPart({ survey }: Spoken, { tallies }: Said): number {
  return cellsOf(survey.plan, tallies).inside.reduce((sum, { n }) => sum + n, 0)
}
