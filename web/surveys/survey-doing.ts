import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { listSurveys, setSurveyStatus } from '../../shared/surveys/api.ts'
import { type DraftListed, listDrafts, makeDraft } from '../../shared/surveys/drafts-api.ts'
import { addressOf, call, type Extras, reasonOf } from '../api/call.ts'

export type Run = (work: () => Promise<unknown>) => Promise<void>

/** Does something to a survey and reads the list anew. */
export function useDoing(district: string) {
  const queries = useQueryClient()
  const [refused, refuse] = useState('')
  const run: Run = async (work) => {
    refuse('')
    await work().catch((error: unknown) => refuse(reasonOf(error).message))
    await queries.invalidateQueries({ queryKey: [addressOf(listSurveys, { district })] })
  }
  return { refused, run }
}

type Wish = Extras<typeof setSurveyStatus>['body']

/** Opens, pauses or closes a survey, or sets its dates. */
export const putStatus = (district: string, survey: string, body: Wish) =>
  call(setSurveyStatus, { district, survey }, { body })

/** Opens the draft of the next version, which is made where there is none. */
export function useEdit(district: string) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  return async (survey: string, draft: DraftListed | undefined) => {
    if (!draft) await call(makeDraft, { district }, { body: { from: 'version', survey } })
    void queries.invalidateQueries({ queryKey: [addressOf(listDrafts, { district })] })
    await navigate(`/surveys/${survey}/edit`)
  }
}
