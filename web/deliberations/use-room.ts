import { useEffect, useRef, useState } from 'react'
import type { Room } from '../../shared/deliberations/room.ts'
import type { Face } from '../api/use-call.ts'
import { type DeskAbout, followRoom } from './room-stream.ts'

/**
 * A room that is followed as long as the screen stands. `live` false: what is shown may be out of date. With `onDesk` the
 * desk's stream is followed, which says what the desk alone has to read again.
 */
export function useRoom(
  district: string,
  deliberation: string,
  onDesk?: (about: DeskAbout) => void,
): { seen: Face<Room>; live: boolean } {
  const [seen, setSeen] = useState<Face<Room>>({ face: 'waiting' })
  const [live, setLive] = useState(false)
  const heard = useRef(onDesk)
  heard.current = onDesk
  const isDesk = onDesk !== undefined
  useEffect(() => {
    setSeen({ face: 'waiting' })
    return followRoom(district, deliberation, {
      room: (data) => setSeen({ face: 'ready', data }),
      live: setLive,
      refused: (message) => setSeen({ face: 'refused', message }),
      ...(isDesk && { desk: (about) => heard.current?.(about) }),
    })
  }, [district, deliberation, isDesk])
  return { seen, live }
}
