import type { Demand, Share } from '../demand/api.ts'
import { type SignKind, signNames } from '../quality/signs.ts'
import type { Audience } from './api.ts'
import { tens } from './themes.ts'

/** Answers of a community that something spoke against, and what people decided about them. */
export interface Reviewed {
  flagged: number
  open: number
  excluded: number
  signs: { sign: SignKind; n: number; excluded: number }[]
}

/** A number of answers: exact, or in a public edition the tens that it lies in, 1–9 first. */
export type Answers = { answers: number } | { from: number; to: number }

export interface ReviewFigures {
  flagged: Answers
  open: Answers
  excluded: Answers
  signs: { code: SignKind; name: string; flagged: Answers; excluded: Answers }[]
  /** How the first three needs read with the excluded answers counted in; not in public editions, where the two readings together would tell of single answers. */
  withAll: { n: number; services: { service: string; need: Share }[] } | null
}

const FIRST = 3

/** `demandWithAll` is asked for only where there is something to compare. */
export function reviewFigures(
  reviewed: Reviewed | undefined,
  audience: Audience,
  demandWithAll: () => Demand,
): ReviewFigures | null {
  if (!reviewed || reviewed.flagged + reviewed.excluded === 0) return null
  const isPublic = audience === 'public'
  const told = (answers: number): Answers => (isPublic && answers > 0 ? tens(answers) : { answers })
  const { flagged, open, excluded, signs } = reviewed
  return {
    ...{ flagged: told(flagged), open: told(open), excluded: told(excluded) },
    signs: signs.map((each) => ({
      ...{ code: each.sign, name: signNames[each.sign] },
      ...{ flagged: told(each.n), excluded: told(each.excluded) },
    })),
    withAll: isPublic || excluded === 0 ? null : firstNeeds(demandWithAll()),
  }
}

function firstNeeds({ n, services }: Demand): ReviewFigures['withAll'] {
  const asked = services.filter(({ need }) => need.p !== null)
  const first = asked.sort((a, b) => b.need.p! - a.need.p!).slice(0, FIRST)
  return first.length === 0 ? null : { n, services: first.map(({ service, need }) => ({ service, need })) }
}
