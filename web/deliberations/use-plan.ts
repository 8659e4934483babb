import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { listDeliberations, type Planned, readPlan } from '../../shared/deliberations/api.ts'
import { addressOf } from '../api/call.ts'
import { questionOf } from '../api/use-answer.ts'

export interface PlanParams {
  district: string
  deliberation: string
}

/** Reads the list of deliberations anew; done when it is read. */
export function useListAnew(district: string): () => Promise<void> {
  const queries = useQueryClient()
  return useCallback(
    () => queries.invalidateQueries({ queryKey: [addressOf(listDeliberations, { district })] }),
    [queries, district],
  )
}

/** Shows what a call has answered at once, and reads the list anew; done when that is read. */
export function usePutPlan(district: string): (planned: Planned) => Promise<void> {
  const queries = useQueryClient()
  const listAnew = useListAnew(district)
  return useCallback(
    async (planned) => {
      queries.setQueryData(questionOf(readPlan, { district, deliberation: planned.id }).queryKey, planned)
      await listAnew()
    },
    [queries, district, listAnew],
  )
}
