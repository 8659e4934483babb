import { useEffect, useState } from 'react'
import { sendPhoneCode } from '../../shared/people/api.ts'
import { phones } from '../../shared/people/shapes.ts'
import { call, reasonOf } from '../api/call.ts'
import { TextField } from '../kit/text-field.tsx'

/** A code to one phone is sent once a minute. */
const AGAIN_S = 60

/** As it is typed: in groups, or with full-width digits. */
export const phoneIn = (typed: string): string => typed.normalize('NFKC').replace(/[\s-]/g, '')

/** A phone number, `first` at the beginning, and the code that was just sent to it. */
export function PhoneCodeFields({ district, first = '' }: { district: string; first?: string }) {
  const [phone, setPhone] = useState(first)
  const [fault, setFault] = useState<string>()
  const [said, say] = useState('')
  const [wait, setWait] = useState(0)
  useEffect(() => {
    if (wait === 0) return
    const next = setTimeout(() => setWait(wait - 1), 1_000)
    return () => clearTimeout(next)
  }, [wait])
  const send = async () => {
    const number = phoneIn(phone)
    if (wait > 0) return
    setFault(phones.test(number) ? undefined : '请输入 11 位手机号。')
    if (!phones.test(number)) return
    try {
      await call(sendPhoneCode, undefined, { body: { district, phone: number } })
      setWait(AGAIN_S)
      say('验证码已发出，5 分钟内有效。没有收到的，过一分钟再发一次。')
    } catch (error) {
      setFault(reasonOf(error).message)
    }
  }
  return (
    <>
      <TextField
        label="手机号"
        name="phone"
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        maxLength={20}
        value={phone}
        onChange={({ currentTarget }) => setPhone(currentTarget.value)}
        fault={fault}
        required
        beside={
          <button type="button" className="small" aria-disabled={wait > 0} onClick={send}>
            {wait > 0 ? `${wait} 秒后可再发` : '发送验证码'}
          </button>
        }
      />
      <p role="status" className="under" hidden={!said}>
        {said}
      </p>
      <TextField
        label="六位验证码"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
        required
      />
    </>
  )
}
