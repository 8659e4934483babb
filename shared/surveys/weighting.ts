import type { Detail } from '../problem.ts'
import { isRecord, type Json, type Weighting } from './definition.ts'
import { refusal } from './publishable.ts'
import type { TallyPlan } from './tally-plan.ts'

type Variables = TallyPlan['variables']

const MOST_CELLS = { community: 256, district: 1_024 } as const

/** The weighting of a definition, filled in and checked against its variables. */
export function weightingOf(definition: Json, variables: Variables, refusals: Detail[]): Weighting {
  const given = definition.weighting ?? {}
  if (!isRecord(given)) {
    refusals.push(refusal('weighting', 'weighting', '加权设置 weighting 应当是一个对象，请检查'))
    return { scope: 'community', cap: 5, margins: [] }
  }
  const scope = given.scope === 'district' ? 'district' : 'community'
  const margins = (given.margins ?? defaultMargins(variables)) as string[][]
  const weighting: Weighting = { scope, cap: (given.cap ?? 5) as number, margins }
  if (given.targets !== undefined) weighting.targets = given.targets as Weighting['targets']
  refusals.push(...settingRefusals(given), ...cellRefusals(variables, scope))
  refusals.push(...marginRefusals(weighting, variables))
  if (given.targets !== undefined) refusals.push(...targetRefusals(weighting, variables))
  return weighting
}

/** Age band by sex as one margin, and one margin for every other variable. */
function defaultMargins(variables: Variables): string[][] {
  const names = variables.map(({ name }) => name)
  const crossed = names.includes('age') && names.includes('sex') ? [['age', 'sex']] : []
  const taken = new Set(crossed.flat())
  return [...crossed, ...names.filter((name) => !taken.has(name)).map((name) => [name])]
}

function settingRefusals(given: Json): Detail[] {
  const out: Detail[] = []
  const strange = Object.keys(given).filter((key) => !['scope', 'cap', 'margins', 'targets'].includes(key))
  if (strange.length > 0) out.push(refusal('weighting', 'weighting', `加权设置里不认识 ${strange.join('、')}，请删去`))
  if (given.scope !== undefined && given.scope !== 'community' && given.scope !== 'district')
    out.push(refusal('weighting', 'weighting', '加权范围 scope 只能是 community 或 district'))
  if (given.cap !== undefined && !(typeof given.cap === 'number' && given.cap > 1 && given.cap <= 100))
    out.push(refusal('weighting', 'weighting', '权重上限 cap 应当大于 1、不超过 100'))
  return out
}

function cellRefusals(variables: Variables, scope: Weighting['scope']): Detail[] {
  const names = variables.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) return [refusal('weighting', 'weighting', `加权变量 ${twice} 出现了两次，请改名`)]
  const cells = variables.reduce((product, { levels }) => product * levels.length, 1)
  if (cells <= MOST_CELLS[scope]) return []
  return [
    refusal('weighting', 'cells', `加权变量交叉后有 ${cells} 格，最多 ${MOST_CELLS[scope]} 格，请合并档次或减少变量`),
  ]
}

function marginRefusals({ margins, scope }: Weighting, variables: Variables): Detail[] {
  if (!Array.isArray(margins) || !margins.every((margin) => Array.isArray(margin) && margin.length > 0))
    return [refusal('weighting', 'weighting', '加权的 margins 应当是变量名的数组，如 [["age","sex"],["parent_0_3"]]')]
  const known = [...variables.map(({ name }) => name), ...(scope === 'district' ? ['community'] : [])]
  const strange = margins.flat().filter((name) => !known.includes(name))
  return strange.map((name) =>
    refusal('weighting', 'weighting', `加权变量 ${String(name)} 在问卷里没有对应的题目，请改正`),
  )
}

function targetRefusals({ margins, targets }: Weighting, variables: Variables): Detail[] {
  if (!isRecord(targets)) return [refusal('weighting', 'weighting', '加权目标 targets 应当是一个对象，请检查')]
  if (!Array.isArray(margins) || !margins.every(Array.isArray)) return []
  const names = new Set(margins.map((margin) => margin.join('×')))
  return Object.entries(targets).flatMap(([margin, shares]) => {
    if (!names.has(margin) || !isRecord(shares))
      return [refusal('weighting', 'weighting', `加权目标 ${margin} 不在 margins 之中，请改正`)]
    const values = Object.values(shares)
    const sound = values.every((share) => typeof share === 'number' && Number.isFinite(share) && share >= 0)
    if (!sound || !values.some((share) => Number(share) > 0))
      return [refusal('weighting', 'weighting', `加权目标 ${margin} 应当是不小于 0 的数，且合计大于 0`)]
    return levelRefusals(margin, Object.keys(shares), variables)
  })
}

/** Communities are not known at publication, so margins with them are checked when they are weighed. */
function levelRefusals(margin: string, given: string[], variables: Variables): Detail[] {
  const names = margin.split('×')
  if (names.includes('community')) return []
  const levels = names.map((name) => variables.find((variable) => variable.name === name)?.levels ?? [])
  const wrong = given.filter((level) => {
    const parts = level.split('×')
    return parts.length !== levels.length || !parts.every((part, index) => levels[index]?.includes(part))
  })
  return wrong.map((level) =>
    refusal('weighting', 'weighting', `加权目标 ${margin} 里的“${level}”不是问卷中的档次，请改正`),
  )
}
