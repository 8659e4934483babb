import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Decision, MOST_AT_ONCE, reviewResponses } from '../../shared/surveys/review-api.ts'
import { call, reasonOf } from '../api/call.ts'

export interface Said {
  /** What was done, and to which answers: it can be taken back. */
  done?: { words: string; ids: string[] }
  refused?: string
}

const verbs: Record<Decision, string> = { kept: '已保留', excluded: '已排除', open: '已撤销' }

/** Decisions about answers, with what became of the last one. */
export function useReview(params: { district: string; survey: string }) {
  const queries = useQueryClient()
  const [said, setSaid] = useState<Said>({})
  const [busy, setBusy] = useState(false)
  const decide = async (ids: string[], decision: Decision, reason?: string): Promise<void> => {
    setBusy(true)
    try {
      const decided: string[] = []
      let passed = 0
      for (let at = 0; at < ids.length; at += MOST_AT_ONCE) {
        const body = { responses: ids.slice(at, at + MOST_AT_ONCE), decision, ...(reason && { reason }) }
        const result = await call(reviewResponses, params, { body })
        decided.push(...result.decided)
        passed += result.passed.length
      }
      const rest = passed > 0 ? `，另有${passed}份已撤回或别人刚复核过，没有改动` : ''
      const words = `${verbs[decision]}${decided.length}份${reason ? `（${reason}）` : ''}${rest}。`
      setSaid({ done: { words, ids: decision === 'open' ? [] : decided } })
    } catch (error) {
      setSaid({ refused: reasonOf(error).message })
    }
    // Every figure may read otherwise now.
    await queries.invalidateQueries()
    setBusy(false)
  }
  const undo = () => (said.done && said.done.ids.length > 0 ? decide(said.done.ids, 'open') : Promise.resolve())
  return { said, busy, decide, undo }
}
