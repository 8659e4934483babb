import { useCallback, useEffect, useState } from 'react'
import type { SurveyDefinition } from '../../shared/surveys/definition.ts'
import { Refused } from '../api/call.ts'
import { keepForOffline } from '../api/offline-pages.ts'
import { surveyAt } from './definition.ts'
import type { Filling, Place } from './fillings.ts'
import { Questions } from './questions.tsx'
import './form.css'

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
  const [loaded, again] = useDefinition(place, filling.problem?.code ?? '')
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
  return <Questions key={version} {...{ filling, place, version, definition, isVolatile }} />
}

function useDefinition(place: Place, problem: string): [Loaded, () => void] {
  const [loaded, setLoaded] = useState<Loaded>({ face: 'waiting' })
  const [turn, setTurn] = useState(0)
  const { district, survey } = place
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn, or a new complaint of the server, asks again
  useEffect(() => {
    let isHere = true
    surveyAt(place, problem === '' && turn === 0).then(
      ({ version, definition }) =>
        isHere && setLoaded({ face: 'ready', version, definition: definition as SurveyDefinition }),
      (error: unknown) => {
        const unreachable = !(error instanceof Refused) || error.problem.code === 'unreachable'
        const message = unreachable
          ? '现在连不上网，问卷还没有打开；请找个信号好的地方再试一次，填过的内容都还在。'
          : error.message
        if (isHere) setLoaded({ face: 'refused', message })
      },
    )
    return () => {
      isHere = false
    }
  }, [district, survey, problem, turn])
  return [loaded, useCallback(() => setTurn((now) => now + 1), [])]
}
