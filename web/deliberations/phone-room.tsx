import { type ReactNode, useState } from 'react'
import { findRoom } from '../../shared/deliberations/attendance-api.ts'
import type { Room } from '../../shared/deliberations/room.ts'
import { Refused } from '../api/call.ts'
import { keptCall } from '../api/kept-call.ts'
import { useCall } from '../api/use-call.ts'
import { Refusal } from '../kit/refusal.tsx'
import { Waiting } from '../kit/waiting.tsx'
import { Arrive } from './phone-arrive.tsx'
import { cardHere } from './phone-card.ts'
import { FindRoom } from './phone-find.tsx'
import { Inside } from './phone-inside.tsx'
import { useKeptRoom } from './use-kept-room.ts'
import { type RoomAddress, useVisit } from './visits.ts'

interface Props {
  district: string
  code: string
}

type Found = { deliberation: string } | { unknown: string }

/** The room that a code opens. A code that opens nothing asks for another one. */
async function found({ district, code }: Props): Promise<Found> {
  try {
    return await keptCall(findRoom, { district, code })
  } catch (error) {
    const isUnreachable = !(error instanceof Refused) || error.problem.code === 'unreachable'
    if (isUnreachable) throw error
    return { unknown: error.message }
  }
}

export function FoundRoom({ district, code }: Props) {
  const [turn, setTurn] = useState(0)
  const seen = useCall(() => found({ district, code }), `${district}/${code}/${turn}`)
  if (seen.face === 'waiting') return <Sheet>{<Waiting />}</Sheet>
  if (seen.face === 'refused') return <NotThere message={seen.message} again={() => setTurn(turn + 1)} />
  if ('unknown' in seen.data) return <FindRoom message={seen.data.unknown} />
  return <KnownRoom at={{ district, deliberation: seen.data.deliberation }} />
}

function KnownRoom({ at }: { at: RoomAddress }) {
  const visit = useVisit(at)
  const { seen, live } = useKeptRoom(at)
  if (visit === 'unread' || seen.face === 'waiting') return <Sheet>{<Waiting />}</Sheet>
  if (seen.face === 'refused') return <NotThere message={seen.message} again={() => location.reload()} />
  const room: Room = seen.data
  const isIn = visit?.state === 'in' && !hasOtherCard(visit.seat)
  if (isIn || (visit?.number && room.head.status === 'closed')) return <Inside room={room} visit={visit} live={live} />
  return <Arrive room={room} at={at} visit={visit} />
}

/** Somebody holds a seat card to a phone that has signed in without it. */
function hasOtherCard(seat: number | null | undefined): boolean {
  const card = cardHere()
  return card !== undefined && card.seat !== seat
}

function NotThere({ message, again }: { message: string; again(): void }) {
  return (
    <Sheet>
      <Refusal message={message} />
      <button type="button" className="main" onClick={again}>
        再试一次
      </button>
    </Sheet>
  )
}

const Sheet = ({ children }: { children: ReactNode }) => <main className="sheet">{children}</main>
