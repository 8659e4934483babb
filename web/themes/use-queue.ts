import { useCallback, useEffect, useRef, useState } from 'react'
import { listOpenAnswers, type Narrowing, type OpenAnswer } from '../../shared/themes/api.ts'
import { call, reasonOf } from '../api/call.ts'
import { keyOf } from './words.ts'

export interface Search extends Narrowing {
  search?: string
}

export interface Queue {
  answers: OpenAnswer[]
  /** There are more to load. */
  more: boolean
  loading: boolean
  refused?: string
  load(): void
  /** Reads those shown anew from the beginning. */
  anew(): void
  /** What became of some answers, as far as they are shown. */
  put(changed: (answer: OpenAnswer) => OpenAnswer, keys: ReadonlySet<string>): void
}

const given = (search: Search): Record<string, string> =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value)) as Record<string, string>

/** The queue as it was when it was asked for: what is decided stays in its place, so that nobody loses the line they are at. */
export function useQueue(params: { district: string; survey: string }, search: Search): Queue {
  const [answers, setAnswers] = useState<OpenAnswer[]>([])
  const [next, setNext] = useState<string | undefined>()
  const [loading, setLoading] = useState(true)
  const [refused, setRefused] = useState<string>()
  const asked = useRef<AbortController>(undefined)
  const { district, survey } = params
  const wanted = JSON.stringify(given(search))

  const load = useCallback(
    (after?: string) => {
      asked.current?.abort()
      const asking = new AbortController()
      asked.current = asking
      setLoading(true)
      const query = { ...JSON.parse(wanted), ...(after && { after }) }
      call(listOpenAnswers, { district, survey }, { query, signal: asking.signal }).then(
        (page) => {
          setAnswers((known) => (after ? [...known, ...page.answers] : page.answers))
          setNext(page.next)
          setRefused(undefined)
          setLoading(false)
        },
        (error: unknown) => {
          if (asking.signal.aborted) return
          setRefused(reasonOf(error).message)
          setLoading(false)
        },
      )
    },
    [district, survey, wanted],
  )

  useEffect(() => {
    load()
    return () => asked.current?.abort()
  }, [load])

  return {
    answers,
    more: next !== undefined,
    loading,
    refused,
    load: () => load(next),
    anew: () => load(),
    put: (changed, keys) =>
      setAnswers((known) => known.map((answer) => (keys.has(keyOf(answer)) ? changed(answer) : answer))),
  }
}
