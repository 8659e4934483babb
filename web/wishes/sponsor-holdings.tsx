import { Link, useSearchParams } from 'react-router'
import type { District } from '../../shared/places/api.ts'
import type { Holding, Sponsor } from '../../shared/wishes/claims-api.ts'
import { Screen } from '../kit/screen-face.tsx'
import { Certificate } from './sponsor-certificate.tsx'
import { EndedHolding } from './sponsor-ended.tsx'
import { LiveHolding } from './sponsor-holding.tsx'
import { Membership, useHeld } from './sponsor-membership.tsx'
import './sponsor.css'

/** What our organisation has claimed: what is due first comes first, then what has ended. `?wish=` points at one. */
export default function SponsorHoldings({ district: { code: district } }: { district: District }) {
  const held = useHeld(district)
  return (
    <>
      <h1>本单位认领的心愿</h1>
      <Screen seen={held}>
        {({ sponsor, holdings }) =>
          sponsor ? <Holdings {...{ district, sponsor, holdings }} /> : <Membership held={{ sponsor, holdings }} />
        }
      </Screen>
    </>
  )
}

interface Props {
  district: string
  sponsor: Sponsor
  holdings: Holding[]
}

function Holdings({ district, sponsor, holdings }: Props) {
  const [search] = useSearchParams()
  const live = holdings.filter((one) => one.live).sort(byUrgency)
  const ended = holdings.filter((one) => !one.live)
  const fulfilled = ended.filter((one) => one.ended === 'fulfilled').length
  return (
    <>
      <p className="panel calm">
        {sponsor.name}：在办 {live.length} 个（最多 {sponsor.limit} 个），办结 {fulfilled} 个。
        <Link to="/board">去心愿墙</Link>
      </p>
      {fulfilled > 0 && <Certificate district={district} sponsor={sponsor.id} />}
      {live.length === 0 && (
        <p className="panel">
          {ended.length > 0 ? '认领的都办完了，谢谢！' : '贵单位还没有认领心愿。'}请到
          <Link to="/board">心愿墙</Link>看看，等得最久的排在前面。
        </p>
      )}
      <ul className="holdings">
        {live.map((one) => (
          <LiveHolding key={one.claim} {...{ district, holding: one, isSought: search.get('wish') === one.wish.id }} />
        ))}
      </ul>
      {ended.length > 0 && (
        <>
          <h2>已经结束的</h2>
          <ul className="holdings">
            {ended.map((one) => (
              <EndedHolding key={one.claim} holding={one} />
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** What still is to be done comes before what waits for somebody else. */
function byUrgency(a: Holding, b: Holding): number {
  const waits = ({ wish }: Holding) => (wish.state === 'claimed' ? 0 : 1)
  return waits(a) - waits(b) || a.dueOn.localeCompare(b.dueOn) || a.wish.number - b.wish.number
}
