import { useEffect } from 'react'
import { keepForOffline } from '../api/offline-pages.ts'
import { BoardPage } from './phone-board.tsx'
import { DonePage } from './phone-done.tsx'
import type { Door } from './phone-door.ts'
import { FindBoard } from './phone-find.tsx'
import { NewPage } from './phone-new.tsx'
import { outgoing } from './phone-outgoing.ts'
import { OwnPage } from './phone-own.tsx'
import { WishPage } from './phone-wish.tsx'
import './phone.css'

outgoing.keepSending()

/** Until then the page itself needs the network. */
const OFFLINE_AFTER_MS = 2_000

/** Everything that couriers and residents see of small wishes on a phone. */
export default function PhonePages({ path, door }: { path: string; door: Door }) {
  useEffect(() => {
    document.title = '微心愿'
    const timer = setTimeout(() => keepForOffline('wishes'), OFFLINE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  const [, , typed, page, wish] = path.split('/').map(decoded)
  if (!typed || !/^[A-Za-z]{2,4}$/.test(typed)) return <FindBoard />
  const district = typed.toUpperCase()
  if (page === 'new') return <NewPage district={district} door={door} />
  if (page === 'own') return <OwnPage district={district} door={door} />
  if (page === 'done') return <DonePage district={district} />
  if (page === 'wish' && wish) return <WishPage district={district} id={wish} />
  return <BoardPage district={district} />
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
