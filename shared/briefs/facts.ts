import type { Held } from '../deliberations/held.ts'
import type { Demand, Weighting } from '../demand/api.ts'
import type { Towards } from '../demand/shrink.ts'
import type { Catalogue, Community, Compound, District, Facility, Site, Subdistrict } from '../places/api.ts'
import type { QuestionInfo } from '../surveys/compile.ts'
import type { TallyRow } from '../surveys/tally.ts'
import type { TallyPlan } from '../surveys/tally-plan.ts'
import type { Themes } from '../themes/said.ts'
import type { Wished } from '../wishes/wished.ts'
import type { Reviewed } from './review.ts'

/** A community's weights by cell, raked together with all others, and how they were made. */
export interface Together {
  byCell: Record<number, number>
  weighting: Weighting
}

/** The part of the facts that comes from answers. */
export type Said = Pick<Facts, 'tallies' | 'tallyVersion' | 'answersAsOf' | 'weights'>

/** Parts of the people whose figures stay as they were published before, and what had been said then; nothing where they have not been published yet. */
export interface Earlier {
  parts: string[]
  said?: Said
}

/** Everything that one brief is made from, frozen with it: whoever holds the facts can compose the brief again and recompute each of its figures. */
export interface Facts {
  composedAt: string
  district: District
  subdistrict: Subdistrict
  community: Community
  /** Code of the site that the brief is for; `sites` holds all sites of the community. */
  site: string
  sites: Site[]
  /** The community's compounds, and those of others that share a facility with them. */
  compounds: Compound[]
  /** Facilities within reach of the community, wherever they stand. */
  facilities: Facility[]
  catalogue: Catalogue
  catalogueVersion: number
  placeVersion: number
  survey: {
    code: string
    title: string
    version: number
    /** Earlier versions whose answers count on in this one. */
    carried?: number[]
    plan: TallyPlan
    questions: QuestionInfo[]
  }
  tallies: TallyRow[]
  /** When the tallies were read: earlier than `composedAt` where a public edition rests on figures published before. */
  answersAsOf: string
  tallyVersion: number
  /** Weights where the whole district is raked together, so that they cannot be made from this community's answers alone. */
  weights?: Together
  /** Shares of the whole district, for comparison; null where there are none yet. */
  districtDemand: Demand | null
  /** What the shares of a community with few answers are drawn towards: the subdistrict's and the district's. */
  towards?: Towards
  /** What residents wrote in their own words; absent where nobody did, or it is from before that was read. */
  themes?: Themes
  /** Answers that something spoke against; absent where there are none, or it is from before they were looked at. */
  reviewed?: Reviewed
  /** What the community's closed deliberations came to; absent where there was none, or it is from before there were any. */
  deliberations?: Held[]
  /** What was wished for in the community; absent where nothing was, or it is from before there were wishes. */
  wishes?: Wished
  /** Only in a public edition: what could not be renewed together with the rest. */
  earlier?: Earlier[]
}
