import { wordsOf } from '../../shared/surveys/definition.ts'

/** The words of every choice of a questionnaire by its value, wherever it stands in the definition. */
export function choiceTexts(definition: unknown): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { value, text } = node as { value?: unknown; text?: unknown }
    if (typeof value === 'string' && text !== undefined) texts.set(value, wordsOf(text, value))
    for (const part of Object.values(node)) visit(part)
  }
  visit(definition)
  return texts
}
