import { useState } from 'react'
import { NavLink } from 'react-router'
import type { Me } from '../../shared/people/api.ts'
import { listNotices } from '../../shared/people/notices-api.ts'
import { reasonOf } from '../api/call.ts'
import { useAnswer } from '../api/use-answer.ts'
import { goOut } from './session.ts'

/** Who is signed in, with the way to their messages and their account, and out. */
export function SessionBar({ me }: { me: Me }) {
  const inbox = useAnswer(listNotices, undefined)
  const unread = inbox.face === 'ready' ? inbox.data.unread : 0
  return (
    <nav aria-label="我的" className="own">
      <NavLink to="/inbox">消息{unread > 0 && <span className="tag">{unread} 条未读</span>}</NavLink>
      <NavLink to="/account">{me.name || '手机用户'}（我的账号）</NavLink>
      <SignOut />
    </nav>
  )
}

export function SignOut() {
  const [said, setSaid] = useState('')
  const leave = () => goOut().catch((error: unknown) => setSaid(reasonOf(error).message))
  return (
    <>
      <button type="button" className="plain" onClick={leave}>
        退出
      </button>
      {said && <span role="alert">{said}</span>}
    </>
  )
}
