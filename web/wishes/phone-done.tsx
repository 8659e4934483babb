import { readFulfilled, readPhoto } from '../../shared/wishes/api.ts'
import { kindNames } from '../../shared/wishes/kinds.ts'
import { type Answer, addressOf, call } from '../api/call.ts'
import { inTime } from '../api/kept-call.ts'
import { serverNow } from '../api/server-clock.ts'
import { dayWords } from './days.ts'
import { Frame } from './phone-frame.tsx'
import { PagedList } from './phone-list.tsx'
import { usePages } from './phone-pages-of.ts'

type Done = Answer<typeof readFulfilled>['wishes'][number]

/** What came of wishes, where whoever wished lets others see. */
export function DonePage({ district }: { district: string }) {
  const pages = usePages<Done>(
    (next) => inTime((signal) => call(readFulfilled, { district }, { query: next ? { next } : {}, signal })),
    district,
  )
  return (
    <Frame district={district} title="办到的心愿" at="/done">
      <PagedList
        pages={pages}
        empty={<p className="hint">还没有可以给大家看的。办到了，许愿的人又同意，就会放在这里。</p>}
      >
        {(wish) => <DoneCard key={wish.id} district={district} wish={wish} />}
      </PagedList>
    </Frame>
  )
}

function DoneCard({ district, wish }: { district: string; wish: Done }) {
  return (
    <li className="card">
      <h2>{wish.text}</h2>
      <p className="marks">
        <span className={`mark ${wish.kind}`}>{kindNames[wish.kind]}</span>
        <span className="number">
          {wish.number} 号 · {wish.communityName}
        </span>
      </p>
      <p className="facts state">
        {wish.sponsor} {dayWords(wish.doneOn, serverNow())}办到
      </p>
      {wish.note && <p className="facts">{wish.note}</p>}
      <div className="photos">
        {wish.photos.map((photo, place) => (
          <img
            key={photo}
            src={addressOf(readPhoto, { district, wish: wish.id, photo })}
            alt={`办到时的照片 ${place + 1}`}
            loading="lazy"
          />
        ))}
      </div>
      {wish.thanks && <blockquote className="said">“{wish.thanks}”</blockquote>}
    </li>
  )
}
