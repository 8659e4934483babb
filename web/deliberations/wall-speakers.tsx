import type { Room, RoomSpeaker } from '../../shared/deliberations/room.ts'
import { TimeLeft } from './desk-time.tsx'

const NEXT = 3

/** Who speaks, how long they still have, and who comes next. */
export function WallSpeakers({ room: { head, speakers } }: { room: Room }) {
  const speaking = speakers.find(({ state }) => state === 'speaking')
  const waiting = speakers.filter(({ state }) => state === 'waiting')
  if (!speaking && waiting.length === 0) return null
  return (
    <footer>
      {speaking && (
        <p>
          正在发言 <strong>{nameOf(speaking)}</strong>
          {speaking.startedAt && <TimeLeft startedAt={speaking.startedAt} seconds={head.speakerSeconds} />}
        </p>
      )}
      {waiting.length > 0 && (
        <p className="wall-next">
          {speaking ? '接下来' : '请准备发言'} {waiting.slice(0, NEXT).map(nameOf).join('、')}
          {waiting.length > NEXT && ` 等 ${waiting.length} 人`}
        </p>
      )}
    </footer>
  )
}

const nameOf = ({ label, first }: RoomSpeaker): string => `${label}${first ? '（首次发言）' : ''}`
