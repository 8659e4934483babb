import { useState } from 'react'
import type { RoomHead } from '../../shared/deliberations/room.ts'
import { reasonOf } from '../api/call.ts'
import { Refusal } from '../kit/refusal.tsx'
import { goAway, type Visit } from './visits.ts'

/** A consultation has nobody present to leave it. */
export function Leave({ visit, head }: { visit: Visit; head: RoomHead }) {
  const [face, setFace] = useState<'shut' | 'asking' | 'working'>('shut')
  const [wrong, setWrong] = useState<string>()
  if (head.kind === 'consultation' || head.status === 'closed') return null
  const go = async () => {
    setFace('working')
    setWrong(undefined)
    try {
      await goAway(visit)
    } catch (error) {
      setWrong(reasonOf(error).message)
      setFace('asking')
    }
  }
  if (face === 'shut') {
    return (
      <div className="choices">
        <button type="button" className="second" onClick={() => setFace('asking')}>
          我要先走，签退
        </button>
      </div>
    )
  }
  return (
    <section className="choices" aria-live="polite">
      <p>签退以后，就不能再发言和投票了；提过的意见、投过的票都还算数。</p>
      {wrong && <Refusal message={wrong} />}
      <button type="button" className="main" disabled={face === 'working'} onClick={() => void go()}>
        {face === 'working' ? '请稍等……' : '确定签退'}
      </button>
      <button type="button" className="second" onClick={() => setFace('shut')}>
        不走了
      </button>
    </section>
  )
}
