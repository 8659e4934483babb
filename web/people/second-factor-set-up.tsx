import { useState } from 'react'
import { confirmSecondFactor, type Me, startSecondFactor } from '../../shared/people/api.ts'
import { type Answer, call, reasonOf } from '../api/call.ts'
import { QrCode } from '../kit/qr-code.tsx'
import { PasswordField, TextField } from '../kit/text-field.tsx'
import { halfWidth, SessionForm, useSending } from './session-form.tsx'
import './session.css'

interface Props {
  me: Pick<Me, 'username'>
  /** The password, where it is still known. */
  password?: string
  done(password: string): Promise<void> | void
}

type Begun = Answer<typeof startSecondFactor> & { password: string }

/** Ties an authenticator on somebody's phone to their account. */
export function SecondFactorSetUp({ me, password, done }: Props) {
  const [begun, setBegun] = useState<Begun>()
  if (!begun) return <Beginning me={me} password={password} begin={setBegun} />
  return <Tying me={me} begun={begun} done={() => done(begun.password)} />
}

function Beginning({ me, password, begin }: Omit<Props, 'done'> & { begin(begun: Begun): void }) {
  const sending = useSending()
  const [isAsked, setAsked] = useState(password === undefined)
  const wrong = sending.refusal?.code === 'wrong_password' ? sending.refusal.message : undefined
  return (
    <>
      <p>请先在手机上装一个验证器：在应用商店搜“身份验证器”或“Authenticator”，免费的即可。不需要上网，也不收短信。</p>
      <SessionForm
        sending={sending}
        label="装好了，开始设置"
        shown={['wrong_password']}
        send={async (field) => {
          const given = isAsked ? field('current') : (password ?? '')
          const answer = await call(startSecondFactor, undefined, { body: { password: given } }).catch(
            (error: unknown) => {
              if (reasonOf(error).code === 'wrong_password') setAsked(true)
              throw error
            },
          )
          begin({ ...answer, password: given })
        }}
      >
        <input hidden readOnly name="username" autoComplete="username" value={me.username} />
        {isAsked && (
          <PasswordField label="您的密码" name="current" autoComplete="current-password" fault={wrong} required />
        )}
      </SessionForm>
    </>
  )
}

function Tying({ me, begun, done }: { me: Props['me']; begun: Begun; done(): Promise<void> | void }) {
  const sending = useSending()
  const fault = ['wrong_code', 'bad_request'].includes(sending.refusal?.code ?? '')
  return (
    <>
      <Scanning begun={begun} />
      <BackupCodes me={me} codes={begun.backupCodes} />
      <section className="no-print">
        <h2>三、输入手机上的六位数字</h2>
        <SessionForm
          sending={sending}
          label="完成设置"
          shown={['wrong_code', 'bad_request']}
          send={async (field) => {
            const code = halfWidth(field('code')).replace(/\s/g, '')
            await call(confirmSecondFactor, undefined, { body: { code } })
            await done()
          }}
        >
          <TextField
            label="六位动态口令"
            name="code"
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={20}
            hint="每 30 秒换一次，以手机上正在显示的为准"
            fault={fault ? '动态口令不对。请看手机上现在的六位数字；一直不对的，请把手机时间设为自动。' : undefined}
            required
          />
          <label className="tick">
            <input type="checkbox" name="kept" required />
            备用码已经打印或抄好，收在别人看不到的地方
          </label>
        </SessionForm>
      </section>
    </>
  )
}

function Scanning({ begun: { uri, secret } }: { begun: Begun }) {
  return (
    <section className="no-print">
      <h2>一、用验证器扫这个二维码</h2>
      <QrCode text={uri} label="动态口令的二维码" />
      <p className="note">
        正在用手机打开这一页的，<a href={uri}>点这里添加到验证器</a>。扫不了的，在验证器里选“手动输入”，填下面的密钥：
      </p>
      <p>
        <code className="secret">{inFours(secret)}</code>
      </p>
    </section>
  )
}

const inFours = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? secret

function BackupCodes({ me, codes }: { me: Props['me']; codes: string[] }) {
  return (
    <section>
      <h2>
        <span className="no-print">二、</span>备用码
      </h2>
      <p>
        手机丢了或换了，用备用码代替动态口令登录，每个只能用一次。
        <span className="no-print">这些备用码只在这里显示一次。</span>
      </p>
      <p className="only-print">以需工作台 用户名：{me.username}</p>
      <ul className="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p className="no-print">
        <button type="button" className="small" onClick={() => window.print()}>
          打印备用码
        </button>
      </p>
    </section>
  )
}
