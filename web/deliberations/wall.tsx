import { useEffect } from 'react'
import { findRoom } from '../../shared/deliberations/attendance-api.ts'
import type { Room } from '../../shared/deliberations/room.ts'
import { call } from '../api/call.ts'
import { useCall } from '../api/use-call.ts'
import { QrCode } from '../kit/qr-code.tsx'
import { useRoom } from './use-room.ts'
import { WallHead } from './wall-head.tsx'
import { WallSpeakers } from './wall-speakers.tsx'
import { WallStage } from './wall-stage.tsx'

interface Props {
  district: string
  deliberation: string
}

/** The projector's view of a room: it moves on by itself, and nobody has to touch it. */
export function Wall({ district, deliberation }: Props) {
  const { seen, live } = useRoom(district, deliberation)
  if (seen.face === 'waiting') return <Plain>正在打开投影画面……</Plain>
  if (seen.face === 'refused') return <Plain>{seen.message}</Plain>
  const room = seen.data
  return (
    <div className="wall">
      <WallHead room={room} />
      <main>
        <WallStage room={room} />
      </main>
      <Door {...{ district, room, live }} />
      <WallSpeakers room={room} />
    </div>
  )
}

function Plain({ children }: { children: string }) {
  return (
    <main>
      <p className="wall-wait" role="status">
        {children}
      </p>
    </main>
  )
}

/** How to come in, at any time. */
function Door({ district, room, live }: { district: string; room: Room; live: boolean }) {
  const { code, title, present, status } = room.head
  const found = useCall(() => call(findRoom, { district, code }), `${district}/${code}`)
  useEffect(() => {
    document.title = `${title} 投影`
  }, [title])
  const address = found.face === 'ready' ? found.data.address : `${location.origin}/m/${district}/${code}`
  return (
    <aside aria-label="怎样进来">
      <QrCode text={address} label={`二维码，手机扫码进入房间 ${code}`} />
      <p>{status === 'closed' ? '扫码看结果' : '手机扫码进来'}</p>
      <p>
        房间号 <strong className="wall-code">{code}</strong>
      </p>
      <p role="status">
        到会 <strong>{present}</strong> 人
      </p>
      {!live && (
        <p className="wall-cut" role="alert">
          网络断了，正在重连
        </p>
      )}
    </aside>
  )
}
