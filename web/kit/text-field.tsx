import { type InputHTMLAttributes, type ReactNode, useId, useState } from 'react'

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'className'> {
  label: string
  name: string
  /** Said beforehand. */
  hint?: ReactNode
  /** Said after it was refused. */
  fault?: string
  beside?: ReactNode
}

/** A field with its label above it, and what is to be known of it tied to it. */
export function TextField({ label, hint, fault, beside, ...input }: Props) {
  const id = useId()
  const told = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ')
  return (
    <div className="text-field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <div className="hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <div className="beside">
        <input {...input} id={id} aria-describedby={told || undefined} aria-invalid={fault ? true : undefined} />
        {beside}
      </div>
      {fault && (
        <p className="fault" id={`${id}-fault`} role="alert">
          {fault}
        </p>
      )}
    </div>
  )
}

/** A password that can be looked at: on a phone nobody sees what they type. */
export function PasswordField(props: Omit<Props, 'type' | 'beside'>) {
  const [isShown, setShown] = useState(false)
  return (
    <TextField
      {...props}
      type={isShown ? 'text' : 'password'}
      maxLength={128}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      beside={
        <button
          type="button"
          className="small"
          aria-label={`${isShown ? '隐藏' : '显示'}：${props.label}`}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? '隐藏' : '显示'}
        </button>
      }
    />
  )
}
