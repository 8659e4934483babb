import type { ReactNode } from 'react'
import { Refusal } from '../kit/refusal.tsx'
import { Waiting } from '../kit/waiting.tsx'
import { TryAgain } from './phone-frame.tsx'
import type { Pages } from './phone-pages-of.ts'

interface Props<Row> {
  pages: Pages<Row>
  /** Instead of a list of nothing. */
  empty: ReactNode
  children(row: Row): ReactNode
}

/** A list that is read page after page, whatever became of reading it. */
export function PagedList<Row>({ pages, empty, children }: Props<Row>) {
  if (pages.face === 'waiting') return <Waiting />
  if (pages.face === 'refused')
    return (
      <>
        <Refusal message={pages.message ?? ''} />
        <TryAgain again={pages.again} />
      </>
    )
  if (pages.rows.length === 0) return empty
  return (
    <>
      <ul className="cards">{pages.rows.map(children)}</ul>
      <More pages={pages} />
    </>
  )
}

function More({ pages: { more, isBusy, message } }: { pages: Pages<unknown> }) {
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
