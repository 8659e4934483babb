import { useRef, useState } from 'react'
import type { Endpoint } from '../../shared/endpoint.ts'
import { type Answer, call, type Extras, type Params, Refused, reasonOf } from './call.ts'

export interface Act {
  busy: boolean
  /** The server's words for why the last one was not done, for beside where it was asked for. */
  refused?: string
  forget(): void
  /** The server's name for it. */
  code?: string
  /** Answers with undefined where it was refused. */
  run<T>(work: () => Promise<T>): Promise<{ answer: T } | undefined>
  act<E extends Endpoint>(
    endpoint: E,
    params: Params<E>,
    body?: Extras<E>['body'],
  ): Promise<{ answer: Answer<E> } | undefined>
}

/** One place of the screen that asks the server to do something: one after another, however fast keys are pressed. */
export function useAct(): Act {
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<{ refused: string; code: string }>()
  const turn = useRef<Promise<unknown>>(Promise.resolve())
  const waiting = useRef(0)
  const run: Act['run'] = (work) => {
    waiting.current += 1
    setBusy(true)
    const mine = turn.current.then(async () => {
      setFault(undefined)
      try {
        return { answer: await work() }
      } catch (error) {
        setFault({ refused: wordsOf(error), code: reasonOf(error).code })
        return undefined
      } finally {
        waiting.current -= 1
        setBusy(waiting.current > 0)
      }
    })
    turn.current = mine
    return mine
  }
  const act: Act['act'] = (endpoint, params, body) => run(() => call(endpoint, params, { body }))
  return { busy, ...fault, forget: () => setFault(undefined), run, act }
}

function wordsOf(error: unknown): string {
  const details = error instanceof Refused ? (error.problem.details ?? []) : []
  return [reasonOf(error).message, ...details.map(({ message }) => message)].join(' ')
}
