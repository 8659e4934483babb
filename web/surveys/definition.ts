import { readSurvey } from '../../shared/surveys/api.ts'
import type { Answer } from '../api/call.ts'
import { keptCall } from '../api/kept-call.ts'
import type { Place } from './fillings.ts'

type Survey = Answer<typeof readSurvey>

const early = new Map<string, Promise<Survey>>()
const keyOf = ({ district, survey }: Place) => `${district}/${survey}`

/** Asks for the questions while the person still reads the notice. */
export function fetchEarly(place: Place): void {
  if (early.has(keyOf(place))) return
  const asked = keptCall(readSurvey, place)
  asked.catch(() => early.delete(keyOf(place)))
  early.set(keyOf(place), asked)
}

/** The survey's current version; what was asked for early is good enough unless the server says that it is not. @throws {Refused} */
export function surveyAt(place: Place, isEarlyEnough: boolean): Promise<Survey> {
  const asked = early.get(keyOf(place))
  early.delete(keyOf(place))
  return (isEarlyEnough && asked) || keptCall(readSurvey, place)
}
