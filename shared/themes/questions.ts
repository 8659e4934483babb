import { demandOf, type Json, walk } from '../surveys/definition.ts'
import { commentName } from '../surveys/fields.ts'

/** Where residents write in their own words: the name under which the text stands among the answers. */
export interface OpenQuestion {
  name: string
  title: string
}

/** The open texts of a questionnaire: questions that ask for one, and the words beside 其他. Those inside dynamic panels are not read. */
export function openQuestions(definition: Json): OpenQuestion[] {
  return walk(definition).asked.flatMap((asked): OpenQuestion[] => {
    const { name, title, type, json } = asked
    const isOpen = type === 'comment' || demandOf(asked)?.role === 'open'
    const beside = ['showOtherItem', 'hasOther', 'showCommentArea', 'hasComment'].some((key) => json[key] === true)
    return [
      ...(isOpen ? [{ name, title }] : []),
      ...(beside && type !== 'ranking' ? [{ name: commentName(name), title: `${title}（补充说明）` }] : []),
    ]
  })
}
