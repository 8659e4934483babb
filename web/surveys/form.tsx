import { useCallback, useEffect, useRef, useState } from 'react'
import type { SurveyModel } from 'survey-core'
import { Survey } from 'survey-react-ui'
import type { SurveyDefinition } from '../../shared/surveys/definition.ts'
import { Refused } from '../api/call.ts'
import { keepForOffline } from '../api/offline-pages.ts'
import { keptSurvey, surveyAt } from './definition.ts'
import type { Filling, Place } from './fillings.ts'
import { formModel } from './form-model.ts'
import { Questions } from './questions.tsx'
import { goTo, placeIn } from './steps.ts'
import './form.css'

/** The preview at the desk shows the same form and must not make another of it; phones load it in one piece. */
export const parts = { Survey, formModel, goTo, placeIn }

interface Props {
  filling: Filling
  place: Place
  isVolatile: boolean
}

type Loaded =
  | { face: 'waiting' }
  | { face: 'refused'; message: string }
  | { face: 'ready'; version: number; definition: SurveyDefinition }

/** The questions of the version that is current, also when it has become another one since the draft was begun. */
export default function Form({ filling, place, isVolatile }: Props) {
  const [loaded, again] = useDefinition(place, filling)
  const shown = useRef<SurveyModel>(undefined)
  useEffect(keepForOffline, [])
  if (loaded.face === 'waiting') {
    return (
      <main className="sheet">
        <p className="waiting">正在打开问卷，请稍等……</p>
      </main>
    )
  }
  if (loaded.face === 'refused') {
    return (
      <main className="sheet">
        <p className="refusal" role="alert">
          {loaded.message}
        </p>
        <button type="button" className="main" onClick={again}>
          再试一次
        </button>
      </main>
    )
  }
  const { version, definition } = loaded
  return <Questions key={version} {...{ filling, place, version, definition, isVolatile, shown }} />
}

/** What is shown already stays as long as it is the same version. */
function showing({ version, definition }: Awaited<ReturnType<typeof surveyAt>>) {
  return (now: Loaded): Loaded =>
    now.face === 'ready' && now.version === version
      ? now
      : { face: 'ready', version, definition: definition as SurveyDefinition }
}

function refusedWith(error: unknown): Loaded {
  const unreachable = !(error instanceof Refused) || error.problem.code === 'unreachable'
  const message = unreachable
    ? '现在连不上网，问卷还没有打开；请找个信号好的地方再试一次，填过的内容都还在。'
    : error.message
  return { face: 'refused', message }
}

/** The questions that the draft was begun with, from the device; then those of the current version, where that is another one. */
function useDefinition(place: Place, { version, problem }: Filling): [Loaded, () => void] {
  const [loaded, setLoaded] = useState<Loaded>({ face: 'waiting' })
  const [turn, setTurn] = useState(0)
  const { district, survey } = place
  const complaint = problem?.code ?? ''
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn, or a new complaint of the server, asks again
  useEffect(() => {
    let isHere = true
    const show = (next: (now: Loaded) => Loaded) => isHere && setLoaded(next)
    void keptSurvey(place, version).then((kept) => {
      if (kept) show((now) => (now.face === 'waiting' ? showing(kept)(now) : now))
    })
    surveyAt(place, complaint === '' && turn === 0).then(
      (current) => show(showing(current)),
      (error: unknown) => show((now) => (now.face === 'ready' ? now : refusedWith(error))),
    )
    return () => {
      isHere = false
    }
  }, [district, survey, complaint, turn])
  return [loaded, useCallback(() => setTurn((now) => now + 1), [])]
}
