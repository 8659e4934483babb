/** How a level of the default weighting variables is called in a sentence. */
const words: Record<string, string> = {
  '0-13': '0–13 岁',
  '14-17': '14–17 岁',
  '18-34': '18–34 岁',
  '35-59': '35–59 岁',
  '60-79': '60–79 岁',
  '80+': '80 岁及以上',
  male: '男性',
  female: '女性',
  age: '年龄',
  sex: '性别',
  community: '社区',
  parent_0_3: '有 0–3 岁儿童的家庭',
  parent_4_6: '有 4–6 岁儿童的家庭',
  parent_7_12: '有 7–12 岁儿童的家庭',
}

/** The Chinese name of a variable, an age band, a sex or a parent group; any other code stands for itself. */
export function inWords(code: string): string {
  return words[code] ?? code
}
