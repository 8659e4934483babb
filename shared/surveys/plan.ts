import type { Detail } from '../problem.ts'
import { type Asked, choicesOf, type DemandRole, demandOf, type Item, itemsOf, type Json } from './definition.ts'
import { refusal } from './publishable.ts'
import { booleansOf } from './shapes.ts'
import { choicesStart, type Stratum, type TallyPlan } from './tally-plan.ts'
import { titlesOf } from './titles.ts'
import { weightingOf } from './weighting.ts'

const typesByRole: Record<DemandRole, string[]> = {
  need: ['checkbox', 'tagbox'],
  met: ['matrix', 'radiogroup', 'dropdown', 'rating'],
  top: ['checkbox', 'tagbox', 'ranking'],
  stratum: ['radiogroup', 'dropdown', 'checkbox', 'tagbox'],
  group: ['checkbox', 'tagbox', 'radiogroup', 'dropdown'],
  open: ['comment', 'text'],
}
const closed = ['radiogroup', 'dropdown', 'checkbox', 'tagbox', 'rating', 'boolean', 'matrix']
const MOST_COUNTS = 20_000

/** What is counted for this definition; refusals when its marks do not make sense together. */
export function planOf(definition: Json, asked: Asked[], refusals: Detail[]): TallyPlan | undefined {
  const before = refusals.length
  for (const each of asked) refusals.push(...markRefusals(each))
  if (refusals.length > before) return undefined
  const only = (role: DemandRole) => theOnly(role, asked, refusals)
  const [need, top, group] = [only('need'), only('top'), only('group')]
  const services = need ? valuesOf(need) : []
  const groups = group ? valuesOf(group) : []
  const met = metOf(asked, services, refusals)
  if (top) strangers(top, valuesOf(top), services, refusals)
  const counted = asked.filter(({ type }) => closed.includes(type))
  const strata = asked.flatMap(strataOf)
  const variables = variablesOf(asked, strata)
  const weighting = weightingOf(definition, variables, refusals)
  const indicators = 3 * services.length + groups.length
  const choices = counted.flatMap((each) =>
    countedChoices(each, [need?.name, top?.name, group?.name], services, groups),
  )
  const length = choicesStart({ indicators }) + choices.length + counted.length
  if (length > MOST_COUNTS) refusals.push(refusal('survey', 'too-large', '要统计的选项太多，请减少服务或选项的数量'))
  if (refusals.length > before) return undefined
  return {
    services,
    groups,
    variables,
    titles: titlesOf(asked),
    cells: variables.reduce((cells, { levels }) => cells * levels.length, 1),
    outside: outsideOf(strata),
    choices,
    answered: counted.map(({ name }) => name),
    indicators,
    length,
    weighting,
    strata,
    met,
    ...(need && { need: need.name }),
    ...(top && { top: top.name }),
    ...(group && { group: group.name }),
  }
}

function markRefusals(asked: Asked): Detail[] {
  const out = asked.nested
    .filter((inner) => inner.json.demand !== undefined)
    .map(({ name }) => {
      return refusal(name, 'demand', '动态面板里的题目不能带 demand 标记，请移到面板之外')
    })
  if (asked.json.demand === undefined) return out
  const mark = demandOf(asked)
  const types = typesByRole[mark?.role as DemandRole]
  if (!types) return [...out, refusal(asked.name, 'demand', `“${asked.title}”的 demand.role 无法识别，请改正`)]
  if (!types.includes(asked.type))
    out.push(refusal(asked.name, 'demand', `“${asked.title}”标为 ${mark?.role}，题型应当是 ${types.join('、')} 之一`))
  const strings =
    mark?.outside === undefined || (Array.isArray(mark.outside) && mark.outside.every((one) => typeof one === 'string'))
  const names = [mark?.service, mark?.variable].every((name) => name === undefined || typeof name === 'string')
  if (
    !strings ||
    !names ||
    Object.keys(mark ?? {}).some((key) => !['role', 'service', 'variable', 'outside'].includes(key))
  )
    out.push(refusal(asked.name, 'demand', `“${asked.title}”的 demand 标记写法不对，请检查`))
  else if (mark?.outside) out.push(...outsideRefusals(asked, mark.outside))
  return out
}

function outsideRefusals(asked: Asked, outside: string[]): Detail[] {
  const values = choicesOf(asked).map(({ value }) => String(value))
  const strange = outside.filter((value) => !values.includes(value))
  if (strange.length > 0)
    return [refusal(asked.name, 'demand', `“${asked.title}”的 outside 里 ${strange.join('、')} 不是它的选项，请改正`)]
  if (values.some((value) => !outside.includes(value))) return []
  return [refusal(asked.name, 'demand', `“${asked.title}”的选项全在 outside 里，至少要留一个参加加权`)]
}

