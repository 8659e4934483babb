import { useState } from 'react'
import { readBoard } from '../../shared/wishes/api.ts'
import { call } from '../api/call.ts'
import { inTime } from '../api/kept-call.ts'
import { Refusal } from '../kit/refusal.tsx'
import { Waiting } from '../kit/waiting.tsx'
import { type Filters, filtersIn, noFilters, queryOf, searchOf } from './board-address.ts'
import { BoardFilters } from './phone-filters.tsx'
import { Frame, TryAgain } from './phone-frame.tsx'
import { type Pages, usePages } from './phone-pages-of.ts'
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
      {pages.face === 'waiting' && <Waiting />}
      {pages.face === 'refused' && (
        <>
          <Refusal message={pages.message ?? ''} />
          <TryAgain again={pages.again} />
        </>
      )}
      {pages.face === 'ready' && pages.rows.length === 0 && (
        <Empty isFiltered={search !== ''} clear={() => choose(noFilters)} />
      )}
      {pages.face === 'ready' && pages.rows.length > 0 && (
        <>
          <ul className="cards">
            {pages.rows.map((wish) => (
              <WishCard key={wish.id} district={district} wish={wish} />
            ))}
          </ul>
          <More pages={pages} />
        </>
      )}
    </Frame>
  )
}

export function More({ pages: { more, isBusy, message } }: { pages: Pages<unknown> }) {
  return (
    <>
      {message && <Refusal message={message} />}
      {more ? (
        <button type="button" className="second" aria-disabled={isBusy} onClick={() => !isBusy && more()}>
          {isBusy ? '正在读……' : '再看一些'}
        </button>
      ) : (
        <p className="small">都在这里了。</p>
      )}
    </>
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
