import type { TallyPlan } from '../surveys/tally-plan.ts'
import type { AgeBand } from './api.ts'

/** Those who are counted and shown but not weighted: too young, from elsewhere, or without an age. */
export const OUTSIDE = 'outside'
/** Everybody, where the questionnaire does not ask for the age. */
export const EVERYBODY = 'all'

/** Where the age band stands in the number of a cell: `floor(cell / stride) % levels.length`. */
export interface AgeDigit {
  levels: string[]
  stride: number
}

export function ageDigit({ variables }: TallyPlan): AgeDigit | undefined {
  const at = variables.findIndex(({ name }) => name === 'age')
  if (at < 0) return undefined
  const stride = variables.slice(at + 1).reduce((product, { levels }) => product * levels.length, 1)
  return { levels: variables[at]!.levels, stride }
}

/** The age band of a cell. */
export function bandOf(digit: AgeDigit | undefined, cell: number): string {
  if (!digit) return EVERYBODY
  return cell < 0 ? OUTSIDE : digit.levels[Math.floor(cell / digit.stride) % digit.levels.length]!
}

/** The age bands by which a survey is watched, in the words of its questionnaire. */
export function bandsOf(plan: TallyPlan): AgeBand[] {
  const digit = ageDigit(plan)
  if (!digit) return [{ code: EVERYBODY, title: '不分年龄', quota: true }]
  const words = plan.titles?.age?.levels ?? {}
  const own = digit.levels.map((code) => ({ code, title: words[code] ?? code, quota: true }))
  return [...own, { code: OUTSIDE, title: '其他（未满18岁、未填年龄或不住本区）', quota: false }]
}
