import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { listNotices, type Notice, readAllNotices, readNotice } from '../../shared/people/notices-api.ts'
import { addressOf, call, reasonOf } from '../api/call.ts'
import type { Seen } from '../api/use-answer.ts'
import { Screen } from '../kit/screen-face.tsx'
import { momentWords } from './people-words.ts'
import './session.css'

const address = addressOf(listNotices, undefined)

/** What somebody was told by the platform, the newest first. */
export default function InboxPage() {
  const pages = useInfiniteQuery({
    queryKey: [address, 'pages'],
    queryFn: ({ pageParam: cursor, signal }) =>
      call(listNotices, undefined, { query: cursor ? { cursor } : {}, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
  const queries = useQueryClient()
  const [said, setSaid] = useState('')
  const mark = async (work: () => Promise<unknown>) => {
    setSaid('')
    await work().catch((error: unknown) => setSaid(reasonOf(error).message))
    // The list, and the number in the bar.
    await queries.invalidateQueries({ queryKey: [address] })
  }
  const seen: Seen<Notice[]> = pages.data
    ? { face: 'ready', data: pages.data.pages.flatMap(({ notices }) => notices), again: pages.refetch }
    : pages.error
      ? { face: 'refused', ...reasonOf(pages.error), again: pages.refetch }
      : { face: 'waiting' }
  const unread = pages.data?.pages[0]?.unread ?? 0
  return (
    <>
      <h1>我的消息</h1>
      {unread > 0 && (
        <div className="actions">
          <span>{unread} 条未读</span>
          <button type="button" className="small" onClick={() => mark(() => call(readAllNotices, undefined))}>
            全部标为已读
          </button>
        </div>
      )}
      {said && (
        <p className="refusal" role="alert">
          {said}
        </p>
      )}
      <Screen seen={seen}>
        {(notices) => <Notices notices={notices} read={(notice) => mark(() => call(readNotice, { notice }))} />}
      </Screen>
      {pages.hasNextPage && (
        <div className="actions">
          <button
            type="button"
            className="small"
            disabled={pages.isFetchingNextPage}
            onClick={() => pages.fetchNextPage()}
          >
            {pages.isFetchingNextPage ? '正在打开……' : '看更早的消息'}
          </button>
        </div>
      )}
    </>
  )
}

function Notices({ notices, read }: { notices: Notice[]; read(id: string): void }) {
  if (notices.length === 0) return <p className="under">还没有消息。有事情要您知道时，会出现在这里。</p>
  return (
    <ul className="notices">
      {notices.map(({ id, text, link, createdAt, readAt }) => (
        <li key={id} className="panel">
          <p>
            {!readAt && <span className="tag warn">未读</span>} {text}
          </p>
          <p className="under">
            <time dateTime={createdAt}>{momentWords(createdAt)}</time>
            {link && <NoticeLink link={link} open={() => !readAt && read(id)} />}
            {!readAt && (
              <button type="button" className="link" onClick={() => read(id)}>
                标为已读
              </button>
            )}
          </p>
        </li>
      ))}
    </ul>
  )
}

/** Pages of the desk open in place, others as pages of their own. */
function NoticeLink({ link, open }: { link: string; open(): void }) {
  const inside = /^\/desk(\/.*)?$/.exec(link)
  return inside ? (
    <Link to={inside[1] ?? '/'} onClick={open}>
      去看看
    </Link>
  ) : (
    <a href={link} onClick={open}>
      去看看
    </a>
  )
}
