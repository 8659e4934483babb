import { useState } from 'react'
import {
  type AnswerState,
  decideOpenAnswers,
  type Narrowing,
  type OpenAnswer,
  undoDecision,
} from '../../shared/themes/api.ts'
import { call, reasonOf } from '../api/call.ts'
import { randomId } from '../kit/random-id.ts'
import type { Queue } from './use-queue.ts'
import { keyOf } from './words.ts'

export type Verdict = 'confirmed' | 'rejected'

interface Done {
  decision: string
  words: string
  before?: OpenAnswer[]
}

export interface Decisions {
  decide(answers: OpenAnswer[], state: Verdict, codes?: Chosen): Promise<boolean>
  /** All that match, a thousand at a time, until somebody stops it. */
  decideAll(all: Narrowing, state: Verdict, codes: string[]): Promise<void>
  undo(): Promise<void>
  stop(): void
  last?: Done
  /** So many of a bulk decision are done. */
  progress?: number
  refused?: string
}

/** Codes for all of some answers, or for each its own; without them those that are suggested. */
export type Chosen = string[] | ((answer: OpenAnswer) => string[])

const MOST = 500
let stopped = false

/** Sends what a person decides and shows it at once where the server agrees. `changed` hears of it. */
export function useDecisions(
  params: { district: string; survey: string },
  queue: Queue,
  changed: () => void,
): Decisions {
  const [last, setLast] = useState<Done>()
  const [progress, setProgress] = useState<number>()
  const [refused, setRefused] = useState<string>()

  async function trying(work: () => Promise<void>): Promise<boolean> {
    setRefused(undefined)
    try {
      await work()
      return true
    } catch (error) {
      setRefused(reasonOf(error).message)
      return false
    } finally {
      setProgress(undefined)
      changed()
    }
  }

  return {
    last,
    progress,
    refused,
    stop: () => {
      stopped = true
    },
    decide: (answers, state, codes) =>
      trying(async () => {
        const decision = randomId()
        for (const { some, chosen } of batchesOf(answers, codes)) {
          const keys = some.map(({ response, question }) => ({ response, question }))
          await call(decideOpenAnswers, params, { body: { decision, state, codes: chosen, answers: keys } })
          queue.put((answer) => decided(answer, state, chosen), new Set(some.map(keyOf)))
        }
        setLast({ decision, words: doneWords(state, answers.length), before: answers })
      }),
    decideAll: async (all, state, codes) =>
      void (await trying(async () => {
        const decision = randomId()
        stopped = false
        let sum = 0
        let after: string | undefined
        do {
          const said = await call(decideOpenAnswers, params, { body: { decision, state, codes, all, after } })
          sum += said.answers
          after = said.next
          setProgress(sum)
          setLast({ decision, words: doneWords(state, sum) })
        } while (after !== undefined && !stopped)
        queue.anew()
      })),
    undo: async () =>
      void (await trying(async () => {
        if (!last) return
        let left = true
        let sum = 0
        while (left) {
          const said = await call(undoDecision, { ...params, decision: last.decision })
          left = said.left
          sum += said.answers
          setProgress(sum)
        }
        const before = new Map(last.before?.map((answer) => [keyOf(answer), answer]))
        if (last.before) queue.put((answer) => before.get(keyOf(answer)) ?? answer, new Set(before.keys()))
        else queue.anew()
        setLast(undefined)
      })),
  }
}

/** Answers that are given the same codes go together. */
function batchesOf(answers: OpenAnswer[], codes?: Chosen): { some: OpenAnswer[]; chosen?: string[] }[] {
  const groups = new Map<string, { some: OpenAnswer[]; chosen?: string[] }>()
  for (const answer of answers) {
    const chosen = typeof codes === 'function' ? codes(answer) : codes
    if (chosen?.length === 0) continue
    const key = JSON.stringify(chosen ?? null)
    const group = groups.get(key) ?? { some: [], chosen }
    groups.set(key, { ...group, some: [...group.some, answer] })
  }
  return [...groups.values()].flatMap(({ some, chosen }) =>
    Array.from({ length: Math.ceil(some.length / MOST) }, (_, at) => ({
      some: some.slice(at * MOST, (at + 1) * MOST),
      chosen,
    })),
  )
}

const doneWords = (state: Verdict, n: number) => `${state === 'confirmed' ? '已确认' : '已否定'} ${n} 条`

/** What the server makes of an answer, so that the line changes without being read again. */
function decided(answer: OpenAnswer, state: Verdict, chosen?: string[]): OpenAnswer {
  const codes = answer.codes.map((each) => {
    const isMeant = chosen ? chosen.includes(each.code) : each.state === 'suggested'
    return isMeant ? { ...each, state } : each
  })
  const known = new Set(codes.map(({ code }) => code))
  const all = [...codes, ...(chosen ?? []).filter((code) => !known.has(code)).map((code) => ({ code, state }))]
  const has = (wanted: string) => all.some((each) => each.state === wanted)
  const otherwise: AnswerState = state === 'rejected' ? 'set_aside' : 'none'
  const now: AnswerState = has('suggested')
    ? 'waiting'
    : has('confirmed')
      ? 'confirmed'
      : has('rejected')
        ? 'set_aside'
        : otherwise
  return { ...answer, codes: all, state: now }
}
