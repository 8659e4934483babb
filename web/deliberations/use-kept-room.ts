import { useEffect, useRef, useState } from 'react'
import { readRoom } from '../../shared/deliberations/attendance-api.ts'
import type { Room } from '../../shared/deliberations/room.ts'
import { keepAnswer, keptAnswer } from '../api/kept-call.ts'
import type { Face } from '../api/use-call.ts'
import { useRoom } from './use-room.ts'
import type { RoomAddress } from './visits.ts'

/** The room as it is; without network, as this phone saw it last. */
export function useKeptRoom(at: RoomAddress): { seen: Face<Room>; live: boolean } {
  const { district, deliberation } = at
  const { seen, live } = useRoom(district, deliberation)
  const [earlier, setEarlier] = useState<Room>()
  useEffect(() => {
    void keptAnswer(readRoom, { district, deliberation }).then(setEarlier)
  }, [district, deliberation])
  useKeeping(at, seen.face === 'ready' ? seen.data : undefined)
  if (seen.face !== 'ready' && earlier) return { seen: { face: 'ready', data: earlier }, live: false }
  return { seen, live }
}

/** A room may change many times a second, a phone is not to write as often. */
const PAUSE_MS = 300

function useKeeping({ district, deliberation }: RoomAddress, room: Room | undefined): void {
  const keptAt = useRef(0)
  useEffect(() => {
    if (!room) return
    const keep = () => {
      keptAt.current = Date.now()
      keepAnswer(readRoom, { district, deliberation }, room)
    }
    const timer = setTimeout(keep, Math.max(0, keptAt.current + PAUSE_MS - Date.now()))
    return () => clearTimeout(timer)
  }, [district, deliberation, room])
}
