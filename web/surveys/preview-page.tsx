import { useEffect, useRef, useState } from 'react'
import type { Question, SurveyModel } from 'survey-core'
import type { SurveyDefinition } from '../../shared/surveys/definition.ts'
import { READY, type Shown } from './preview-message.ts'

/** The residents' own form, engine and all. */
const loadForm = () => import('./form.tsx')
type FormParts = Awaited<ReturnType<typeof loadForm>>['parts']

/** Shows what the editor sends; answers stay in this page, whatever is pressed. */
export function PreviewPage() {
  const [parts, setParts] = useState<FormParts>()
  const [shown, setShown] = useState<Shown>()
  useEffect(() => {
    const hear = ({ origin, source, data }: MessageEvent) => {
      if (origin === location.origin && source === parent && parent !== window) setShown(data as Shown)
    }
    addEventListener('message', hear)
    void loadForm().then(({ parts: loaded }) => {
      setParts(loaded)
      parent.postMessage(READY, location.origin)
    })
    return () => removeEventListener('message', hear)
  }, [])
  if (!parts || !shown) return <Note words="正在打开预览……" />
  return <Preview parts={parts} shown={shown} />
}

function Note({ words }: { words: string }) {
  return (
    <main className="sheet">
      <p className="hint" role="status">
        {words}
      </p>
    </main>
  )
}

function Preview({ parts, shown: { definition, at } }: { parts: FormParts; shown: Shown }) {
  const [model, restart] = useModel(parts, definition)
  const [isDone, setDone] = useState(false)
  const isHidden = useStanding(parts, model, at)
  useEffect(() => {
    const complete = (_: SurveyModel, options: { allow: boolean }) => {
      options.allow = false
      setDone(true)
    }
    model?.onCompleting.add(complete)
    return () => model?.onCompleting.remove(complete)
  }, [model])
  if (!model) return <Note words="这份问卷现在还不能预览，请先保存，再改好左边列出的问题。" />
  const again = () => {
    restart()
    setDone(false)
  }
  const { Survey } = parts
  return (
    <main className="sheet form">
      <p className="where">{isDone ? '填完了' : `第 ${model.currentPageNo + 1} 页，共 ${model.visiblePageCount} 页`}</p>
      {isHidden && !isDone && (
        <p className="hint" role="status">
          正在编辑的题，按现在的回答还不会出现。
        </p>
      )}
      {isDone ? <p className="hint">居民到这里就交卷了。这里是预览，什么也没有交出去。</p> : <Survey model={model} />}
      <button type="button" className="second" onClick={again}>
        从头再试一遍
      </button>
    </main>
  )
}

/** A model of this definition, with what was answered so far; nothing where the engine cannot show it. */
function useModel({ formModel, goTo, placeIn }: FormParts, definition: Shown['definition']) {
  const answers = useRef<Record<string, unknown>>({})
  const [model, setModel] = useState<SurveyModel>()
  const last = useRef<SurveyModel>(undefined)
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn begins anew
  useEffect(() => {
    last.current = modelOf(
      () => formModel(definition as SurveyDefinition, answers.current),
      last.current,
      (made, before) => {
        if (Object.keys(answers.current).length > 0) goTo(made, placeIn(before))
      },
    )
    last.current?.onValueChanged.add((changed) => {
      answers.current = { ...changed.data }
    })
    setModel(last.current)
  }, [definition, formModel, goTo, placeIn, turn])
  const restart = () => {
    answers.current = {}
    setTurn((now) => now + 1)
  }
  return [model, restart] as const
}

/** What is being written may not make a form at any moment. */
function modelOf(
  make: () => SurveyModel,
  before: SurveyModel | undefined,
  goOn: (made: SurveyModel, before: SurveyModel) => void,
): SurveyModel | undefined {
  try {
    const made = make()
    if (before) goOn(made, before)
    return made
  } catch {
    return undefined
  }
}

/** Goes to the question that is edited, and says whether it is hidden as things are answered. */
function useStanding({ goTo }: FormParts, model: SurveyModel | undefined, at: string | undefined): boolean {
  const [isHidden, setHidden] = useState(false)
  const [, redraw] = useState(0)
  useEffect(() => {
    if (!model) return
    const look = () => {
      const question = at ? (model.getQuestionByName(at) as Question | null) : null
      setHidden(question !== null && !question.isVisible)
      redraw((now) => now + 1)
    }
    if (at) goTo(model, at)
    look()
    model.onValueChanged.add(look)
    model.onCurrentPageChanged.add(look)
    return () => {
      model.onValueChanged.remove(look)
      model.onCurrentPageChanged.remove(look)
    }
  }, [model, at, goTo])
  return isHidden
}
