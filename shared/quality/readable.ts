import type { QuestionInfo } from '../surveys/compile.ts'

export interface Line {
  title: string
  text: string
  /** In the person's own words. */
  open: boolean
}

/** An answer as somebody reads it: each question that was answered, with the words of the questionnaire. */
export function readable(questions: readonly QuestionInfo[], answers: Record<string, unknown>): Line[] {
  return questions.flatMap((question): Line[] => {
    const said = answers[question.name]
    const remark = answers[`${question.name}-Comment`]
    const open = question.type === 'comment' || question.type === 'text'
    const own: Line[] = said === undefined ? [] : [{ title: question.title, text: textOf(question, said), open }]
    return typeof remark === 'string' ? [...own, { title: `${question.title}（补充）`, text: remark, open: true }] : own
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
