import { Button } from 'antd'
import { forget, type Parcel, sendAgain } from './outbox.ts'

interface Props {
  parcels: Parcel[]
  trouble: string | undefined
  /** What one of them is, for the person who wrote it. */
  wordsOf(parcel: Parcel): string
}

/** What still waits on this computer, and what the server would not take, with its words. */
export function DeskParcels({ parcels, trouble, wordsOf }: Props) {
  const waiting = parcels.filter(({ state }) => state === 'waiting')
  const refused = parcels.filter(({ state }) => state === 'refused')
  return (
    <>
      <p role="status" className="room-waiting">
        {waiting.length > 0 &&
          `${trouble ? `${trouble}，` : ''}${waiting.length} 条已存在这台电脑上，${trouble ? '恢复后自动送出' : '正在送出'}。`}
      </p>
      {refused.map((parcel) => (
        <div key={parcel.id} className="refusal room-refused" role="alert">
          <p>
            没有收下“{wordsOf(parcel)}”：{parcel.problem?.message}
          </p>
          <Button size="small" onClick={() => void sendAgain(parcel)}>
            再送一次
          </Button>
          <Button size="small" onClick={() => void forget(parcel)}>
            不要了
          </Button>
        </div>
      ))}
    </>
  )
}
