import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Me } from '../../shared/people/api.ts'
import type { District } from '../../shared/places/api.ts'
import { listCommunities } from '../../shared/places/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { OwnSessions } from './own-account-sessions.tsx'
import { OwnData } from './own-data.tsx'
import { heldRoles } from './people-words.ts'
import { SecondFactorSetUp } from './second-factor-set-up.tsx'
import { SetPassword } from './set-password.tsx'
import './session.css'

/** Somebody's own account: what they may do, where they are signed in, and what they sign in with. */
export default function OwnAccountPage({ district, me }: { district: District; me: Me }) {
  return (
    <>
      <h1>我的账号</h1>
      <OwnRoles district={district} me={me} />
      <h2>登录中的设备</h2>
      <p className="note">有不认识的，请马上结束它{me.hasPassword ? '，再修改密码' : ''}。</p>
      <OwnSessions />
      {me.hasPassword && (
        <>
          <h2>密码和动态口令</h2>
          <Password me={me} />
          <SecondFactor me={me} />
        </>
      )}
      <h2>我的个人信息</h2>
      <OwnData me={me} />
    </>
  )
}

function OwnRoles({ district, me }: { district: District; me: Me }) {
  const { may } = usePermitted()
  const seen = useAnswer(listCommunities, { district: district.code }, {}, may(listCommunities))
  const places = seen.face === 'ready' ? [...seen.data.subdistricts, ...seen.data.communities] : []
  const names = new Map(places.map(({ code, name }) => [code, name]))
  const held = heldRoles(me.grants, ({ level, code }) => (level === 'district' ? '全区' : (names.get(code) ?? code)))
  return (
    <dl className="panel pairs-list">
      <dt>姓名</dt>
      <dd>{me.name || '没有登记'}</dd>
      {me.hasPassword && (
        <>
          <dt>用户名</dt>
          <dd>{me.username}</dd>
        </>
      )}
      {held.map(({ role, places }) => (
        <div key={role}>
          <dt>{role}</dt>
          <dd>{places}</dd>
        </div>
      ))}
    </dl>
  )
}

function Password({ me }: { me: Me }) {
  const [isDone, setDone] = useState(false)
  const queries = useQueryClient()
  const done = async () => {
    setDone(true)
    await queries.invalidateQueries()
  }
  if (isDone) return <p role="status">密码已修改，您在别处的登录已经全部结束。下次请用新密码登录。</p>
  return (
    <details className="panel session">
      <summary>修改密码</summary>
      <SetPassword me={me} currentLabel="现在的密码" done={done} />
    </details>
  )
}

function SecondFactor({ me }: { me: Me }) {
  const [isDone, setDone] = useState(false)
  if (isDone) return <p role="status">动态口令已设置，下次登录时会请您输入。</p>
  if (me.secondFactor) return <p className="note">动态口令已设置。换了手机的，请找给您开通账号的人重新打印纸条。</p>
  return (
    <details className="panel session">
      <summary>设置动态口令</summary>
      <p>除密码外再加一道：登录时输入手机上显示的六位数字。管理员必须设置，其他人也可以设置。</p>
      <SecondFactorSetUp me={me} done={() => setDone(true)} />
    </details>
  )
}
