import { useState } from 'react'
import { setUp } from '../../shared/people/api.ts'
import { listDistricts } from '../../shared/places/api.ts'
import { call, reasonOf } from '../api/call.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Screen } from '../kit/screen-face.tsx'
import { PasswordField, TextField } from '../kit/text-field.tsx'
import { DistrictField } from './district-field.tsx'
import { askWho, comeIn } from './session.ts'
import { halfWidth, SessionForm, useSending } from './session-form.tsx'
import { NewPassword } from './set-password.tsx'
import './session.css'

/** Makes the first administrator, who then goes straight on to the second factor. */
export default function FirstRunPage() {
  const seen = useAnswer(listDistricts, undefined)
  return (
    <section className="panel session">
      <h1>设立第一位管理员</h1>
      <Screen seen={seen}>
        {(districts) => (districts.length > 0 ? <FirstRun districts={districts} /> : <NoDistrict />)}
      </Screen>
    </section>
  )
}

function FirstRun({ districts }: { districts: { code: string; name: string }[] }) {
  const sending = useSending()
  const [isElsewhere, setElsewhere] = useState(false)
  const faultOf = (code: string) => (sending.refusal?.code === code ? sending.refusal.message : undefined)
  return (
    <>
      <p>管理员替本区开通账号、管理问卷和数据。设立之后，每个人都要用自己的账号登录；第二步会请您设置动态口令。</p>
      <SessionForm
        sending={sending}
        label="设立管理员，下一步"
        shown={['weak_password', 'not_the_same', 'bad_request', 'username_taken']}
        send={async (field) => {
          const password = field('password')
          if (password !== field('again')) return sending.say('not_the_same', '两次输入的不一样，请重新输入。')
          const username = halfWidth(field('username')).toLowerCase()
          const body = { district: field('district'), username, name: field('name').trim(), password }
          const key = field('key').trim() || undefined
          const me = await call(setUp, undefined, { body, key }).catch(async (error: unknown) => {
            const { code } = reasonOf(error)
            if (code === 'set_up_here') setElsewhere(true)
            if (code === 'administrator_exists') await askWho()
            throw error
          })
          comeIn(me, password)
        }}
      >
        <DistrictField districts={districts} />
        <TextField
          label="用户名"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          maxLength={30}
          hint="登录时用。3 到 30 个小写字母、数字、点、横线或下划线，例如 zhang.min"
          fault={
            faultOf('username_taken') ??
            (faultOf('bad_request') && '用户名用 3 到 30 个小写字母、数字、点、横线或下划线，以字母或数字开头。')
          }
          required
        />
        <TextField label="姓名" name="name" autoComplete="name" maxLength={40} required />
        <NewPassword weak={faultOf('weak_password')} different={faultOf('not_the_same')} />
        {isElsewhere && (
          <PasswordField
            label="工作密钥"
            name="key"
            autoComplete="off"
            hint="不在服务器本机上设立时才要填：在服务器数据目录的 staff-key 文件里"
            required
          />
        )}
      </SessionForm>
    </>
  )
}

function NoDistrict() {
  return (
    <p>
      还没有区县。想先看看演示，请把设置 <code>SEED</code> 改为 <code>demo</code> 后重新启动；要建立自己的区县，请看
      README 中“建立一个区县”，建好后再回到这里。
    </p>
  )
}
