import { Link } from 'react-router'
import { readHoldings } from '../../shared/wishes/claims-api.ts'
import type { Answer } from '../api/call.ts'
import { type Seen, useAnswer } from '../api/use-answer.ts'
import { usePermitted } from '../kit/permitted.tsx'

export type Held = Answer<typeof readHoldings>

/** What the organisation of whoever is here holds; nothing is asked for people who can be of none. */
export function useHeld(district: string): Seen<Held> {
  const mayHold = usePermitted().may(readHoldings)
  const seen = useAnswer(readHoldings, { district }, {}, mayHold)
  if (mayHold) return seen
  return { face: 'ready', data: { sponsor: null, holdings: [] }, again: () => undefined }
}

/** As whom somebody claims, or what to do before they can. */
export function Membership({ held: { sponsor, holdings } }: { held: Held }) {
  const mayHold = usePermitted().may(readHoldings)
  if (!mayHold) return <p className="panel calm">您可以查看心愿。认领要用“共建单位成员”的账号登录。</p>
  if (!sponsor)
    return (
      <p className="panel calm">您还没有加入共建单位，请找社区书记把您加进单位成员名单；加好后刷新这一页就能认领。</p>
    )
  const open = holdings.filter(({ live }) => live).length
  return (
    <p className="panel calm">
      {sponsor.name}：在办 {open} 个，最多同时认领 {sponsor.limit} 个。
      {sponsor.active ? (
        <Link to="/holdings">看本单位认领的</Link>
      ) : (
        '现在暂停认领新的心愿，已认领的请继续办好；要恢复请找社区书记。'
      )}
    </p>
  )
}
