import { Link } from 'react-router'
import { signIn } from '../../shared/people/api.ts'
import { call } from '../api/call.ts'
import { PasswordField, TextField } from '../kit/text-field.tsx'
import { comeIn, type Ended } from './session.ts'
import { halfWidth, SessionForm, useSending } from './session-form.tsx'
import './session.css'

const whyWords: Record<Ended, string> = {
  idle: '您已有一段时间没有操作，已自动退出。请重新登录，会回到刚才的页面。',
  ended: '这里的登录已经结束，可能是在别处退出或改了密码。请重新登录，会回到刚才的页面。',
}

/** The way in, with a password or, for the first time, with the code of a slip. */
export default function SignInPage({ why }: { why?: Ended }) {
  const sending = useSending()
  const fault = sending.refusal?.code === 'wrong_sign_in' ? sending.refusal.message : undefined
  return (
    <section className="panel session">
      <h1>登录工作台</h1>
      {why && (
        <p className="calm" role="status">
          {whyWords[why]}
        </p>
      )}
      <SessionForm
        sending={sending}
        label="登录"
        shown={['wrong_sign_in']}
        send={async (field) => {
          const password = field('password')
          const username = halfWidth(field('username')).toLowerCase()
          comeIn(await call(signIn, undefined, { body: { username, password } }), password)
        }}
      >
        <TextField
          label="用户名"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          maxLength={60}
          aria-invalid={fault ? true : undefined}
          required
        />
        <PasswordField
          label="密码"
          name="password"
          autoComplete="current-password"
          hint="首次登录请输入纸条上的一次性代码"
          fault={fault}
          required
        />
      </SessionForm>
      <p className="note">
        快递骑手和居民，请<Link to="/phone">用手机验证码登录</Link>。
      </p>
      <p className="note">没有账号、忘记密码或换了手机的，请找给您开通账号的人，重新打印一张纸条。</p>
    </section>
  )
}
