import type { TallyPlan } from '../surveys/tally-plan.ts'
import { crossed, levelsOf } from './targets.ts'
import { isOwn, levelInWords, variableInWords } from './words.ts'

/** A level with fewer answers than this does not stand alone. */
const LEAST_IN_LEVEL = 5

/** One margin as it will be raked; `of` and `targets` are missing where it had to be left out. */
export interface Fitted {
  name: string
  of?: number[]
  targets?: number[]
  /** What was merged or left out, in Chinese. */
  notes: string[]
}

/** One margin of a plan: variables that are weighted together. */
export interface Margin {
  plan: TallyPlan
  variables: string[]
}

/** Levels that are weighted as one; in the order of age, so that neighbours stand beside each other. */
interface Merged {
  levels: string[]
  n: number
  target: number
}

/**
 * The levels of a margin in rows of neighbouring age bands (one row for each sex where the margin crosses both).
 * Undefined when the margin has no age, and so no neighbours.
 */
export function sortedByAge({ plan, variables }: Margin): string[][] | undefined {
  const place = variables.indexOf('age')
  if (place < 0) return undefined
  const others = crossed(variables.filter((name) => name !== 'age').map((name) => levelsOf(plan, name)))
  return others.map((other) => levelsOf(plan, 'age').map((age) => other.toSpliced(place, 0, age).join('×')))
}

/**
 * Makes a margin fit to be raked: levels with fewer than five answers, or that the targets give no weight, merge with the
 * neighbouring age band that has fewer answers. A margin without targets, or with one level left, is left out.
 * @param levels level of each cell
 * @param counts people of each cell
 * @param rows levels in rows of neighbours; undefined leaves the levels as they are
 */
export function fitted(
  margin: Margin,
  levels: string[],
  counts: number[],
  targets: Map<string, number> | undefined,
  rows: string[][] | undefined,
): Fitted {
  const { plan, variables } = margin
  const titles = variables.map((variable) => variableInWords(variable, plan.titles))
  const name = titles.map((title, at) => (isOwn(variables[at]!) ? `“${title}”` : title)).join('×')
  const called = `“${titles.join('×')}”`
  if (!targets) return { name, notes: [`没有${called}的总体数据，未按此项加权`] }
  const people = new Map<string, number>()
  for (const [cell, level] of levels.entries()) people.set(level, (people.get(level) ?? 0) + counts[cell]!)
  const notes: string[] = []
  const merged = rows ? rows.flatMap((row) => mergeRow(margin, row, people, targets, notes)) : alone(targets, people)
  const standing = merged.filter(({ n, target }) => n > 0 && target > 0)
  const lost = merged.filter(({ n, target }) => n > 0 && !(target > 0))
  const thin = variables.length === 1 && !rows && isFlag(targets) && merged.some(({ n }) => n < LEAST_IN_LEVEL)
  if (thin || standing.length < 2 || lost.length > 0) return { name, notes: [...notes, leftOut(called, thin)] }
  for (const each of merged)
    if (each.n === 0) notes.push(`没有${bands(margin, each)}的答卷，其份额由${called}的其他档分担`)
  const index = new Map(merged.flatMap(({ levels: own }, group) => own.map((level) => [level, group])))
  const strays = levels.some((level) => !index.has(level))
  if (strays) return { name, notes: [...notes, `有答卷不在${called}的总体数据之中，未按此项加权`] }
  return { name, of: levels.map((level) => index.get(level)!), targets: merged.map(({ target }) => target), notes }
}

function leftOut(called: string, thin: boolean): string {
  return thin ? `${called}有一档不足${LEAST_IN_LEVEL}份，未按此项加权` : `${called}只有一档有答卷或有人口，未按此项加权`
}

function isFlag(targets: Map<string, number>): boolean {
  return targets.size === 2 && targets.has('yes') && targets.has('no')
}

function alone(targets: Map<string, number>, people: Map<string, number>): Merged[] {
  return [...targets].map(([level, target]) => ({ levels: [level], n: people.get(level) ?? 0, target }))
}

function mergeRow(
  margin: Margin,
  row: string[],
  people: Map<string, number>,
  targets: Map<string, number>,
  notes: string[],
): Merged[] {
  const groups = row.map((level) => ({ levels: [level], n: people.get(level) ?? 0, target: targets.get(level) ?? 0 }))
  for (;;) {
    const weak = groups.findLastIndex(({ n, target }) => n < LEAST_IN_LEVEL || target <= 0)
    if (weak < 0 || groups.length === 1) return groups
    const before = groups[weak - 1]
    const after = groups[weak + 1]
    const into = !after || (before && before.n <= after.n) ? weak - 1 : weak
    const [left, right] = groups.slice(into, into + 2) as [Merged, Merged]
    notes.push(`${bands(margin, groups[weak]!)}与${bands(margin, weak === into ? right : left)}合并加权`)
    const levels = [...left.levels, ...right.levels]
    groups.splice(into, 2, { levels, n: left.n + right.n, target: left.target + right.target })
  }
}

/** 60–79岁男性; 60–79岁男性和80岁及以上男性; 60–79岁·租房. */
function bands({ plan, variables }: Margin, { levels }: Merged): string {
  const between = variables.some(isOwn) ? '·' : ''
  const words = (level: string) => level.split('×').map((one, at) => levelInWords(variables[at]!, one, plan.titles))
  return levels.map((level) => words(level).join(between)).join('和')
}
