import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { endSession, listSessions, type Session } from '../../shared/people/api.ts'
import { addressOf, call, reasonOf } from '../api/call.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Screen } from '../kit/screen-face.tsx'
import { Scroll } from '../kit/scroll.tsx'
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
    <Scroll label="登录中的设备">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">设备</th>
            <th scope="col">来自</th>
            <th scope="col">登录时间</th>
            <th scope="col">最近使用</th>
            <th scope="col">操作</th>
          </tr>
        </thead>
        <tbody>
          {sessions.map(({ id, device, from, startedAt, seenAt, current }) => (
            <tr key={id}>
              <th scope="row">{deviceWords(device)}</th>
              <td>{from ?? '不详'}</td>
              <td>{momentWords(startedAt)}</td>
              <td>{momentWords(seenAt)}</td>
              <td>
                {current ? (
                  <span className="tag">就是这里</span>
                ) : (
                  <button
                    type="button"
                    className="small"
                    aria-label={`结束${deviceWords(device)}的登录`}
                    onClick={() => end(id)}
                  >
                    结束
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
