import { useQuery } from '@tanstack/react-query'
import { type BoardWish, readBoard } from '../../shared/wishes/api.ts'
import { listWishes } from '../../shared/wishes/desk-api.ts'
import { addressOf, call, reasonOf } from '../api/call.ts'
import type { Seen } from '../api/use-answer.ts'

/** A community with more wishes than these pages hold is looked through by hand. */
const MOST_PAGES = 10

type Page = { wishes: BoardWish[]; next: string | null }

/** Page after page, as long as there is one. */
async function allOf(read: (next: Record<string, string>) => Promise<Page>): Promise<BoardWish[]> {
  const all: BoardWish[] = []
  let next: string | null = ''
  for (let page = 0; page < MOST_PAGES && next !== null; page += 1) {
    const found: Page = await read(next === '' ? {} : { next })
    all.push(...found.wishes)
    next = found.next
  }
  return all
}

/** Wishes of a community into which another may be merged: those on the board, those that are claimed, those that wait. */
export function useStaying(district: string, community: string): Seen<BoardWish[]> {
  const answer = useQuery({
    queryKey: [addressOf(readBoard, { district }, { community }), 'staying'],
    queryFn: async ({ signal }) => {
      const onBoard = (state: string) =>
        allOf((next) => call(readBoard, { district }, { query: { state, community, ...next }, signal }))
      const waiting = allOf((next) =>
        call(listWishes, { district }, { query: { state: 'submitted', ...next }, signal }),
      )
      const all = (await Promise.all([onBoard('open'), onBoard('claimed'), waiting])).flat()
      return all.filter((one) => one.community === community && ['open', 'claimed', 'submitted'].includes(one.state))
    },
  })
  const again = () => void answer.refetch()
  if (answer.data) return { face: 'ready', data: answer.data, again }
  return answer.error ? { face: 'refused', ...reasonOf(answer.error), again } : { face: 'waiting' }
}
