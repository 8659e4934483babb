import { readSurvey } from '../../shared/surveys/api.ts'
import type { Answer } from '../api/call.ts'
import { keptAnswer, keptCall } from '../api/kept-call.ts'
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
  if (!isEarlyEnough) early.delete(keyOf(place))
  fetchEarly(place)
  return early.get(keyOf(place))!
}

/** This version of the survey, where it lies on the device: whoever comes back to it need not wait for the network. */
export async function keptSurvey(place: Place, version: number): Promise<Survey | undefined> {
  const kept = await keptAnswer(readSurvey, place)
  return kept?.version === version ? kept : undefined
}
