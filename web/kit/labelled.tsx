import { Input, InputNumber } from 'antd'
import { type ReactNode, useId } from 'react'

/** A field with its name above it. */
export function Labelled({ label, children }: { label: string; children(id: string): ReactNode }) {
  const id = useId()
  return (
    <div className="labelled">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  )
}

interface WordsProps {
  label: string
  value: string
  maxLength?: number
  /** A day and a time instead of words. */
  isMoment?: boolean
  change(words: string): void
}

export function WordsField({ label, value, maxLength, isMoment = false, change }: WordsProps) {
  return (
    <Labelled label={label}>
      {(id) => (
        <Input
          id={id}
          type={isMoment ? 'datetime-local' : 'text'}
          maxLength={maxLength}
          value={value}
          onChange={({ target }) => change(target.value)}
        />
      )}
    </Labelled>
  )
}

interface NumberProps {
  label: string
  value: number
  min: number
  max: number
  step?: number
  change(value: number): void
}

export function NumberField({ label, min, change, ...rest }: NumberProps) {
  return (
    <Labelled label={label}>
      {(id) => <InputNumber id={id} min={min} precision={0} {...rest} onChange={(value) => change(value ?? min)} />}
    </Labelled>
  )
}
