import { readFulfilled, readPhoto } from '../../shared/wishes/api.ts'
import { kindNames } from '../../shared/wishes/kinds.ts'
import { type Answer, addressOf, call } from '../api/call.ts'
import { inTime } from '../api/kept-call.ts'
import { serverNow } from '../api/server-clock.ts'
import { Refusal } from '../kit/refusal.tsx'
import { Waiting } from '../kit/waiting.tsx'
import { dayWords } from './days.ts'
import { More } from './phone-board.tsx'
import { Frame, TryAgain } from './phone-frame.tsx'
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
      {pages.face === 'waiting' && <Waiting />}
      {pages.face === 'refused' && (
        <>
          <Refusal message={pages.message ?? ''} />
          <TryAgain again={pages.again} />
        </>
      )}
      {pages.face === 'ready' && pages.rows.length === 0 && (
        <p className="hint">还没有可以给大家看的。办到了，许愿的人又同意，就会放在这里。</p>
      )}
      {pages.face === 'ready' && pages.rows.length > 0 && (
        <>
          <ul className="cards">
            {pages.rows.map((wish) => (
              <DoneCard key={wish.id} district={district} wish={wish} />
            ))}
          </ul>
          <More pages={pages} />
        </>
      )}
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
