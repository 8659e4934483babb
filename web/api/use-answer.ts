import { useQuery } from '@tanstack/react-query'
import type { Endpoint } from '../../shared/endpoint.ts'
import { type Answer, addressOf, call, type Params, reasonOf } from './call.ts'

/** The three faces of a screen of the desk. */
export type Seen<T> =
  | { face: 'waiting' }
  | { face: 'refused'; code: string; message: string; again(): void }
  | { face: 'ready'; data: T; again(): void }

/** A described call as a question that is asked once for all screens. */
export function questionOf<E extends Endpoint>(endpoint: E, params: Params<E>, query: Record<string, string> = {}) {
  return {
    queryKey: [addressOf(endpoint, params, query)],
    queryFn: ({ signal }: { signal: AbortSignal }) => call(endpoint, params, { query, signal }),
  }
}

/** What a described call answers, kept between screens. `wanted` false: not asked yet. */
export function useAnswer<E extends Endpoint>(
  endpoint: E,
  params: Params<E>,
  query: Record<string, string> = {},
  wanted = true,
): Seen<Answer<E>> {
  const answer = useQuery({ ...questionOf(endpoint, params, query), enabled: wanted })
  const again = () => void answer.refetch()
  if (answer.data !== undefined) return { face: 'ready', data: answer.data as Answer<E>, again }
  if (!answer.error) return { face: 'waiting' }
  return { face: 'refused', ...reasonOf(answer.error), again }
}

/** Several answers that a screen needs together: refused as soon as one is, ready when all are. */
export function together<T extends object>(parts: { [K in keyof T]: Seen<T[K]> }): Seen<T> {
  const all = Object.entries(parts) as [string, Seen<unknown>][]
  const again = () => {
    for (const [, part] of all) if (part.face !== 'waiting') part.again()
  }
  for (const [, part] of all) if (part.face === 'refused') return { ...part, again }
  if (all.some(([, part]) => part.face === 'waiting')) return { face: 'waiting' }
  const data = Object.fromEntries(all.map(([name, part]) => [name, part.face === 'ready' ? part.data : undefined]))
  return { face: 'ready', data: data as T, again }
}
