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
