import { useQueryClient } from '@tanstack/react-query'
import type { Endpoint } from '../../shared/endpoint.ts'
import type { Answer, Extras, Params } from '../api/call.ts'
import { type Act, useAct } from '../api/use-act.ts'

export interface WishWork extends Pick<Act, 'busy' | 'refused' | 'forget'> {
  /** Answers with undefined where it was refused; either way everything about wishes has been read anew. */
  work<E extends Endpoint>(
    endpoint: E,
    params: Params<E>,
    body?: Extras<E>['body'],
  ): Promise<{ answer: Answer<E> } | undefined>
}

/** What staff do with wishes. */
export function useWishWork(district: string): WishWork {
  const { act, busy, refused, code, forget } = useAct()
  const anew = useWishesAnew(district)
  const work: WishWork['work'] = async (endpoint, params, body) => {
    const done = await act(endpoint, params, body)
    await anew()
    return done
  }
  const isOvertaken = code === 'wish_changed' || code === 'wish_state'
  return { busy, refused: isOvertaken ? `${refused}内容已经换成最新的，请再看一遍。` : refused, forget, work }
}

/** Reads everything about wishes anew: also after a refusal, since a colleague may have been faster. */
export function useWishesAnew(district: string): () => Promise<void> {
  const queries = useQueryClient()
  const about = ['wishes', 'sponsors', 'holdings'].map((what) => `/api/districts/${district}/${what}`)
  return () =>
    queries.invalidateQueries({
      predicate: ({ queryKey: [address] }) => about.some((start) => String(address).startsWith(start)),
    })
}
