import { type FormEvent, type ReactNode, useState } from 'react'
import { reasonOf } from '../api/call.ts'

/** Where a form stands. */
export interface Sending {
  isBusy: boolean
  refusal?: { code: string; message: string }
  /** Shows what went wrong before anything was sent. */
  say(code: string, message: string): void
  /** For a form: hands over its fields, and shows the refusal where there is one. */
  onSubmit(send: (fields: (name: string) => string) => Promise<void>): (event: FormEvent<HTMLFormElement>) => void
}

export function useSending(): Sending {
  const [isBusy, setBusy] = useState(false)
  const [refusal, say] = useState<Sending['refusal']>()
  return {
    isBusy,
    refusal,
    say: (code, message) => say({ code, message }),
    onSubmit: (send) => async (event) => {
      event.preventDefault()
      if (isBusy) return
      const given = new FormData(event.currentTarget)
      setBusy(true)
      say(undefined)
      await send((name) => String(given.get(name) ?? '')).catch((error: unknown) => say(reasonOf(error)))
      setBusy(false)
    },
  }
}

/** What is typed on a Chinese keyboard may be full-width. */
export const halfWidth = (text: string): string => text.normalize('NFKC').trim()

interface Props {
  sending: Sending
  send: Parameters<Sending['onSubmit']>[0]
  label: string
  /** Codes of refusals that stand at a field already. */
  shown?: string[]
  children: ReactNode
}

/** A form with one button, and the refusal above it. */
export function SessionForm({ sending, send, label, shown = [], children }: Props) {
  const { isBusy, refusal } = sending
  return (
    <form className="session-form" onSubmit={sending.onSubmit(send)}>
      {children}
      {refusal && !shown.includes(refusal.code) && (
        <p className="refusal" role="alert">
          {refusal.message}
        </p>
      )}
      {/* A button that is disabled would lose the keyboard's place. */}
      <button type="submit" className="small main" aria-disabled={isBusy}>
        {isBusy ? '请稍候……' : label}
      </button>
    </form>
  )
}
