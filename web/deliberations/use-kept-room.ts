import { useEffect, useState } from 'react'
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
  const room = seen.face === 'ready' ? seen.data : undefined
  useEffect(() => {
    if (room) keepAnswer(readRoom, { district, deliberation }, room)
  }, [district, deliberation, room])
  if (seen.face !== 'ready' && earlier) return { seen: { face: 'ready', data: earlier }, live: false }
  return { seen, live }
}
