import type { Facts } from '../../shared/briefs/facts.ts'
import { cellsOf } from '../../shared/demand/cells.ts'
import { renewable } from '../../shared/demand/standing.ts'
import type { PublishedFigures, PublishedOf } from './queries.ts'

/** The part of the facts that comes from answers, as it is frozen with a publication. */
type Frozen = Pick<Facts, 'tallies' | 'tallyVersion' | 'answersAsOf' | 'weights'>

/** What a publication needs to know of the facts. */
export type Spoken = Pick<Facts, 'survey' | 'community' | keyof Frozen> &
  Partial<Pick<Facts, 'districtDemand' | 'towards'>>

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
 * The facts as a public edition may read them. What answers say is published anew only when at least ten more (or ten fewer) take part
 * in the figures than last time; until then the public brief rests on what has been published, so that two editions can never be
 * subtracted. Figures of the whole district are left out: they move with every answer, and less all the other communities they would
 * tell of one that is withheld.
 */
export function forPublication<F extends Spoken>(facts: F, published: PublishedFigures | undefined): Publication<F> {
  const { towards: _others, ...own } = facts
  const open = { ...own, districtDemand: null } as unknown as F
  const n = takingPart(facts)
  if (published && !renewable(published.n, n) && !renewable(n, published.n)) {
    const { weights: _newer, ...rest } = open
    return { facts: { ...rest, ...(JSON.parse(published.figures) as Frozen) } as unknown as F }
  }
  const { tallies, tallyVersion, answersAsOf, weights } = facts
  const frozen: Frozen = { tallies, tallyVersion, answersAsOf, weights }
  return { facts: open, renewed: { n, figures: JSON.stringify(frozen) } }
}

function takingPart({ survey, tallies }: Spoken): number {
  return cellsOf(survey.plan, tallies).inside.reduce((sum, { n }) => sum + n, 0)
}
