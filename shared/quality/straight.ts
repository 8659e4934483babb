import type { QuestionInfo } from '../surveys/compile.ts'
import type { Sign } from './signs.ts'

const LEAST_ROWS = 5
const MANY_ROWS = 6

/** The same step in every row of matrices and rating questions that share a scale. */
export function straightSign(questions: readonly QuestionInfo[], answers: Record<string, unknown>): Sign | undefined {
  const longest = [...byScale(questions, answers).values()]
    .filter((given) => given.length >= LEAST_ROWS && given.every(({ value }) => value === given[0]!.value))
    .sort((a, b) => b.length - a.length)[0]
  if (!longest) return undefined
  const points = longest.length >= MANY_ROWS ? 3 : 2
  return { sign: 'straight', points, words: `${longest.length}行打分全部选“${longest[0]!.text}”` }
}

interface Given {
  value: string
  text: string
}

function byScale(questions: readonly QuestionInfo[], answers: Record<string, unknown>): Map<string, Given[]> {
  const scales = new Map<string, Given[]>()
  for (const { name, type, choices } of questions) {
    if (type !== 'matrix' && type !== 'rating') continue
    const scale = choices.map(({ value }) => value).join('\u0000')
    const said = answers[name]
    const values = type === 'rating' ? [said] : Object.values((said ?? {}) as object)
    const given = values.flatMap((value) => {
      const text = choices.find((choice) => choice.value === String(value))?.text
      return value === undefined || text === undefined ? [] : [{ value: String(value), text }]
    })
    scales.set(scale, [...(scales.get(scale) ?? []), ...given])
  }
  return scales
}
