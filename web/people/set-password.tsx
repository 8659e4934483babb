import { useState } from 'react'
import { type Me, setPassword } from '../../shared/people/api.ts'
import { call, reasonOf } from '../api/call.ts'
import { PasswordField } from '../kit/text-field.tsx'
import { SessionForm, useSending } from './session-form.tsx'
import './session.css'

interface Props {
  me: Pick<Me, 'username'>
  /** The password or the code of the slip that they came in with, where it is still known. */
  current?: string
  currentLabel: string
  done(password: string): Promise<void> | void
}

/** A password of one's own, with its rules told beforehand. */
export function SetPassword({ me, current, currentLabel, done }: Props) {
  const sending = useSending()
  // What was remembered may have been replaced by a new slip.
  const [isAsked, setAsked] = useState(current === undefined)
  const faultOf = (code: string) => (sending.refusal?.code === code ? sending.refusal.message : undefined)
  const wrong = faultOf('wrong_password')
  return (
    <SessionForm
      sending={sending}
      label="保存新密码"
      shown={['wrong_password', 'weak_password', 'not_the_same']}
      send={async (field) => {
        const password = field('password')
        if (password !== field('again')) return sending.say('not_the_same', '两次输入的不一样，请重新输入。')
        const body = { current: isAsked ? field('current') : (current ?? ''), password }
        await call(setPassword, undefined, { body }).catch((error: unknown) => {
          if (reasonOf(error).code === 'wrong_password') setAsked(true)
          throw error
        })
        await done(password)
      }}
    >
      <input hidden readOnly name="username" autoComplete="username" value={me.username} />
      {isAsked && (
        <PasswordField label={currentLabel} name="current" autoComplete="current-password" fault={wrong} required />
      )}
      <NewPassword isChange weak={faultOf('weak_password')} different={faultOf('not_the_same')} />
    </SessionForm>
  )
}

/** The two fields of a new password. */
export function NewPassword({
  isChange = false,
  weak,
  different,
}: {
  isChange?: boolean
  weak?: string
  different?: string
}) {
  return (
    <>
      <PasswordField
        label="新密码"
        name="password"
        autoComplete="new-password"
        hint={<PasswordRules isChange={isChange} />}
        fault={weak}
        required
      />
      <PasswordField label="再输入一遍" name="again" autoComplete="new-password" fault={different} required />
    </>
  )
}

function PasswordRules({ isChange }: { isChange: boolean }) {
  return (
    <ul>
      <li>至少 8 个字符；</li>
      <li>大写字母、小写字母、数字、符号，至少用三种；</li>
      <li>不含用户名{isChange && '，也不和现在的一样'}。</li>
    </ul>
  )
}
