import { type RefObject, useEffect, useRef, useState } from 'react'
import type { SurveyModel } from 'survey-core'
import { Survey } from 'survey-react-ui'
import type { Submission } from '../../shared/surveys/api.ts'
import type { SurveyDefinition } from '../../shared/surveys/definition.ts'
import { serverNow } from '../api/server-clock.ts'
import { useTypeSize } from '../kit/large-type.tsx'
import { ReadAloud } from '../kit/read-aloud.tsx'
import { deviceFor, type Filling, here, keepAnswers, type Place, queue, slipHere } from './fillings.ts'
import { answersOf, formModel, showRefusals, wordsOnScreen } from './form-model.ts'
import { sendWaiting } from './send.ts'
import { goTo, placeIn, useSteps } from './steps.ts'
import { Volatile } from './volatile.tsx'

interface Props {
  filling: Filling
  place: Place
  version: number
  definition: SurveyDefinition
  isVolatile: boolean
  /** The form on the screen: when a new version takes its place, what was answered goes along. */
  shown: RefObject<SurveyModel | undefined>
}

export function Questions({ filling, place, version, definition, isVolatile, shown }: Props) {
  const [model] = useState(() => formModel(definition, shown.current?.data ?? filling.answers))
  useEffect(() => {
    shown.current = model
  }, [model, shown])
  const [isCarried] = useState(filling.version !== version)
  const { large } = useTypeSize()
  const top = useRef<HTMLDivElement>(null)
  useOneQuestionAScreen(model, large)
  const where = useSteps(model, top, filling.id, isCarried)
  useKeeping(model, filling, version)
  useOtherTab(model, filling)
  useHandingIn(model, filling, place, version)
  const complaint = useComplaint(model, filling)
  return (
    <main className="sheet form" ref={top as RefObject<HTMLElement | null>} tabIndex={-1}>
      <div className="row">
        <p className="where" aria-live="polite">
          {where}
        </p>
        <ReadAloud words={() => wordsOnScreen(model)} />
      </div>
      {isVolatile && <Volatile />}
      {isCarried && (
        <p className="hint" role="status">
          问卷更新过了：您填过的内容已经带过来，请从头看一遍，补上没填的，再交卷。
        </p>
      )}
      {complaint && (
        <p className="refusal" role="alert">
          {complaint}
        </p>
      )}
      <Survey model={model} />
    </main>
  )
}

/** In large type there is one question on a screen; the person stays at the question they were at. */
function useOneQuestionAScreen(model: SurveyModel, large: boolean): void {
  const [words] = useState(() => ({ next: model.pageNextText, back: model.pagePrevText }))
  useEffect(() => {
    const wanted = large ? 'questionPerPage' : 'standard'
    if (model.questionsOnPageMode === wanted) return
    const at = placeIn(model)
    model.questionsOnPageMode = wanted
    model.pageNextText = large ? '下一题' : words.next
    model.pagePrevText = large ? '上一题' : words.back
    goTo(model, at)
  }, [model, large, words])
}

/** Keeps every answer on the device, one writing after the other and the last one always. */
function useKeeping(model: SurveyModel, filling: Filling, version: number): void {
  useEffect(() => {
    let isWriting = false
    let isDirty = false
    const keep = async () => {
      isDirty = true
      if (isWriting) return
      isWriting = true
      while (isDirty) {
        isDirty = false
        await keepAnswers(filling, version, { ...model.data })
      }
      isWriting = false
    }
    const changed = () => void keep()
    model.onValueChanged.add(changed)
    return () => model.onValueChanged.remove(changed)
  }, [model, filling, version])
}

/** The same survey is open in another tab, and that is where the person went on. */
function useOtherTab(model: SurveyModel, { by, answers }: Filling): void {
  const [begunWith] = useState(answers)
  useEffect(() => {
    if (answers === begunWith) return
    if (by !== here && JSON.stringify(model.data) !== JSON.stringify(answers)) model.data = answers
  }, [model, by, answers, begunWith])
}

function useHandingIn(model: SurveyModel, filling: Filling, place: Place, version: number): void {
  useEffect(() => {
    const handIn = (_: SurveyModel, options: { allow: boolean }) => {
      // What the survey library shows when it is complete is not wanted: the page goes on by itself.
      options.allow = false
      const submission = submissionOf(model, filling, place, version)
      const handedIn = { ...filling, answers: { ...model.data } }
      void deviceFor(filling)
        .then((device) => queue(handedIn, { ...submission, device }))
        .then(sendWaiting)
    }
    model.onCompleting.add(handIn)
    return () => model.onCompleting.remove(handIn)
  }, [model, filling, place, version])
}

function submissionOf(model: SurveyModel, filling: Filling, place: Place, version: number): Submission {
  const answers = answersOf(model)
  const now = serverNow().getTime()
  // The clock may have been put right while the person was answering.
  const started = Math.min(Date.parse(filling.startedAt), now)
  return {
    id: filling.id,
    community: place.community,
    version,
    channel: 'online',
    // The shipped questionnaire asks who is answering.
    proxy: answers.answering === 'family',
    startedAt: new Date(started).toISOString(),
    submittedAt: new Date(now).toISOString(),
    consentVersion: filling.consentVersion,
    // A slip that came after the poster counts.
    slip: slipHere() ?? filling.slip,
    answers,
  }
}

/** What the server did not take is said at its question; the rest above them all. */
function useComplaint(model: SurveyModel, { problem }: Filling): string | undefined {
  const [complaint, setComplaint] = useState<string>()
  useEffect(() => {
    if (!problem) return setComplaint(undefined)
    const left = showRefusals(model, problem.details ?? [])
    setComplaint([problem.message, ...left.map(({ message }) => message)].join(' '))
  }, [model, problem])
  return complaint
}
