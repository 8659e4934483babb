import { Button, Input } from 'antd'
import { type FormEvent, type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { Refusal } from '../kit/refusal.tsx'
import './desk-asks.css'

interface Props {
  label: string
  /** What comes of it, for whoever should know that first. */
  intro?: string
  /** What is said often, at one press. */
  phrases?: readonly string[]
  /** Nothing need be said. */
  isOptional?: boolean
  button: string
  busy: boolean
  refused?: string
  /** What else is asked, above the reason; it takes the focus. */
  children?: ReactNode
  send(reason: string): void
  cancel(): void
}

/** Asks why; Enter does it, Escape leaves it. */
export function ReasonForm({
  label,
  intro,
  phrases = [],
  isOptional,
  button,
  busy,
  refused,
  children,
  send,
  cancel,
}: Props) {
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const id = useId()
  const put = (words: string) => {
    setReason(words)
    setMissing(false)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isOptional && !reason.trim()) return setMissing(true)
    if (!busy) send(reason.trim())
  }
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    cancel()
  }
  return (
    <form className="wish-asks" onSubmit={submit} onKeyDown={leave} noValidate>
      {intro && <p>{intro}</p>}
      {children}
      <div className="labelled">
        <label htmlFor={id}>{label}</label>
        {phrases.length > 0 && (
          <div className="wish-phrases">
            {phrases.map((words) => (
              <button key={words} type="button" className="small" onClick={() => put(words)}>
                {words}
              </button>
            ))}
          </div>
        )}
        <Input
          id={id}
          autoFocus={!children}
          maxLength={200}
          value={reason}
          aria-invalid={isMissing || undefined}
          onChange={({ target }) => put(target.value)}
        />
      </div>
      {isMissing && <Refusal message="请写明理由，可以点上面现成的话再改。" />}
      {refused && <Refusal message={refused} />}
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {button}
        </Button>
        <Button onClick={cancel}>取消</Button>
      </div>
    </form>
  )
}
