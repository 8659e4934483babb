import type { QueryClient } from '@tanstack/react-query'
import { readDemandTable } from '../shared/demand/api.ts'
import { listCommunities, listDistricts, readCatalogue } from '../shared/places/api.ts'
import { questionOf } from './api/use-answer.ts'
import { pickedAmong } from './places/district-picker.tsx'

/** Asks for everything that the district table shows; whoever draws it finds the answers, or the refusal. */
export async function askForTable(queries: QueryClient): Promise<void> {
  const districts = await queries.fetchQuery(questionOf(listDistricts, undefined)).catch(() => [])
  const picked = pickedAmong(districts)
  if (!picked) return
  const params = { district: picked.code }
  await Promise.all([
    queries.prefetchQuery(questionOf(readDemandTable, params)),
    queries.prefetchQuery(questionOf(listCommunities, params)),
    queries.prefetchQuery(questionOf(readCatalogue, params)),
  ])
}
