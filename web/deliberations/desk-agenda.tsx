import { Button } from 'antd'
import { goToItem } from '../../shared/deliberations/attendance-api.ts'
import { itemKindNames } from '../../shared/deliberations/kinds.ts'
import type { RoomItem } from '../../shared/deliberations/room.ts'
import { useAct } from '../api/use-act.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Refusal } from '../kit/refusal.tsx'
import { useDesk } from './desk-here.ts'
import { TimeLeft } from './desk-time.tsx'

const stateWords: Record<RoomItem['state'], string> = { waiting: '', current: '正在进行', done: '已完' }

/** The agenda with the time of the current item; the room goes on with one press. */
export function DeskAgenda() {
  const { params, room } = useDesk()
  const { items, head } = room
  const { act, busy, refused } = useAct()
  const mayRun = usePermitted().may(goToItem) && head.status === 'open'
  const at = items.findIndex(({ state }) => state === 'current')
  const next = items.slice(at + 1).find(({ state }) => state === 'waiting')
  const go = (item: string | null) => void act(goToItem, params, { item })
  return (
    <section className="room-part" aria-labelledby="agenda">
      <header>
        <h2 id="agenda">议程</h2>
        {mayRun && (next || at >= 0) && (
          <Button size="small" type="primary" disabled={busy} onClick={() => go(next?.id ?? null)}>
            {next ? (at < 0 ? '进入第一项' : '下一项') : '议程结束'}
          </Button>
        )}
      </header>
      {refused && <Refusal message={refused} />}
      {items.length === 0 && <p className="under">没有议程。需要计时的话，请先在“筹备”里列出。</p>}
      <ol className="room-agenda">
        {items.map((item) => (
          <li key={item.id} className={item.state} aria-current={item.state === 'current' ? 'step' : undefined}>
            <div>
              <span className="item-title">{item.title}</span>
              <span className="sub">
                {itemKindNames[item.kind]} · {item.minutes} 分钟
                {stateWords[item.state] && ` · ${stateWords[item.state]}`}
              </span>
            </div>
            {item.state === 'current' && item.startedAt && (
              <TimeLeft startedAt={item.startedAt} seconds={item.minutes * 60} />
            )}
            {mayRun && item.state !== 'current' && item.id !== next?.id && (
              <Button size="small" type="link" disabled={busy} onClick={() => go(item.id)}>
                {item.state === 'done' ? '回到' : '进入'}
                <span className="unseen">“{item.title}”</span>
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
