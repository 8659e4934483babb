import { DRAWS } from '../demand/chances.ts'
import { FEW_ANSWERS } from '../demand/shrink.ts'
import { reachM } from '../demand/supply.ts'
import { LEAST_WEIGHTED } from '../demand/weigh.ts'
import { assumptions } from '../sites/rules.ts'
import { ratingScale } from '../statistics/importance.ts'
import { LEAST_PUBLISHED } from '../statistics/standing.ts'
import type { Facts } from './facts.ts'

const walks = [5, 10, 15]

/** Numbers that neither the answers nor the district's records give, but the way in which a brief is worked out. */
export const methodFigures = ({ survey }: Facts) => ({
  programme: assumptions,
  rating: ratingScale,
  weightCap: survey.plan.weighting.cap,
  reach: walks.map((minutes) => ({ minutes, reachM: reachM({ level_minutes: minutes }) })),
  draws: DRAWS,
  leastPublished: LEAST_PUBLISHED,
  leastWeighted: LEAST_WEIGHTED,
  fewAnswers: FEW_ANSWERS,
})
