import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { listWishes } from '../../shared/wishes/desk-api.ts'
import { type Answer, addressOf, call, reasonOf } from '../api/call.ts'
import type { Seen } from '../api/use-answer.ts'

type Listed = Answer<typeof listWishes>

interface Paged extends Pick<Listed, 'wishes' | 'counts'> {
  /** Reads on, where there is more. */
  more: (() => void) | undefined
  isReading: boolean
  /** These are still those that were asked for before. */
  areEarlier: boolean
}

/** Wishes at the desk as far as they have been read; after a change all of it is read anew. */
export function useListed(district: string, query: Record<string, string>): Seen<Paged> {
  const answer = useInfiniteQuery({
    queryKey: [addressOf(listWishes, { district }, query), 'pages'],
    queryFn: ({ signal, pageParam }) =>
      call(listWishes, { district }, { query: pageParam === '' ? query : { ...query, next: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    // What is chosen from stays where it is while the list is read.
    placeholderData: keepPreviousData,
  })
  const again = () => void answer.refetch()
  if (answer.data) {
    const { pages } = answer.data
    const data = {
      wishes: pages.flatMap(({ wishes }) => wishes),
      counts: pages[0]?.counts ?? [],
      more: answer.hasNextPage ? () => void answer.fetchNextPage() : undefined,
      isReading: answer.isFetchingNextPage,
      areEarlier: answer.isPlaceholderData,
    }
    return { face: 'ready', data, again }
  }
  return answer.error ? { face: 'refused', ...reasonOf(answer.error), again } : { face: 'waiting' }
}
