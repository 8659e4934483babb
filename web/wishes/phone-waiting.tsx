import { useSyncExternalStore } from 'react'
import { type Draft, settleDraft } from './phone-drafts.ts'
import { outgoing } from './phone-outgoing.ts'

const reasons = {
  unreachable: '现在连不上网。心愿存在这部手机里，有了网会自己发出去；关掉这一页也不要紧，下次打开接着发。',
  busy: '现在人多，系统忙不过来。心愿存在这部手机里，过一会儿会自己再发，不用重写。',
  'signed-out': '登录过期了。心愿还在，请按“改一改”，再用验证码登录一次。',
} as const

/** It is on its way, or waits for the network. */
export function WaitingToGo({ draft }: { draft: Draft }) {
  const sending = useSyncExternalStore(outgoing.listen, outgoing.now)
  const isLater = sending.face === 'later'
  return (
    <>
      <p className={isLater ? 'refusal' : 'hint'} role="status">
        {isLater ? reasons[sending.why] : '正在发出去，请稍等……'}
      </p>
      <blockquote className="card said">{draft.text}</blockquote>
      {isLater && (
        <div className="choices">
          <button type="button" className="main" onClick={() => void outgoing.send()}>
            现在再试一次
          </button>
          {!draft.receipt && (
            <button
              type="button"
              className="second"
              onClick={() => void settleDraft(draft, (present) => ({ ...present, state: 'draft' }))}
            >
              改一改
            </button>
          )}
        </div>
      )}
    </>
  )
}
