import { useEffect, useState } from 'react'
import { readMe, signInByPhone } from '../../shared/people/api.ts'
import { phones } from '../../shared/people/shapes.ts'
import { call, Refused, reasonOf } from '../api/call.ts'
import type { Door } from './phone-door.ts'

/** Whether somebody has signed in here; believed without network, the server judges anyway. */
export function useSignedIn(door: Door): [boolean | 'unread', (isSignedIn: boolean) => void] {
  const [isSignedIn, set] = useState<boolean | 'unread'>(() => (door.wasSeen() ? 'unread' : false))
  useEffect(() => {
    if (!door.wasSeen()) return
    let isHere = true
    const say = (found: boolean) => {
      if (!found) door.clearSeen()
      if (isHere) set(found)
    }
    call(readMe, undefined).then(
      ({ must }) => say(must === null),
      (error: unknown) => say(reasonOf(error).code === 'unreachable'),
    )
    return () => {
      isHere = false
    }
  }, [door])
  return [isSignedIn, set]
}

/** As it is typed: in groups, or with full-width digits. */
export const digitsIn = (typed: string): string => typed.normalize('NFKC').replace(/[\s-]/g, '')

const problem = (code: string, message: string) => new Refused({ code, message })

/** Signs in with what stands in a form's fields `phone` and `code`, and answers with the number. @throws {Refused} */
export async function signInWith(door: Door, district: string, form: HTMLFormElement): Promise<string> {
  const given = new FormData(form)
  const phone = digitsIn(String(given.get('phone') ?? ''))
  const code = digitsIn(String(given.get('code') ?? ''))
  if (!phones.test(phone)) throw problem('wrong_phone', '请填 11 位手机号，再按“发送验证码”。')
  if (!/^\d{6}$/.test(code)) throw problem('wrong_code', '请按“发送验证码”，把短信里的六位数字填在验证码一栏。')
  const me = await call(signInByPhone, undefined, { body: { district, phone, code } })
  door.noteSeen(me.id)
  return phone
}
