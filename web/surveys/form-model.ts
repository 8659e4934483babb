import {
  CustomError,
  Model,
  type Question,
  Serializer,
  type SurveyModel,
  SvgRegistry,
  surveyLocalization,
} from 'survey-core'
import 'survey-core/i18n/simplified-chinese'
import type { Detail } from '../../shared/problem.ts'
import { isRecord, type SurveyDefinition } from '../../shared/surveys/definition.ts'
import { handOver, toBeFilled } from '../../shared/surveys/handover.ts'
import { textLimits } from '../../shared/surveys/shapes.ts'

type Answers = Record<string, unknown>

// Our pages allow no inline styles: the one icon that brings some belongs to a clock that we do not show.
delete (SvgRegistry.icons as Record<string, string>).timercircle
// What is to be put in order follows the finger as soon as it holds, not after half a second.
Serializer.findProperty('ranking', 'longTap').defaultValue = false
Object.assign(surveyLocalization.locales['zh-cn'], {
  requiredError: '这一题还没有答，请您答一下。',
  requiredErrorInPanel: '这里还没有答完，请您补一下。',
  requiredInAllRowsError: '还有几行没有选，请每一行选一个。',
  eachRowUniqueError: '每一行请选不一样的。',
  minSelectError: '请至少选 {0} 项。',
  maxSelectError: '最多选 {0} 项，请取消多选的。',
})

/** The survey as this page runs it: our own frame around it, our own words, no colours of its own. */
export function formModel(definition: SurveyDefinition, answers: Answers): SurveyModel {
  const model = new Model(plainlyShown(toBeFilled(definition)))
  Object.assign(model, {
    locale: 'zh-cn',
    showTitle: false,
    showCompletePage: false,
    showProgressBar: false,
    showQuestionNumbers: false,
    // Its styles would come inline, which no page of ours allows.
    generateStylesheet: false,
    checkErrorsMode: 'onNextPage',
    textUpdateMode: 'onTyping',
    focusFirstQuestionAutomatic: false,
    questionErrorLocation: 'top',
    requiredMark: '',
  })
  model.data = fitting(model, answers)
  countTexts(model, definition)
  // The phone's own lists come without a name.
  model.onAfterRenderQuestion.add((_, { question, htmlElement }) =>
    htmlElement.querySelector('select')?.setAttribute('aria-label', question.title),
  )
  return model
}

/**
 * Lists that fold out and switches become what everybody knows: choices to tick, and the phone's own list; what is to be put in order
 * says how. Answers stay the same.
 */
function plainlyShown<T>(json: T): T {
  if (Array.isArray(json)) return json.map(plainlyShown) as T
  if (!isRecord(json)) return json
  const plain = Object.fromEntries(Object.entries(json).map(([key, value]) => [key, plainlyShown(value)]))
  if (json.type === 'tagbox') plain.type = 'checkbox'
  if (json.type === 'dropdown') plain.renderAs = 'select'
  if (json.type === 'boolean') plain.renderAs = 'radio'
  if (json.type === 'ranking') plain.description ??= '按住一项上下拖动，排出先后，最要紧的放在最上面。'
  return plain as T
}

/** Answers of an earlier version, without choices that there are no more. */
function fitting(model: SurveyModel, answers: Answers): Answers {
  const known = Object.entries(answers).flatMap(([name, value]): [string, unknown][] => {
    const question = model.getQuestionByName(name.replace(/-Comment$/, '')) as (Question & Choosing) | null
    if (!question) return []
    if (name !== question.name || !question.choices || question.getType() === 'rating') return [[name, value]]
    const offered = new Set<unknown>(['none', 'other', ...question.choices.map((choice) => choice.value)])
    if (!Array.isArray(value)) return offered.has(value) ? [[name, value]] : []
    const left = value.filter((one) => offered.has(one))
    return left.length > 0 ? [[name, left]] : []
  })
  return Object.fromEntries(known)
}

interface Choosing {
  choices?: { value: unknown; text: string }[]
}

/** A browser would cut a long text off without a word: instead all of it stays, is counted and refused at its question. */
function countTexts(model: SurveyModel, definition: SurveyDefinition): void {
  const limits = textLimits(definition)
  const most = new Map<string, number>()
  for (const question of model.getAllQuestions(false, false, true)) {
    const type = question.getType()
    if (type !== 'comment' && type !== 'text') continue
    const own = question.maxLength as number
    most.set(question.name, own > 0 ? Math.min(own, 10_000) : limits[type])
    question.maxLength = 0
  }
  model.onValidateQuestion.add((_, options) => {
    const limit = most.get(options.name) ?? Number.POSITIVE_INFINITY
    const length = typeof options.value === 'string' ? [...options.value].length : 0
    if (length > limit) options.error = `写了 ${length} 字，最多 ${limit} 字，请删去 ${length - limit} 字。`
  })
  model.onValueChanged.add((_, { name, question, value }) => {
    const limit = most.get(name)
    if (limit && question && typeof value === 'string' && value.length > limit) question.validate(true)
  })
}

/** What goes to the server. */
export function answersOf(model: SurveyModel): Answers {
  const matrices = model.getAllQuestions().filter((question) => question.getType() === 'matrix')
  const shown = matrices.map((matrix): [string, string[]] => [
    matrix.name,
    ((matrix as Question & { visibleRows?: { name: string | number }[] }).visibleRows ?? []).map(({ name }) =>
      String(name),
    ),
  ])
  return handOver(model.data, Object.fromEntries(shown))
}

/** Shows each refused answer at its question and goes to the first; what belongs to no question is returned. */
export function showRefusals(model: SurveyModel, details: Detail[]): Detail[] {
  const questionOf = ({ at }: Detail) => {
    const question = model.getQuestionByName(at.replace(/[.[].*$/, '').replace(/-Comment$/, '')) as Question | null
    return question?.isVisible ? question : undefined
  }
  const [first] = details.flatMap((detail) => questionOf(detail) ?? [])
  if (first) model.focusQuestion(first.name)
  for (const detail of details) questionOf(detail)?.addError(new CustomError(detail.message))
  return details.filter((detail) => !questionOf(detail))
}

/** The words of the questions on the screen, as one would read them to somebody. */
export function wordsOnScreen(model: SurveyModel): string {
  const page = model.activePage
  const questions = (page?.questions ?? []).filter((question: Question) => question.isVisible) as (Question & {
    visibleChoices?: { text: string }[]
    visibleRows?: { text: string }[]
    columns?: { text: string }[]
  })[]
  const lines = questions
    .filter((question) => question.getType() !== 'html')
    .map(({ title, description, visibleChoices = [], visibleRows = [], columns = [] }) =>
      [title, description, ...[...visibleRows, ...visibleChoices, ...columns].map(({ text }) => text)]
        .filter(Boolean)
        .join('。'),
    )
  return lines.join('。')
}