function theOnly(role: DemandRole, asked: Asked[], refusals: Detail[]): Asked | undefined {
  const [first, ...others] = asked.filter((each) => demandOf(each)?.role === role)
  for (const other of others)
    refusals.push(refusal(other.name, 'demand', `标为 ${role} 的题目只能有一道，请去掉“${other.title}”的标记`))
  return first
}

/** 都不需要, 其他 and their like: added by SurveyJS, or choices that exclude the others. */
function special({ builtIn, exclusive, value }: Item): boolean {
  return builtIn || exclusive || value === 'none' || value === 'other'
}

function valuesOf(asked: Asked): string[] {
  return choicesOf(asked)
    .filter((item) => !special(item))
    .map(({ value }) => String(value))
}

function strangers(asked: Asked, named: string[], services: string[], refusals: Detail[]) {
  const strange = named.filter((service) => !services.includes(service))
  if (strange.length > 0)
    refusals.push(
      refusal(asked.name, 'demand', `“${asked.title}”里的 ${strange.join('、')} 不在需求题的选项之中，请改正`),
    )
}

function metOf(asked: Asked[], services: string[], refusals: Detail[]): TallyPlan['met'] {
  const met = asked
    .filter((each) => demandOf(each)?.role === 'met')
    .flatMap((each) => {
      const rows = each.type === 'matrix' ? itemsOf(each.json.rows).map(({ value }) => String(value)) : []
      const named = each.type === 'matrix' ? rows : [demandOf(each)?.service ?? '']
      if (!inPercent(each))
        refusals.push(
          refusal(
            each.name,
            'demand',
            `“${each.title}”标为 met，选项值应当是 0 到 100 的百分数，如 0、25、50、75、100`,
          ),
        )
      strangers(each, named, services, refusals)
      const question = each.name
      return named.map((service) =>
        each.type === 'matrix' ? { service, question, row: service } : { service, question },
      )
    })
  const twice = met.find(({ service }, index) => met.findIndex((one) => one.service === service) !== index)
  if (twice) refusals.push(refusal(twice.question, 'demand', `服务 ${twice.service} 的满足程度问了两次，请只留一处`))
  return met
}

/** Half or less is unmet: a scale of other numbers, or of words, would make everybody or nobody unmet. */
function inPercent(asked: Asked): boolean {
  const items = asked.type === 'matrix' ? itemsOf(asked.json.columns) : choicesOf(asked)
  const numbers = items.map(({ value }) => Number(value)).filter((value) => !Number.isNaN(value))
  const within = numbers.every((value) => value >= 0 && value <= 100)
  return within && numbers.some((value) => value <= 50) && numbers.some((value) => value > 50)
}

function strataOf(asked: Asked): Stratum[] {
  const mark = demandOf(asked)
  if (mark?.role !== 'stratum') return []
  const question = asked.name
  const several = asked.type === 'checkbox' || asked.type === 'tagbox'
  const added = choicesOf(asked).filter(({ builtIn, value }) => builtIn && !(several && value === 'none'))
  const outside = [...(mark.outside ?? []), ...added.map(({ value }) => String(value))]
  if (!several) return [{ question, variable: mark.variable ?? question, outside }]
  const flags = valuesOf(asked).filter((choice) => !outside.includes(choice))
  return flags.map((choice) => ({ question, variable: choice, choice, outside }))
}

/** A question with a single level inside only decides who is weighted, so it makes no variable. */
function variablesOf(asked: Asked[], strata: Stratum[]): TallyPlan['variables'] {
  const variables = strata.map(({ question, variable, choice, outside }) => {
    const of = asked.find(({ name }) => name === question) as Asked
    const values = choicesOf(of).map(({ value }) => String(value))
    return {
      name: variable,
      levels: choice === undefined ? values.filter((value) => !outside.includes(value)) : ['yes', 'no'],
    }
  })
  return variables.filter(({ levels }) => levels.length > 1)
}

function outsideOf(strata: Stratum[]): string[] {
  const reasons = strata.flatMap(({ question, variable, choice, outside }) => {
    const name = choice === undefined ? variable : question
    return [...outside.map((level) => `${name}:${level}`), `${name}:missing`]
  })
  return [...new Set(reasons)]
}

/** Choices that are already indicators are not counted twice. */
function countedChoices(
  asked: Asked,
  roles: (string | undefined)[],
  services: string[],
  groups: string[],
): TallyPlan['choices'] {
  const question = asked.name
  if (asked.type === 'matrix') {
    const columns = itemsOf(asked.json.columns).map(({ value }) => String(value))
    return itemsOf(asked.json.rows).flatMap((row) =>
      columns.map((value) => ({ question, row: String(row.value), value })),
    )
  }
  const items = asked.type === 'boolean' ? booleansOf(asked.json) : choicesOf(asked)
  const counted = new Set(roles.includes(question) ? [...services, ...groups] : [])
  const values = items.map(({ value }) => String(value))
  return values.filter((value) => !counted.has(value)).map((value) => ({ question, value }))
}
