import type { Sending } from '../api/sender.ts'
import { forget, outbox, type Parcel, sendAgain } from './outbox.ts'

/** What has not reached the server, and what it would not take. */
export function Post({ parcels, sending }: { parcels: Parcel[]; sending: Sending }) {
  const waiting = parcels.filter(({ state }) => state === 'waiting')
  const refused = parcels.filter(({ state }) => state === 'refused')
  return (
    <div aria-live="polite">
      {waiting.length > 0 && sending.face === 'later' && (
        <div className="hint">
          <p>
            {sending.why === 'unreachable' ? '现在没有网络' : '现在人多，要等一等'}：{waiting.length}{' '}
            条存在这部手机里，会自动发出去，不用重写。
          </p>
          <button type="button" className="second" onClick={() => void outbox.send()}>
            现在再试一次
          </button>
        </div>
      )}
      {refused.map((parcel) => (
        <div className="refusal" key={parcel.id}>
          <p>{parcel.problem?.message}</p>
          {parcel.about.kind === 'statement' && <p>您写的是：“{parcel.about.text}”</p>}
          <div className="pair">
            {parcel.about.kind === 'statement' && (
              <button type="button" className="second" onClick={() => void sendAgain(parcel)}>
                再发一次
              </button>
            )}
            <button type="button" className="second" onClick={() => void forget(parcel)}>
              知道了
            </button>
          </div>
        </div>
      ))}
    </div>
  )
}
