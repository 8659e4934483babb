/**
 * A second computation of demand, over single answers and people instead of tallies and cells, and sharing no code with the
 * first. It knows the shipped questionnaire and one community whose every age × sex level has five answers or more.
 */
export interface Person {
  age: string
  sex: string
  flags: Record<string, boolean>
  needs: string[]
  unmet: string[]
  top: string[]
  weight: number
}

const ages = ['18-34', '35-59', '60-79', '80+']
const flags = ['parent_0_3', 'parent_4_6', 'parent_7_12']

/** The people among the answers who live here and told their age band and sex. */
export function peopleOf(answers: Record<string, unknown>[]): Person[] {
  const here = answers.filter((each) => each.residence === 'here' && each.sex !== 'unstated')
  return here
    .filter((each) => ages.includes(String(each.age)))
    .map((each) => {
      const needs = (each.needs as string[]).filter((need) => need !== 'none')
      const met = (each.met ?? {}) as Record<string, number>
      return {
        age: String(each.age),
        sex: String(each.sex),
        flags: Object.fromEntries(flags.map((flag) => [flag, (each.children as string[]).includes(flag)])),
        needs,
        unmet: needs.filter((need) => met[need] !== undefined && Number(met[need]) <= 50),
        top: (each.top ?? []) as string[],
        weight: 1,
      }
    })
}

interface Profile {
  population: Record<string, number[]>
  households: number
  parents: Record<string, number>
}

/** Weights that bring people to the profile: age × sex, then each child flag; nobody over five times the mean. */
export function weighPeople(people: Person[], profile: Profile): void {
  const adults = Object.values(profile.population).flatMap((bands) => bands.slice(2))
  const total = adults.reduce((sum, count) => sum + count, 0)
  for (let pass = 0; pass < 3000; pass += 1) {
    for (const sex of ['male', 'female']) {
      for (const [at, age] of ages.entries()) {
        const share = profile.population[sex]![at + 2]! / total
        bring(people, (one) => one.age === age && one.sex === sex, share)
      }
    }
    for (const flag of flags) {
      const share = profile.parents[flag]! / profile.households
      bring(people, (one) => one.flags[flag]!, share)
      bring(people, (one) => !one.flags[flag], 1 - share)
    }
    level(people)
    for (let round = 0; round < 50; round += 1) {
      for (const one of people) one.weight = Math.min(one.weight, 5)
      level(people)
    }
  }
}

function bring(people: Person[], is: (one: Person) => boolean, share: number) {
  const group = people.filter(is)
  const now = group.reduce((sum, one) => sum + one.weight, 0)
  for (const one of group) one.weight *= (share * people.length) / now
}

function level(people: Person[]) {
  const mean = people.reduce((sum, one) => sum + one.weight, 0) / people.length
  for (const one of people) one.weight /= mean
}

export function shareOf(people: Person[], says: (one: Person) => boolean): { p: number; se: number } {
  const all = people.reduce((sum, one) => sum + one.weight, 0)
  const p = people.filter(says).reduce((sum, one) => sum + one.weight, 0) / all
  const squares = people.reduce((sum, one) => sum + (one.weight * ((says(one) ? 1 : 0) - p)) ** 2, 0)
  return { p, se: Math.sqrt((people.length / (people.length - 1)) * squares) / all }
}

/** Priority rating of each service: unmet as a percentage of the most unmet, plus the same of importance. */
export function ratingsOf(people: Person[], services: string[]): Record<string, number> {
  const unmet = services.map((service) => shareOf(people, (one) => one.unmet.includes(service)).p)
  const top = services.map((service) => shareOf(people, (one) => one.top.includes(service)).p)
  const most = [Math.max(...unmet), Math.max(...top)] as const
  return Object.fromEntries(
    services.map((service, at) => [service, (100 * unmet[at]!) / most[0] + (100 * top[at]!) / most[1]]),
  )
}
