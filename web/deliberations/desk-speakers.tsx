import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { addSpeaker, moveSpeaker } from '../../shared/deliberations/attendance-api.ts'
import type { RoomSpeaker } from '../../shared/deliberations/room.ts'
import { type Act, useAct } from '../api/use-act.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { randomId } from '../kit/random-id.ts'
import { Refusal } from '../kit/refusal.tsx'
import { useDesk } from './desk-here.ts'
import { seatDigits } from './desk-seat.ts'
import { TimeLeft } from './desk-time.tsx'

/** Who speaks and who is next. */
export function DeskSpeakers() {
  const { params, room } = useDesk()
  const doing = useAct()
  const mayRun = usePermitted().may(moveSpeaker) && room.head.status === 'open'
  const first = room.speakers.find(({ state }) => state === 'waiting')
  const speaking = room.speakers.find(({ state }) => state === 'speaking')
  const move = (speaker: RoomSpeaker, state: 'speaking' | 'done' | 'withdrawn') =>
    void doing.act(moveSpeaker, { ...params, speaker: speaker.id }, { state })
  return (
    <section className="room-part" aria-labelledby="speakers">
      <header>
        <h2 id="speakers">发言顺序</h2>
        {mayRun && speaking && (
          <Button size="small" disabled={doing.busy} onClick={() => move(speaking, 'done')}>
            发言完
          </Button>
        )}
        {mayRun && first && (
          <Button size="small" type="primary" disabled={doing.busy} onClick={() => move(first, 'speaking')}>
            请下一位
          </Button>
        )}
      </header>
      {mayRun && <AddSpeaker doing={doing} />}
      {doing.refused && <Refusal message={doing.refused} />}
      {room.speakers.length === 0 && room.head.status !== 'closed' && (
        <p className="under">还没有人要发言。手机上举手的会自动排进来。</p>
      )}
      <ol className="room-speakers">
        {[...room.speakers].sort(speakingFirst).map((speaker) => (
          <li key={speaker.id} className={speaker.state}>
            <span>
              {speaker.state === 'speaking' && <strong>正在发言 </strong>}
              {speaker.label} {speaker.first && <span className="tag">首次发言</span>}
            </span>
            {speaker.startedAt && <TimeLeft startedAt={speaker.startedAt} seconds={room.head.speakerSeconds} />}
            {mayRun && speaker.state === 'waiting' && (
              <span>
                {speaker !== first && (
                  <Button size="small" type="link" disabled={doing.busy} onClick={() => move(speaker, 'speaking')}>
                    先请<span className="unseen">{speaker.label}</span>
                  </Button>
                )}
                <Button size="small" type="link" disabled={doing.busy} onClick={() => move(speaker, 'withdrawn')}>
                  划去<span className="unseen">{speaker.label}</span>
                </Button>
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

const speakingFirst = (a: RoomSpeaker, b: RoomSpeaker): number =>
  Number(b.state === 'speaking') - Number(a.state === 'speaking')

function AddSpeaker({ doing }: { doing: Act }) {
  const { params } = useDesk()
  const [typed, setTyped] = useState('')
  const add = async (event: FormEvent) => {
    event.preventDefault()
    const seat = seatDigits(typed)
    if (seat && (await doing.act(addSpeaker, params, { id: randomId(), seat }))) setTyped('')
  }
  return (
    <form className="room-line" onSubmit={(event) => void add(event)}>
      <Input
        size="small"
        inputMode="numeric"
        aria-label="按座位号排进发言"
        placeholder="座位号，回车排进发言"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
    </form>
  )
}
