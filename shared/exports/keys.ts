import { type Asked, choicesOf, demandOf, type Json, type SurveyDefinition, walk } from '../surveys/definition.ts'
import { UNKNOWN } from './generalise.ts'

/** The questions of a version that tell the age band and the sex. */
export interface KeyQuestions {
  age?: string
  sex?: string
}

const single = ['radiogroup', 'dropdown']

/** Questions that the weighting reads age and sex from, or that are called so. */
export function keyQuestionsOf(definition: SurveyDefinition): KeyQuestions {
  const { asked } = walk(definition as Json)
  const choosing = asked.filter(({ type }) => single.includes(type))
  const find = (variable: string) => {
    const marked = choosing.find((each) => {
      const mark = demandOf(each)
      return mark?.role === 'stratum' && (mark.variable ?? each.name) === variable
    })
    return (marked ?? choosing.find(({ name }) => name === variable))?.name
  }
  const [age, sex] = [find('age'), find('sex')]
  return { ...(age !== undefined && { age }), ...(sex !== undefined && { sex }) }
}

const personal = /^(age|sex|gender|birth)([_-]|$)/i

/** Why the answers to a question are in no file of microdata, or undefined. */
export function leftOutFor(asked: Asked, keys: KeyQuestions): string | undefined {
  if (asked.name === keys.age || asked.name === keys.sex) return '只以归并后的年龄段、性别出现'
  if (personal.test(asked.name)) return '会让归并过的年龄或性别又看得出来'
  if (demandOf(asked)?.role === 'group') return '特殊情况另行征得同意，只用于统计'
  const { inputType } = asked.json
  return inputType === 'email' || inputType === 'tel' ? '是联系方式' : undefined
}

export interface Level {
  value: string
  text: string
}

/** Age bands from young to old and the sexes, of all versions together, in the words of the newest. */
export interface Levels {
  ages: Level[]
  sexes: Level[]
}

export function levelsOf(versions: { version: number; definition: SurveyDefinition; keys: KeyQuestions }[]): Levels {
  const of = (key: keyof KeyQuestions) => {
    const levels = new Map<string, string>()
    for (const { definition, keys } of [...versions].sort((a, b) => a.version - b.version)) {
      const asked = walk(definition as Json).asked.find(({ name }) => name === keys[key])
      for (const { value, text } of asked ? choicesOf(asked) : []) levels.set(String(value), text)
    }
    return [...levels].map(([value, text]) => ({ value, text }))
  }
  const years = ({ value, text }: Level) => /\d+/.exec(value)?.[0] ?? /\d+/.exec(text)?.[0]
  const ages = of('age').filter((level) => years(level) !== undefined)
  return { ages: ages.sort((a, b) => Number(years(a)) - Number(years(b))), sexes: of('sex') }
}

/** The place of an age band among the levels; UNKNOWN for those who did not tell. */
export function bandOf({ ages }: Levels, value: unknown): number {
  return value === undefined || value === null ? UNKNOWN : ages.findIndex((level) => level.value === String(value))
}
