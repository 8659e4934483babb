import { useId } from 'react'
import type { Door } from './phone-door.ts'
import { Fault } from './phone-picks.tsx'

interface Props {
  district: string
  door: Door
  /** Nobody has to sign in at a station, and nobody twice. */
  isKnown: boolean
  contact: string
  change(contact: string): void
  fault: string | undefined
}

/** How whoever fulfils it gets in touch; where nobody has signed in yet, that is how they do. */
export function Contact({ district, door, isKnown, contact, change, fault }: Props) {
  const id = useId()
  const promise = '只给认领的单位看，办完就删；不会公开。'
  if (isKnown) {
    return (
      <div className="field">
        <label htmlFor={id}>联系电话</label>
        <input
          id={id}
          data-field="contact"
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          maxLength={40}
          value={contact}
          aria-describedby={`${id}-hint ${id}-fault`}
          aria-invalid={fault ? true : undefined}
          onChange={(event) => change(event.target.value)}
        />
        <p className="small" id={`${id}-hint`}>
          {promise}
        </p>
        <Fault id={`${id}-fault`} text={fault} />
      </div>
    )
  }
  return (
    <fieldset
      className="card"
      data-field="contact"
      onInput={({ target }) => {
        if (target instanceof HTMLInputElement && target.name === 'phone') change(target.value)
      }}
    >
      <legend>您的手机号</legend>
      <p className="small">用验证码确认一下是您本人，不用注册。号码{promise}</p>
      <door.Fields district={district} first={contact} />
      <Fault id={`${id}-fault`} text={fault} />
    </fieldset>
  )
}
