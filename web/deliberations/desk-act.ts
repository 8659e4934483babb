import { useState } from 'react'
import type { Endpoint } from '../../shared/endpoint.ts'
import { type Answer, call, type Extras, type Params, Refused, reasonOf } from '../api/call.ts'

export interface Act {
  busy: boolean
  /** The server's words for why the last one was not done, for beside where it was asked for. */
  refused?: string
  forget(): void
  /** Answers with undefined where it was refused. */
  act<E extends Endpoint>(
    endpoint: E,
    params: Params<E>,
    body?: Extras<E>['body'],
  ): Promise<{ answer: Answer<E> } | undefined>
}

/** One place of the screen that asks the server to do something. */
export function useAct(): Act {
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<string>()
  const act: Act['act'] = async (endpoint, params, body) => {
    setBusy(true)
    setRefused(undefined)
    try {
      return { answer: await call(endpoint, params, { body }) }
    } catch (error) {
      setRefused(wordsOf(error))
      return undefined
    } finally {
      setBusy(false)
    }
  }
  return { busy, refused, forget: () => setRefused(undefined), act }
}

function wordsOf(error: unknown): string {
  const details = error instanceof Refused ? (error.problem.details ?? []) : []
  return [reasonOf(error).message, ...details.map(({ message }) => message)].join(' ')
}
