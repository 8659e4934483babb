import type { Cell, Sentence } from '../document.ts'
import { levelOf } from '../statistics/importance.ts'
import type { Allocation } from './allocate.ts'
import type { Decision } from './api.ts'
import { ofDecision, pirOf } from './figures.ts'
import type { ServiceInput } from './inputs.ts'
import type { Candidate, Problem } from './problem.ts'
import { levelZh, listZh } from './wording.ts'

/** One function to be decided on, by its place among the candidates, and what is known of it. */
export interface Case {
  problem: Problem
  allocation: Allocation
  f: number
  candidate: Candidate
  input: ServiceInput
}

export type Why = Pick<Decision, 'rule' | 'reason' | 'mark'> & Partial<Pick<Decision, 'named'>>

/** The names of other functions in a reason, each once, and how many they are. */
export function naming(
  { candidate }: Pick<Case, 'candidate'>,
  functions: Candidate[],
): { names: Sentence; named: number } {
  const all: Cell[] = [...new Set(functions.map(({ spec }) => spec.zh))]
  const names = listZh(all, (count) => ofDecision(candidate.spec, count, 'named'), '项')
  return { names, named: all.length }
}

export function priorityZh(service: string, pir: number | null): Sentence {
  return pir === null ? ['尚无优先度数据'] : ['优先度为', pirOf(service, pir), `（${levelZh[levelOf(pir)]}）`]
}

/** Rooms and outdoor areas that suit the function. */
export const placesFor = ({ problem, f }: Pick<Case, 'problem' | 'f'>) =>
  problem.cost[f]!.flatMap((cost, place) => (cost === null ? [] : [place]))
