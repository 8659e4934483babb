import { ageBands, type Profile } from '../places/api.ts'
import type { TallyPlan } from '../surveys/tally-plan.ts'

type Group = keyof Profile['parents']

/**
 * What each level of a margin should weigh, by level (variables and levels joined by ×): as the definition says, else from
 * the community's profile. Undefined where neither knows.
 */
export function targetsOf(
  plan: TallyPlan,
  margin: string[],
  profile: Profile | undefined,
): Map<string, number> | undefined {
  const given = plan.weighting.targets?.[margin.join('×')]
  if (given) return new Map(Object.entries(given))
  return profile ? fromProfile(plan, margin, profile) : undefined
}

function fromProfile(plan: TallyPlan, margin: string[], profile: Profile): Map<string, number> | undefined {
  const [name] = margin
  if (margin.length === 1 && name! in profile.parents) {
    const yes = profile.parents[name as Group]
    return new Map([
      ['yes', yes],
      ['no', Math.max(0, profile.households - yes)],
    ])
  }
  if (!margin.every((variable) => variable === 'age' || variable === 'sex')) return undefined
  const levels = crossed(margin.map((variable) => levelsOf(plan, variable)))
  return new Map(levels.map((level) => [level.join('×'), people(profile, margin, level)]))
}

function people(profile: Profile, margin: string[], level: string[]): number {
  const age = level[margin.indexOf('age')]
  const sex = level[margin.indexOf('sex')] as keyof Profile['population'] | undefined
  const rows = sex ? [profile.population[sex] ?? []] : [profile.population.male, profile.population.female]
  // A margin of sex alone speaks of the adults that are asked, not of their children.
  const bands = age ? [ageBands.indexOf(age as (typeof ageBands)[number])] : [2, 3, 4, 5]
  return rows.reduce((sum, row) => sum + bands.reduce((inner, band) => inner + (row[band] ?? 0), 0), 0)
}

export function levelsOf(plan: TallyPlan, variable: string): string[] {
  return plan.variables.find(({ name }) => name === variable)?.levels ?? []
}

/** Every combination, the last list changing fastest. */
export function crossed(lists: string[][]): string[][] {
  return lists.reduce<string[][]>((all, list) => all.flatMap((head) => list.map((item) => [...head, item])), [[]])
}
