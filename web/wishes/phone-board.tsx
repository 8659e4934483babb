import { useState } from 'react'
import { readBoard } from '../../shared/wishes/api.ts'
import { call } from '../api/call.ts'
import { inTime } from '../api/kept-call.ts'
import { type Filters, filtersIn, noFilters, queryOf, searchOf } from './board-address.ts'
import { BoardFilters } from './phone-filters.tsx'
import { Frame } from './phone-frame.tsx'
import { PagedList } from './phone-list.tsx'
import { usePages } from './phone-pages-of.ts'
import { WishCard } from './phone-wish-card.tsx'

type Row = Parameters<typeof WishCard>[0]['wish']

/** The wall of wishes. */
export function BoardPage({ district }: { district: string }) {
  const [filters, setFilters] = useState(() => filtersIn(location.search))
  const search = searchOf(filters)
  const pages = usePages<Row>(
    (next) =>
      inTime((signal) =>
        call(readBoard, { district }, { query: { ...queryOf(filters), ...(next ? { next } : {}) }, signal }),
      ),
    `${district}${search}`,
  )
  const choose = (more: Partial<Filters>) => {
    const chosen = { ...filters, ...more }
    history.replaceState(null, '', location.pathname + searchOf(chosen))
    setFilters(chosen)
  }
  return (
    <Frame district={district} title="微心愿墙" at="">
      <a className="main big" href={`/w/${district}/new`}>
        许个心愿
      </a>
      <BoardFilters {...{ district, filters, choose }} />
      <PagedList pages={pages} empty={<Empty isFiltered={search !== ''} clear={() => choose(noFilters)} />}>
        {(wish) => <WishCard key={wish.id} district={district} wish={wish} />}
      </PagedList>
    </Frame>
  )
}

function Empty({ isFiltered, clear }: { isFiltered: boolean; clear(): void }) {
  if (!isFiltered) {
    return <p className="hint">墙上还没有心愿。想要什么、缺什么，按上面的“许个心愿”，一分钟就写好。</p>
  }
  return (
    <>
      <p className="hint" role="status">
        没有这样的心愿，换个条件看看。
      </p>
      <button type="button" className="second" onClick={clear}>
        看全部心愿
      </button>
    </>
  )
}
