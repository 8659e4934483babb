import { useEffect, useState } from 'react'
import type { Sending } from '../api/sender.ts'
import { listenToOutbox, outbox, type Parcel, parcelsOf } from './outbox.ts'

/** What was said here and has not reached the server, or came back from it, and how it stands with sending. */
export function useParcels(deliberation: string): { parcels: Parcel[]; sending: Sending } {
  const [seen, setSeen] = useState({ parcels: [] as Parcel[], sending: outbox.now() })
  useEffect(() => {
    let isHere = true
    const look = async () => {
      const parcels = await parcelsOf(deliberation)
      if (isHere) setSeen({ parcels, sending: outbox.now() })
    }
    void look()
    const stops = [listenToOutbox(() => void look()), outbox.listen(() => void look())]
    return () => {
      isHere = false
      for (const stop of stops) stop()
    }
  }, [deliberation])
  return seen
}
