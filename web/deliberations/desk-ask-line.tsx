import { Button, Input } from 'antd'
import { type FormEvent, type KeyboardEvent, useId, useState } from 'react'
import { Refusal } from '../kit/refusal.tsx'

interface Props {
  label: string
  button: string
  first?: string
  most: number
  suggestions?: string[]
  isNumber?: boolean
  busy: boolean
  refused: string | undefined
  /** Said of what is typed so far. */
  about?: (typed: string) => string | undefined
  send(text: string): void
  cancel(): void
}

/** One line asked for where something is done; Enter does it, Escape leaves it. */
export function AskLine({ label, button, first = '', most, isNumber, busy, refused, about, ...rest }: Props) {
  const { suggestions = [], send, cancel } = rest
  const [typed, setTyped] = useState(first)
  const list = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy && typed.trim()) send(typed.trim())
  }
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    cancel()
  }
  const said = about?.(typed)
  return (
    <form className="ask-line" onSubmit={submit}>
      <div className="room-line">
        <Input
          autoFocus
          size="small"
          aria-label={label}
          placeholder={label}
          inputMode={isNumber ? 'numeric' : undefined}
          maxLength={most}
          list={suggestions.length > 0 ? list : undefined}
          value={typed}
          onKeyDown={leave}
          onChange={({ target }) => setTyped(target.value)}
        />
        <Button size="small" htmlType="submit" type="primary" disabled={busy}>
          {button}
        </Button>
        <Button size="small" onClick={cancel}>
          算了
        </Button>
      </div>
      <datalist id={list}>
        {suggestions.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      {said && <p className="under">{said}</p>}
      {refused && <Refusal message={refused} />}
    </form>
  )
}
