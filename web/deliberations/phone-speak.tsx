import { askToSpeak } from '../../shared/deliberations/attendance-api.ts'
import type { Room } from '../../shared/deliberations/room.ts'
import { randomId } from '../kit/random-id.ts'
import { type Parcel, post } from './outbox.ts'
import type { Visit } from './visits.ts'

interface Props {
  room: Room
  visit: Visit
  /** How the list of speakers calls this person. */
  label: string
  parcels: Parcel[]
}

/** A hand to raise, and how many come before. */
export function Speak({ room: { speakers }, visit, label, parcels }: Props) {
  const mine = speakers.find((one) => one.label === label)
  const isWaiting = parcels.some(({ about, state }) => about.kind === 'hand' && state === 'waiting')
  const raise = () => {
    const { district, deliberation, ticket } = visit
    const id = randomId()
    void post(askToSpeak, { district, deliberation }, { id, ticket }, { id, deliberation, about: { kind: 'hand' } })
  }
  return (
    <section aria-live="polite">
      {mine ? (
        <p className="good">{mine.state === 'speaking' ? '轮到您了，请发言。' : placeWords(speakers, mine.id)}</p>
      ) : isWaiting ? (
        <p className="hint">正在替您举手……</p>
      ) : (
        <button type="button" className="second" onClick={raise}>
          举手，我要发言
        </button>
      )}
    </section>
  )
}

function placeWords(speakers: Room['speakers'], id: string): string {
  const before = speakers.filter(({ state }) => state === 'waiting').findIndex((one) => one.id === id)
  const where = before === 0 ? '下一位就是您' : `您前面还有 ${before} 位`
  return `已经举手，${where}。不想说了，跟工作人员讲一声。`
}
