import { Button } from 'antd'
import { useState } from 'react'
import { endPersonSession, listPersonSessions, type Session } from '../../shared/people/api.ts'
import { call, reasonOf } from '../api/call.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Refusal } from '../kit/refusal.tsx'
import { Screen } from '../kit/screen-face.tsx'
import { momentWords } from './people-words.ts'
import { deviceWords } from './session-device.ts'

interface Props {
  params: { district: string; person: string }
  mayEnd: boolean
}

/** Where a person is signed in now. */
export function PersonSessions({ params, mayEnd }: Props) {
  const seen = useAnswer(listPersonSessions, params)
  const [refused, setRefused] = useState('')
  const end = async (session: string) => {
    setRefused('')
    await call(endPersonSession, { ...params, session }).catch((error: unknown) => setRefused(reasonOf(error).message))
    if (seen.face === 'ready') seen.again()
  }
  return (
    <section aria-label="正在使用的登录">
      <h2>正在使用的登录</h2>
      {refused && <Refusal message={refused} />}
      <Screen seen={seen}>
        {(sessions) =>
          sessions.length === 0 ? (
            <p className="note">现在没有登录。</p>
          ) : (
            <ul className="sessions">
              {sessions.map((session) => (
                <li key={session.id}>
                  <SessionWords session={session} />
                  {mayEnd && !session.current && <Button onClick={() => end(session.id)}>结束这处登录</Button>}
                </li>
              ))}
            </ul>
          )
        }
      </Screen>
    </section>
  )
}

function SessionWords({ session: { startedAt, seenAt, from, device, current } }: { session: Session }) {
  return (
    <p>
      {momentWords(startedAt)} 登录，最近使用 {momentWords(seenAt)}
      {current && <span className="tag">就是这里</span>}
      <span className="sub">
        {from ?? '地址不详'} · {deviceWords(device)}
      </span>
    </p>
  )
}
