import { useState } from 'react'
import { Link } from 'react-router'
import { signInByPhone } from '../../shared/people/api.ts'
import { listDistricts } from '../../shared/places/api.ts'
import { call } from '../api/call.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Screen } from '../kit/screen-face.tsx'
import { DistrictField } from './district-field.tsx'
import { PhoneCodeFields, phoneIn } from './phone-code-fields.tsx'
import { comeIn } from './session.ts'
import { halfWidth, SessionForm, useSending } from './session-form.tsx'
import './session.css'

/** The way in for couriers and residents, who have no password. */
export default function PhoneSignInPage() {
  const seen = useAnswer(listDistricts, undefined)
  return (
    <section className="panel session">
      <h1>用手机验证码登录</h1>
      <p className="under">快递骑手，和想跟进自己事项的居民，用手机号就能登录，不用密码。</p>
      <Screen seen={seen}>{(districts) => <PhoneForm districts={districts} />}</Screen>
      <p className="note">
        有用户名和密码的工作人员，请<Link to="/sign-in">用密码登录</Link>。
      </p>
    </section>
  )
}

function PhoneForm({ districts }: { districts: { code: string; name: string }[] }) {
  const [district, choose] = useState(districts[0]?.code ?? '')
  const sending = useSending()
  return (
    <SessionForm
      sending={sending}
      label="登录"
      send={async (field) => {
        const body = { district, phone: phoneIn(field('phone')), code: halfWidth(field('code')) }
        comeIn(await call(signInByPhone, undefined, { body }))
      }}
    >
      <DistrictField districts={districts} chosen={choose} />
      <PhoneCodeFields key={district} district={district} />
    </SessionForm>
  )
}
