import { itemKindNames } from '../../shared/deliberations/kinds.ts'
import type { Room } from '../../shared/deliberations/room.ts'
import { TimeLeft } from './desk-time.tsx'

/** Which meeting it is, where it is in its agenda, and how much time there is. */
export function WallHead({ room: { head, items } }: { room: Room }) {
  const at = items.findIndex(({ state }) => state === 'current')
  const item = items[at]
  return (
    <header>
      <h1>{head.title}</h1>
      {item && (
        <p className="wall-item">
          <span>
            第 {at + 1} 项 · {itemKindNames[item.kind]}：<strong>{item.title}</strong>
          </span>
          {item.startedAt && <TimeLeft startedAt={item.startedAt} seconds={item.minutes * 60} />}
        </p>
      )}
    </header>
  )
}
