import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Link, useSearchParams } from 'react-router'
import type { District } from '../../shared/places/api.ts'
import { type BoardWish, readBoard, readWishPlaces } from '../../shared/wishes/api.ts'
import { addressOf, call, reasonOf } from '../api/call.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Refusal } from '../kit/refusal.tsx'
import { Screen } from '../kit/screen-face.tsx'
import { Waiting } from '../kit/waiting.tsx'
import type { Filters } from './board-address.ts'
import { WishDialog } from './sponsor-detail.tsx'
import { WishFacts, WishPhoto, WishTags } from './sponsor-facts.tsx'
import { BoardFilters, narrowedBy } from './sponsor-filters.tsx'
import { Membership, useHeld } from './sponsor-membership.tsx'
import { standingWords } from './sponsor-words.ts'
import './sponsor.css'

/** The board for organisations: what waits longest comes first. `?wish=` opens one. */
export default function SponsorBoard({ district: { code: district } }: { district: District }) {
  const [search, setSearch] = useSearchParams()
  const query = narrowedBy(search)
  const held = useHeld(district)
  const places = useAnswer(readWishPlaces, { district })
  const chosen = search.get('wish')
  const close = () => {
    const next = new URLSearchParams(search)
    next.delete('wish')
    setSearch(next, { replace: true })
  }
  return (
    <>
      <h1>心愿墙</h1>
      <Screen seen={held}>
        {(mine) => (
          <>
            <Membership held={mine} />
            <BoardFilters places={places.face === 'ready' ? places.data.communities : []} />
            <BoardList district={district} query={query} />
            {chosen && <WishDialog key={chosen} {...{ district, wish: chosen, held: mine, close }} />}
          </>
        )}
      </Screen>
    </>
  )
}

interface ListProps {
  district: string
  query: Partial<Filters>
}

function BoardList({ district, query }: ListProps) {
  const pages = useInfiniteQuery({
    queryKey: [addressOf(readBoard, { district }, query), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      call(readBoard, { district }, { query: { ...query, ...(pageParam && { next: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  if (pages.isPending) return <Waiting />
  const wishes = pages.data?.pages.flatMap((page) => page.wishes) ?? []
  return (
    <>
      <p className="unseen" role="status">
        列出 {wishes.length} 个心愿
      </p>
      {pages.error && <Refusal message={reasonOf(pages.error).message} />}
      {!pages.error && wishes.length === 0 && <Nothing query={query} />}
      <ul className="cards wish-cards">
        {wishes.map((wish) => (
          <Card key={wish.id} district={district} wish={wish} />
        ))}
      </ul>
      {pages.hasNextPage && (
        <div className="actions">
          <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            再看一些
          </Button>
        </div>
      )}
    </>
  )
}

function Card({ district, wish }: { district: string; wish: BoardWish }) {
  const [search] = useSearchParams()
  const to = new URLSearchParams(search)
  to.set('wish', wish.id)
  return (
    <li className={`wish-card ${wish.state}`}>
      <WishTags wish={wish} />
      <WishPhoto district={district} wish={wish} />
      <h2>
        <Link to={`?${to}`}>{wish.text}</Link>
      </h2>
      <WishFacts wish={wish} />
      <p className="wish-standing">{standingWords(wish)}</p>
    </li>
  )
}

function Nothing({ query }: { query: Partial<Filters> }) {
  const isNarrowed = Object.keys(query).length > 1
  if (isNarrowed) return <p className="panel">没有符合条件的心愿，请换个条件，或点“看全部”。</p>
  if (query.state !== 'open') return <p className="panel">还没有这样的心愿。把“进展”换成“还没人认领”看看。</p>
  return (
    <p className="panel">现在没有等待认领的心愿，都有单位在办了。新的心愿审核通过后会出现在这里，请过两天再来看。</p>
  )
}
