import { maskPersonal } from '../masking/mask.ts'
import type { QuestionInfo } from '../surveys/compile.ts'

export interface Line {
  title: string
  text: string
  /** In the person's own words, apart from names, numbers and doors. */
  open: boolean
}

/** Where people write; a dynamic panel may hold such questions. */
const typed = ['comment', 'text', 'paneldynamic']

/** An answer as somebody reads it: each question that was answered, with the words of the questionnaire. */
export function readable(questions: readonly QuestionInfo[], answers: Record<string, unknown>): Line[] {
  return questions.flatMap((question): Line[] => {
    const { name, title, type } = question
    const said = answers[name]
    const remark = answers[`${name}-Comment`]
    const open = typed.includes(type)
    const text = said === undefined ? undefined : textOf(question, said)
    const own: Line[] = text === undefined ? [] : [{ title, text: open ? maskPersonal(text) : text, open }]
    if (typeof remark !== 'string') return own
    return [...own, { title: `${title}（补充）`, text: maskPersonal(remark), open: true }]
  })
}

function textOf({ choices, rows, type }: QuestionInfo, said: unknown): string {
  const word = (list: QuestionInfo['choices'], value: unknown) =>
    list.find((one) => one.value === String(value))?.text ?? String(value)
  if (Array.isArray(said))
    return said.map((value) => (typeof value === 'object' ? JSON.stringify(value) : word(choices, value))).join('、')
  if (typeof said !== 'object' || said === null) return word(choices, said)
  const lines = Object.entries(said).map(([row, value]) => `${word(rows, row)}：${word(choices, value)}`)
  return type === 'matrix' ? lines.join('；') : JSON.stringify(said)
}
