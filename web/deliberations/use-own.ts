import { useEffect } from 'react'
import type { Room } from '../../shared/deliberations/room.ts'
import { listenToOutbox, parcelsOf, whenSent } from './outbox.ts'
import { refreshOwn, type Visit } from './visits.ts'

const EVERY_MS = 60_000

/**
 * Keeps what one sees of one's own things right: asked when a statement was sent or something came back, and now and then while a
 * statement waits; a hall of people must not ask at every event.
 */
export function useOwn(visit: Visit, room: Room): void {
  const { district, deliberation, ticket } = visit
  const isWaiting = visit.own?.statements.some(({ state }) => state === 'received') ?? false
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ticket says whose visit it is
  useEffect(() => {
    void refreshOwn(visit)
    const look = () => {
      if (document.visibilityState === 'visible') void refreshOwn(visit)
    }
    const stops = [
      whenSent(({ deliberation: of, about }) => {
        if (of === deliberation && about.kind === 'statement') void refreshOwn(visit)
      }),
      whenComeBack(deliberation, () => void refreshOwn(visit)),
    ]
    document.addEventListener('visibilitychange', look)
    addEventListener('online', look)
    return () => {
      for (const stop of stops) stop()
      document.removeEventListener('visibilitychange', look)
      removeEventListener('online', look)
    }
  }, [district, deliberation, ticket])
  const turned = room.head.status
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when the room opens or closes
  useEffect(() => {
    if (!isWaiting) return
    const timer = setInterval(() => void refreshOwn(visit), EVERY_MS * (0.75 + Math.random() / 2))
    return () => clearInterval(timer)
  }, [isWaiting, ticket, turned])
}

/** What came back was shown as done. */
function whenComeBack(deliberation: string, act: () => void): () => void {
  let before = 0
  return listenToOutbox(() => {
    void parcelsOf(deliberation).then((parcels) => {
      const refused = parcels.filter(({ state }) => state === 'refused').length
      if (refused > before) act()
      before = refused
    })
  })
}
