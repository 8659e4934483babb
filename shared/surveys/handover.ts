import { isRecord, type Json } from './definition.ts'

/**
 * What a browser's survey hands over when it is complete: its answers without matrix rows that are no longer shown.
 * SurveyJS itself keeps a hidden row whose value is 0, and its `clearIncorrectValues` throws shown zeros away.
 * @param shownRows for each matrix, the names of the rows shown (`question.visibleRows`)
 */
export function handOver(answers: Json, shownRows: Record<string, string[]>): Json {
  const kept = Object.entries(answers).map(([name, value]): [string, unknown] => {
    const rows = Object.hasOwn(shownRows, name) ? shownRows[name] : undefined
    if (rows === undefined || !isRecord(value)) return [name, value]
    return [name, Object.fromEntries(Object.entries(value).filter(([row]) => rows.includes(row)))]
  })
  return Object.fromEntries(kept.filter(([, value]) => !isRecord(value) || Object.keys(value).length > 0))
}

/**
 * The definition as a browser must run it: answers go as soon as their question is hidden. With SurveyJS's default they go at the end,
 * and what they made visible in the meantime would be refused.
 */
export function toBeFilled<Definition extends Json>(definition: Definition): Definition {
  return { ...definition, clearInvisibleValues: 'onHidden' }
}
