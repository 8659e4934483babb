import { useQueryClient } from '@tanstack/react-query'
import {
  addFollowUp,
  changeFollowUp,
  type FollowUp,
  listFollowUps,
  listUnsettled,
} from '../../shared/deliberations/minutes-api.ts'
import { call } from '../api/call.ts'
import { questionOf } from '../api/use-answer.ts'
import { randomId } from '../kit/random-id.ts'
import { type PlanParams, useListAnew } from './use-plan.ts'

/** What is filled in about a follow-up. */
export type Wanted = Pick<FollowUp, 'text' | 'owner' | 'dueOn' | 'statements' | 'question' | 'state' | 'outcome'>

/** Adds a follow-up, or changes one; everything that shows it is read anew, also where it was refused. */
export function useFollowUps(params: PlanParams) {
  const queries = useQueryClient()
  const listAnew = useListAnew(params.district)
  const anew = async () => {
    await queries.invalidateQueries({ queryKey: questionOf(listFollowUps, params).queryKey })
    void queries.invalidateQueries({ queryKey: questionOf(listUnsettled, { district: params.district }).queryKey })
    void listAnew()
  }
  return async (wanted: Wanted, known?: FollowUp): Promise<void> => {
    const { state, outcome, ...task } = wanted
    try {
      if (known) {
        const body = { ...wanted, revision: known.revision, outcome: outcome || null }
        await call(changeFollowUp, { ...params, followUp: known.id }, { body })
      } else await call(addFollowUp, params, { body: { id: randomId(), ...task } })
    } finally {
      await anew()
    }
  }
}
