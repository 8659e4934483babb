import { useQuery } from '@tanstack/react-query'
import { type BoardWish, readBoard } from '../../shared/wishes/api.ts'
import { addressOf, call, reasonOf } from '../api/call.ts'
import type { Seen } from '../api/use-answer.ts'

/** A community with more wishes that wait is looked through by hand. */
const MOST_PAGES = 20

/** All wishes of a community that nobody has claimed, page after page. */
export function useOpenWishes(district: string, community: string): Seen<BoardWish[]> {
  const query = { state: 'open', community }
  const answer = useQuery({
    queryKey: [addressOf(readBoard, { district }, query), 'all'],
    queryFn: async ({ signal }) => {
      const all: BoardWish[] = []
      let next: string | null = ''
      for (let page = 0; page < MOST_PAGES && next !== null; page += 1) {
        const read: { wishes: BoardWish[]; next: string | null } = await call(
          readBoard,
          { district },
          { query: next === '' ? query : { ...query, next }, signal },
        )
        all.push(...read.wishes)
        next = read.next
      }
      return all
    },
  })
  const again = () => void answer.refetch()
  if (answer.data) return { face: 'ready', data: answer.data, again }
  return answer.error ? { face: 'refused', ...reasonOf(answer.error), again } : { face: 'waiting' }
}
