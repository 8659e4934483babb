import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { endSession, listSessions, type Session } from '../../shared/people/api.ts'
import { addressOf, call, reasonOf } from '../api/call.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Screen } from '../kit/screen-face.tsx'
import { momentWords } from './people-words.ts'
import { deviceWords } from './session-device.ts'

/** Where somebody is signed in; every place but this one can be ended from here. */
export function OwnSessions() {
  const seen = useAnswer(listSessions, undefined)
  const queries = useQueryClient()
  const [said, setSaid] = useState('')
  const end = async (session: string) => {
    setSaid('')
    const words = await call(endSession, { session }).then(
      () => '已结束那一处的登录。',
      (error: unknown) => reasonOf(error).message,
    )
    await queries.invalidateQueries({ queryKey: [addressOf(listSessions, undefined)] })
    setSaid(words)
  }
  return (
    <>
      <Screen seen={seen}>{(sessions) => <Sessions sessions={sessions} end={end} />}</Screen>
      <p role="status" className="under">
        {said}
      </p>
    </>
  )
}

function Sessions({ sessions, end }: { sessions: Session[]; end(id: string): void }) {
  return (
    <ul className="notices">
      {sessions.map(({ id, device, from, startedAt, seenAt, current }) => (
        <li key={id} className="panel">
          <p>
            {deviceWords(device)} {current && <span className="tag">就是这里</span>}
          </p>
          <p className="under">
            <span>来自 {from ?? '不详'}</span>
            <span>{momentWords(startedAt)} 登录</span>
            <span>{momentWords(seenAt)} 最近使用</span>
            {!current && (
              <button
                type="button"
                className="link"
                aria-label={`结束${deviceWords(device)}的登录`}
                onClick={() => end(id)}
              >
                结束这处登录
              </button>
            )}
          </p>
        </li>
      ))}
    </ul>
  )
}
