import { type Asked, choicesOf, demandOf } from './definition.ts'

/** How a questionnaire calls a variable that it weights by, and the variable's levels. */
export interface Title {
  title: string
  levels: Record<string, string>
}

/**
 * The words of the definition for every weighting variable, by the name that the plan gives it. A check box is there as a
 * whole, and each of its choices as a variable of its own.
 */
export function titlesOf(asked: Asked[]): Record<string, Title> {
  return Object.fromEntries(asked.flatMap((each) => (demandOf(each)?.role === 'stratum' ? entriesOf(each) : [])))
}

function entriesOf(asked: Asked): [string, Title][] {
  const items = choicesOf(asked)
  const own: Title = {
    title: asked.title,
    levels: Object.fromEntries(items.map(({ value, text }) => [String(value), text])),
  }
  if (asked.type !== 'checkbox' && asked.type !== 'tagbox') return [[demandOf(asked)?.variable ?? asked.name, own]]
  const flags = items.filter(({ builtIn }) => !builtIn)
  const each = flags.map(({ value, text }): [string, Title] => {
    return [String(value), { title: text, levels: { yes: `选了“${text}”`, no: `没选“${text}”` } }]
  })
  return [...each, [asked.name, own]]
}
