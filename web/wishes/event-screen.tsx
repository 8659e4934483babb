import { useEffect } from 'react'
import { listDistricts } from '../../shared/places/api.ts'
import { readWishPlaces } from '../../shared/wishes/api.ts'
import { call } from '../api/call.ts'
import { useCall } from '../api/use-call.ts'
import { QrCode } from '../kit/qr-code.tsx'
import { useCards, useFresh } from './event-cards.ts'
import { type Event, type Totals, useEvent } from './event-follow.ts'
import { EventStage } from './event-stage.tsx'
import './event.css'

interface Props {
  district: string
  community: string | null
}

/** The board on a projector at a public event: it moves on by itself, and nobody has to touch it. */
export function EventScreen({ district, community }: Props) {
  const { seen, live } = useEvent(district, community)
  const place = usePlace(district, community)
  useEffect(() => {
    document.title = `${place}微心愿`
  }, [place])
  if (seen.face === 'waiting') return <Plain>正在打开心愿墙……</Plain>
  if (seen.face === 'refused') return <Plain>{seen.message}</Plain>
  return <Board event={seen.data} place={place} live={live} />
}

function Plain({ children }: { children: string }) {
  return (
    <main>
      <p className="wall-wait" role="status">
        {children}
      </p>
    </main>
  )
}

/** Which community it is about, or which district. */
function usePlace(district: string, community: string | null): string {
  const found = useCall(async () => {
    if (!community) return (await call(listDistricts, undefined)).find(({ code }) => code === district)?.name
    const { communities } = await call(readWishPlaces, { district })
    return communities.find(({ code }) => code === community)?.name
  }, `${district}/${community}`)
  return found.face === 'ready' && found.data ? found.data : ''
}

function Board({ event, place, live }: { event: Event; place: string; live: boolean }) {
  const fresh = useFresh(event)
  const board = event.address
  return (
    <div className="event">
      <header>
        <h1>{place}微心愿</h1>
        <Sums totals={event.totals} />
      </header>
      <EventStage wishes={useCards(event)} {...{ totals: event.totals, fresh, board }} />
      <aside>
        <div className="event-door">
          <QrCode text={board} label="二维码，扫码打开心愿墙" />
          <p>
            <strong>扫码认领</strong>
            用共建单位账号登录
          </p>
        </div>
        <Claims event={event} fresh={fresh} />
        <p className="event-live" role="status">
          {live ? '' : '网络断了，正在重连'}
        </p>
      </aside>
    </div>
  )
}

const sums = { open: '待认领', claimed: '已认领', fulfilled: '已办结' } as const

function Sums({ totals }: { totals: Totals }) {
  return (
    <dl>
      {(Object.keys(sums) as (keyof typeof sums)[]).map((name) => (
        <div key={name}>
          <dt>{sums[name]}</dt>
          <dd>{totals[name]}</dd>
        </div>
      ))}
    </dl>
  )
}

const MOST_CLAIMS = 5

function Claims({ event: { claims }, fresh }: { event: Event; fresh: ReadonlySet<number> }) {
  if (claims.length === 0) return <p className="event-first">第一个认领的单位，会显示在这里。</p>
  return (
    <section aria-labelledby="claims" aria-live="polite">
      <h2 id="claims">最新认领</h2>
      <ol className="event-claims">
        {claims.slice(0, MOST_CLAIMS).map(({ number, sponsor, at }) => (
          <li key={`${number} ${at}`} className={fresh.has(number) ? 'fresh' : undefined}>
            <strong>{number} 号</strong> {sponsor}
          </li>
        ))}
      </ol>
    </section>
  )
}
