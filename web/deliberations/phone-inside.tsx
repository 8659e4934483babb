import { useEffect, useRef, useSyncExternalStore } from 'react'
import { itemKindNames } from '../../shared/deliberations/kinds.ts'
import type { Room } from '../../shared/deliberations/room.ts'
import { keepsThings, whenRefusing } from '../api/device-shelf.ts'
import { outbox } from './outbox.ts'
import { Consultation } from './phone-consultation.tsx'
import { Documents } from './phone-documents.tsx'
import { Leave } from './phone-leave.tsx'
import { Post } from './phone-post.tsx'
import { OpenQuestion } from './phone-question.tsx'
import { LatestResult, Results } from './phone-results.tsx'
import { Speak } from './phone-speak.tsx'
import { OwnStatements } from './phone-statements.tsx'
import { Wall } from './phone-wall.tsx'
import { Write } from './phone-write.tsx'
import { useNews } from './use-news.ts'
import { useOwn } from './use-own.ts'
import { useParcels } from './use-parcels.ts'
import type { Visit } from './visits.ts'

interface Props {
  room: Room
  visit: Visit
  live: boolean
}

/** The room as one takes part in it by phone: what matters now is on top. */
export function Inside({ room, visit, live }: Props) {
  const { head } = room
  const label = visit.seat ? `${visit.seat}号座` : `第${visit.number}位签到`
  const { parcels, sending } = useParcels(head.deliberation)
  const news = useNews(room, label)
  useOwn(visit, room)
  // Heard again before the device says that it is on line.
  useEffect(() => {
    if (live) void outbox.send()
  }, [live])
  const main = useRef<HTMLElement>(null)
  // Whoever pressed the button of the page before is at the beginning of this one.
  useEffect(() => {
    main.current?.focus()
    scrollTo(0, 0)
  }, [])
  const isVolatile = !useSyncExternalStore(whenRefusing, keepsThings)
  const isSaidAlready = sending.face === 'later' && parcels.some(({ state }) => state === 'waiting')
  const isOnline = head.kind === 'consultation'
  return (
    <main className="sheet room" ref={main} tabIndex={-1}>
      <p className="unseen" role="status">
        {news}
      </p>
      <p className="where">
        {head.communityName}
        {!isOnline && ` · 您是${visit.seat ? ` ${visit.seat} 号座` : `第 ${visit.number} 位签到`}`}
      </p>
      <h1>{head.title}</h1>
      {isVolatile && <p className="hint">这部手机现在存不下内容，散会以前请不要关掉这一页。</p>}
      {!live && !isSaidAlready && (
        <p className="hint">现在信号不好，看到的可能不是最新的；您照常写、照常选，有信号会自动发出去。</p>
      )}
      <Post parcels={parcels} sending={sending} />
      {isOnline ? (
        <Consultation room={room} visit={visit} parcels={parcels} />
      ) : (
        <Hall room={room} visit={visit} parcels={parcels} label={label} />
      )}
      <Documents at={visit} heading={isOnline ? '有关材料' : '会议材料'} />
      <Leave visit={visit} head={head} />
    </main>
  )
}

interface InHall {
  room: Room
  visit: Visit
  parcels: ReturnType<typeof useParcels>['parcels']
  label: string
}

function Hall({ room, visit, parcels, label }: InHall) {
  const { head } = room
  const open = room.questions.filter(({ state }) => state === 'open')
  const ended = room.questions.filter(({ state }) => state !== 'open')
  const latest = open.length === 0 && head.status === 'open' ? ended[ended.length - 1] : undefined
  return (
    <>
      <Now room={room} district={visit.district} />
      {head.status === 'open' && (
        <>
          {open.map((question) => (
            <OpenQuestion key={question.id} question={question} visit={visit} />
          ))}
          {latest && <LatestResult question={latest} />}
          <Speak room={room} visit={visit} label={label} parcels={parcels} />
          <Write visit={visit} heading="写一条意见" head={head} />
        </>
      )}
      <OwnStatements room={room} visit={visit} parcels={parcels} code={head.code} />
      <Results questions={ended.filter((one) => one !== latest)} />
      <Wall room={room} />
      <Agenda room={room} />
    </>
  )
}

/** Where the meeting stands. */
function Now({ room: { head, items }, district }: { room: Room; district: string }) {
  const current = items.find(({ state }) => state === 'current')
  if (head.status === 'planned')
    return <p className="hint">您已经签到。会议还没有开始，开始后这一页会自己变，不用刷新。</p>
  if (head.status === 'closed') {
    return (
      <div className="card">
        <p>会议结束了，谢谢您参加。</p>
        <a className="main" href={`/m/${district}/${head.code}/results`}>
          你提的 → 结果
        </a>
      </div>
    )
  }
  if (!current) return <p className="hint">会议正在进行，{head.present} 人到会。</p>
  return (
    <div className="card now">
      <p className="small">
        现在 · {itemKindNames[current.kind]} · {head.present} 人到会
      </p>
      <p className="loud">{current.title}</p>
    </div>
  )
}

function Agenda({ room: { items } }: { room: Room }) {
  if (items.length === 0) return null
  const words = { waiting: '', current: '（现在）', done: '（已完成）' }
  return (
    <section>
      <h2>议程</h2>
      <ol className="steps">
        {items.map(({ id, title, state }) => (
          <li key={id} aria-current={state === 'current' ? 'step' : undefined}>
            {title}
            {words[state]}
          </li>
        ))}
      </ol>
    </section>
  )
}
