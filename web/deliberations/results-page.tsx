import { findRoom } from '../../shared/deliberations/attendance-api.ts'
import { readPublicMinutes, readResults } from '../../shared/deliberations/minutes-api.ts'
import { type Answer, addressOf } from '../api/call.ts'
import { keptCall } from '../api/kept-call.ts'
import { useCall } from '../api/use-call.ts'
import { Refusal } from '../kit/refusal.tsx'
import { Waiting } from '../kit/waiting.tsx'
import { FindResult } from './results-find.tsx'
import { FollowedUp, ResultCard } from './results-parts.tsx'
import { type RoomAddress, useVisit } from './visits.ts'
import './phone.css'

export type Results = Answer<typeof readResults>

async function resultsAt(district: string, code: string): Promise<{ at: RoomAddress; results: Results }> {
  const { deliberation } = await keptCall(findRoom, { district, code })
  const at = { district, deliberation }
  return { at, results: await keptCall(readResults, at) }
}

/** 你提的 → 结果: what residents said, what came of it, and the minutes once they are published. */
export default function ResultsPage({ district, code }: { district: string; code: string }) {
  const seen = useCall(() => resultsAt(district, code), `${district}/${code}`)
  return (
    <main className="sheet room">
      {seen.face === 'waiting' && <Waiting />}
      {seen.face === 'refused' && <Refusal message={seen.message} />}
      {seen.face === 'ready' && <Shown {...seen.data} />}
      <p>
        <a href={`/m/${district}/${code}`}>回到议事页面</a>
      </p>
    </main>
  )
}

function Shown({ at, results }: { at: RoomAddress; results: Results }) {
  return (
    <>
      <h1>办理结果</h1>
      <p>{results.title}</p>
      <Minutes at={at} results={results} />
      <Own at={at} results={results} />
      <FindResult results={results} />
      <FollowedUp results={results} />
    </>
  )
}

function Minutes({ at, results: { published, sha256 } }: { at: RoomAddress; results: Results }) {
  if (!published) return <p className="hint">纪要还在整理，公布后可以在这里下载。</p>
  return (
    <>
      <a className="main" href={addressOf(readPublicMinutes, at)} download>
        下载纪要（PDF）
      </a>
      <p className="small">纪要已经审定，不会再改。校验值：{sha256?.slice(0, 16)}……</p>
    </>
  )
}

/** What was said from this phone. */
function Own({ at, results }: { at: RoomAddress; results: Results }) {
  const visit = useVisit(at)
  const numbers = visit === 'unread' ? [] : (visit?.own?.statements ?? []).map(({ number }) => number)
  const own = results.statements.filter(({ number }) => numbers.includes(number))
  if (own.length === 0) return null
  return (
    <section>
      <h2>您提的</h2>
      {own.map((one) => (
        <ResultCard key={one.number} one={one} results={results} />
      ))}
    </section>
  )
}
