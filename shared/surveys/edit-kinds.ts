import type { Json } from './definition.ts'

/** Kinds of question that can be added, by what officials call them. */
export const kinds = {
  single: '单选题',
  several: '多选题',
  list: '下拉选择',
  rating: '打分题',
  yesno: '是非题',
  number: '数字题',
  short: '填空题（一行）',
  open: '问答题（多行）',
} as const
export type Kind = keyof typeof kinds

/** A question as it stands right after it was added; `codes` gives codes for its choices. */
export function newQuestion(kind: Kind, name: string, code: () => string): Json {
  const two = () => ['选项一', '选项二'].map((text) => ({ value: code(), text }))
  const bare = { name, title: '请写题目' }
  switch (kind) {
    case 'single':
      return { type: 'radiogroup', ...bare, choices: two() }
    case 'several':
      return { type: 'checkbox', ...bare, description: '可以多选。', choices: two() }
    case 'list':
      return { type: 'dropdown', ...bare, choices: two() }
    case 'rating':
      return { type: 'rating', ...bare, rateMax: 5, minRateDescription: '很不满意', maxRateDescription: '很满意' }
    case 'yesno':
      return { type: 'boolean', ...bare, labelTrue: '是', labelFalse: '否' }
    case 'number':
      return { type: 'text', ...bare, inputType: 'number', min: 0 }
    case 'short':
      return { type: 'text', ...bare, maxLength: 100 }
    case 'open':
      return { type: 'comment', ...bare, description: '没有可以不写。请不要写姓名和电话。', maxLength: 500, rows: 4 }
  }
}
