import type { Title } from '../surveys/titles.ts'

/** How a level of the default weighting variables is called in a sentence. */
const words: Record<string, string> = {
  '0-13': '0–13岁',
  '14-17': '14–17岁',
  '18-34': '18–34岁',
  '35-59': '35–59岁',
  '60-79': '60–79岁',
  '80+': '80岁及以上',
  male: '男性',
  female: '女性',
  age: '年龄',
  sex: '性别',
  community: '社区',
  parent_0_3: '有0–3岁儿童的家庭',
  parent_4_6: '有4–6岁儿童的家庭',
  parent_7_12: '有7–12岁儿童的家庭',
}

/** The Chinese name of a variable, an age band, a sex or a parent group; any other code stands for itself. */
export function inWords(code: string): string {
  return words[code] ?? code
}

type Titles = Record<string, Title> | undefined

/** What a weighting variable is called; one of the survey's own has the words of its question. */
export function variableInWords(name: string, titles: Titles): string {
  return words[name] ?? titles?.[name]?.title ?? name
}

export function levelInWords(variable: string, level: string, titles: Titles): string {
  return (isOwn(variable) ? undefined : words[level]) ?? titles?.[variable]?.levels[level] ?? level
}

/** Whether a variable is the survey's own, so that no words stand ready for its levels. */
export function isOwn(variable: string): boolean {
  return !(variable in words)
}

const outside: Record<string, string> = {
  'age:14-17': '14–17岁',
  'age:unstated': '没有说明年龄',
  'age:missing': '没有回答年龄',
  'sex:unstated': '没有说明性别',
  'sex:missing': '没有回答性别',
  'residence:elsewhere': '不住在本社区',
  'residence:missing': '没有说明是否住在本社区',
  'children:missing': '没有回答家中是否有孩子',
  'population:none': '所在社区的常住人口为0',
  withheld: '其他情况（合并列出）',
}

/** Why an answer counts in the total and not in the shares, from `variable:level` or `variable:missing`. */
export function outsideInWords(reason: string, titles: Titles): string {
  if (outside[reason]) return outside[reason]
  const [variable = '', ...rest] = reason.split(':')
  const title = variableInWords(variable, titles)
  const level = rest.join(':')
  if (level === 'missing') return `没有回答“${title}”`
  return `对“${title}”答“${levelInWords(variable, level, titles)}”`
}
