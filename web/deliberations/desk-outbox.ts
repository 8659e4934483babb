import { useEffect } from 'react'
import { outbox, type Parcel, whenSent } from './outbox.ts'
import { useParcels } from './use-parcels.ts'

export interface Waiting {
  parcels: Parcel[]
  /** Why nothing can be sent now, in words. */
  trouble?: string
}

const troubles = {
  unreachable: '现在连不上服务器',
  busy: '服务器现在很忙',
  'signed-out': '登录已过期，请在另一个标签页登录',
}

/** What was written here and has not reached the server. */
export function useWaiting(deliberation: string): Waiting {
  const { parcels, sending } = useParcels(deliberation)
  return { parcels, ...(sending.face === 'later' && { trouble: troubles[sending.why] }) }
}

/** Sends what waits for as long as the page lives, at once when the room is heard again, and says what was sent. */
export function useSending(deliberation: string, live: boolean, sent: (parcel: Parcel) => void): void {
  useEffect(() => {
    if (live) void outbox.send()
  }, [live])
  useEffect(() => {
    const again = () => void outbox.send()
    addEventListener('online', again)
    const stop = whenSent((parcel) => parcel.deliberation === deliberation && sent(parcel))
    return () => {
      removeEventListener('online', again)
      stop()
    }
  }, [deliberation, sent])
}
