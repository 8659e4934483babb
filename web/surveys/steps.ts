import { type RefObject, useEffect, useState } from 'react'
import type { Question, SurveyModel } from 'survey-core'

interface Step {
  /** How many screens lie before this one in the browser's history. */
  step: number
  at: string
}

/** The first question of the screen: a name that means the same place with one question on a screen or many. */
export function placeIn(model: SurveyModel): string {
  const single = model.currentSingleElement as unknown as Question | undefined
  return (
    single?.name ??
    (model.currentPage?.questions as Question[] | undefined)?.find(({ isVisible }) => isVisible)?.name ??
    ''
  )
}

export function goTo(model: SurveyModel, name: string): void {
  const question = model.getQuestionByName(name) as Question | null
  if (question?.isVisible) model.currentElementName = name
}

/** Where the person is, in words. */
function whereIn(model: SurveyModel): string {
  const single = model.currentSingleElement as unknown as Question | undefined
  if (!single) return `第 ${model.currentPageNo + 1} 页，共 ${model.visiblePageCount} 页`
  const asked = (model.getAllQuestions(true) as Question[]).filter((question) => question.getType() !== 'html')
  const at = asked.findIndex(({ name }) => name === single.name)
  return at < 0 ? `共 ${asked.length} 题` : `第 ${at + 1} 题，共 ${asked.length} 题`
}

const stepNow = (): Step | undefined => {
  const state = history.state as Partial<Step> | null
  return typeof state?.step === 'number' ? { step: state.step, at: state.at ?? '' } : undefined
}

/** Every screen of questions is a step in the browser's history: the phone's back button goes to the question before, a reload stays where it is. */
export function useSteps(model: SurveyModel, top: RefObject<HTMLElement | null>): string {
  const [where, setWhere] = useState(() => whereIn(model))
  useEffect(() => {
    const begun = stepNow()
    if (begun) goTo(model, begun.at)
    else history.replaceState({ step: 0, at: placeIn(model) } satisfies Step, '')
    setWhere(whereIn(model))

    const orderOf = (name: string) => model.getAllQuestions().findIndex((question) => question.name === name)
    const moved = () => {
      const at = placeIn(model)
      const now = stepNow() ?? { step: 0, at: '' }
      setWhere(whereIn(model))
      if (at === now.at) return
      if (orderOf(at) > orderOf(now.at)) history.pushState({ step: now.step + 1, at } satisfies Step, '')
      else if (now.step > 0) history.back()
      else history.replaceState({ step: now.step, at } satisfies Step, '')
      scrollTo(0, 0)
      top.current?.focus({ preventScroll: true })
    }
    const back = () => {
      const now = stepNow()
      if (now && now.at !== placeIn(model)) goTo(model, now.at)
    }
    const answered = () => setWhere(whereIn(model))
    model.onCurrentPageChanged.add(moved)
    model.onValueChanged.add(answered)
    addEventListener('popstate', back)
    return () => {
      model.onCurrentPageChanged.remove(moved)
      model.onValueChanged.remove(answered)
      removeEventListener('popstate', back)
    }
  }, [model, top])
  return where
}
