import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { listDeliberations, type Planned, readPlan } from '../../shared/deliberations/api.ts'
import type { Endpoint } from '../../shared/endpoint.ts'
import { addressOf, type Params } from '../api/call.ts'
import { download } from '../api/download.ts'
import { questionOf } from '../api/use-answer.ts'
import { saveFile } from '../kit/save-file.ts'

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

/** Hands a file over, and says what it is called. @throws {Refused} */
export async function fetched<E extends Endpoint>(endpoint: E, params: Params<E>): Promise<string> {
  const { name, blob } = await download(endpoint, params)
  saveFile(name, blob)
  return name
}
