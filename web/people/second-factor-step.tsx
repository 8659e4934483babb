import { useState } from 'react'
import { signInSecond } from '../../shared/people/api.ts'
import { call } from '../api/call.ts'
import { TextField } from '../kit/text-field.tsx'
import { comeIn } from './session.ts'
import { halfWidth, SessionForm, useSending } from './session-form.tsx'

/** A backup code as the server keeps it, however it was typed off the paper. */
const backupCode = (text: string): string => text.replace(/[\s-]/g, '').replace(/^(.{5})(.{5})$/, '$1-$2')

/** The second step of signing in: what the phone shows, or a code from the list. */
export function SecondStep() {
  const [isBackup, setBackup] = useState(false)
  const sending = useSending()
  const isWrong = ['wrong_code', 'bad_request'].includes(sending.refusal?.code ?? '')
  return (
    <>
      <SessionForm
        sending={sending}
        label="完成登录"
        shown={['wrong_code', 'bad_request']}
        send={async (field) => {
          const typed = halfWidth(field('code'))
          const code = isBackup ? backupCode(typed) : typed.replace(/\s/g, '')
          comeIn(await call(signInSecond, undefined, { body: { code } }))
        }}
      >
        {isBackup ? (
          <TextField
            key="backup"
            label="备用码"
            name="code"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            hint="设置动态口令时打印或抄下的，每个只能用一次；大小写要一致"
            fault={isWrong ? '备用码不对，或者已经用过。请核对大小写，或换一个没用过的。' : undefined}
            maxLength={20}
            required
          />
        ) : (
          <TextField
            key="code"
            label="六位动态口令"
            name="code"
            autoComplete="one-time-code"
            inputMode="numeric"
            hint="打开手机上的验证器，输入“以需”下面的六位数字"
            fault={isWrong ? '动态口令不对，或者刚刚用过。请等手机换出新的六位数字，再输入一次。' : undefined}
            maxLength={20}
            required
          />
        )}
      </SessionForm>
      <p className="note">
        <button type="button" className="link" onClick={() => setBackup(!isBackup)}>
          {isBackup ? '改用动态口令' : '手机不在身边？用备用码'}
        </button>
      </p>
    </>
  )
}
