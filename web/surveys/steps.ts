import { type RefObject, useEffect, useState } from 'react'
import type { Question, SurveyModel } from 'survey-core'
import { lastOf, leaveTrail, trailOf } from './trail.ts'

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

/**
 * Every screen of questions is a step in the browser's history: the phone's back button goes to the question before, and a reload stays
 * where it is. `fromStart` begins at the first question whatever the history says. Returns where the person is, in words.
 */
export function useSteps(
  model: SurveyModel,
  top: RefObject<HTMLElement | null>,
  of: string,
  fromStart: boolean,
): string {
  const [where, setWhere] = useState(() => whereIn(model))
  useEffect(() => {
    const begun = lastOf(of)
    if (begun && !fromStart) goTo(model, begun)
    else leaveTrail(of, [placeIn(model)], 'replace')
    setWhere(whereIn(model))

    const moved = () => {
      setWhere(whereIn(model))
      if (placeIn(model) === lastOf(of)) return
      record(model, of, placeIn(model))
      scrollTo(0, 0)
      top.current?.focus({ preventScroll: true })
    }
    const back = () => {
      const at = lastOf(of)
      if (at && at !== placeIn(model)) goTo(model, at)
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
  }, [model, top, of, fromStart])
  return where
}

/** A screen that was seen before is gone back to; one further on is a new step. */
function record(model: SurveyModel, of: string, at: string): void {
  const screens = trailOf(of)
  const seen = screens.lastIndexOf(at)
  const orderOf = (name = '') => model.getAllQuestions().findIndex((question) => question.name === name)
  if (seen >= 0) history.go(seen - (screens.length - 1))
  else if (orderOf(at) > orderOf(lastOf(of))) leaveTrail(of, [...screens, at], 'push')
  else leaveTrail(of, [...screens.slice(0, -1), at], 'replace')
}
