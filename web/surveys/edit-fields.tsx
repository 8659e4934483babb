import { Checkbox, Input, InputNumber } from 'antd'
import { type ReactNode, useId } from 'react'

interface WordsProps {
  label: string
  value: string
  rows?: number
  maxLength?: number
  hint?: string
  change(words: string): void
}

/** Words with their name above them. */
export function WordsField({ label, value, rows = 1, maxLength = 500, hint, change }: WordsProps) {
  const id = useId()
  const shared = { id, value, maxLength, 'aria-describedby': hint ? `${id}-hint` : undefined }
  return (
    <Labelled label={label} id={id} hint={hint}>
      {rows > 1 ? (
        <Input.TextArea {...shared} rows={rows} onChange={(e) => change(e.target.value)} />
      ) : (
        <Input {...shared} onChange={(e) => change(e.target.value)} />
      )}
    </Labelled>
  )
}

interface NumberProps {
  label: string
  value: unknown
  min?: number
  max?: number
  hint?: string
  change(value: number | undefined): void
}

export function NumberField({ label, value, min, max, hint, change }: NumberProps) {
  const id = useId()
  return (
    <Labelled label={label} id={id} hint={hint}>
      <InputNumber
        {...{ id, min, max }}
        value={typeof value === 'number' ? value : null}
        onChange={(next) => change(typeof next === 'number' ? next : undefined)}
      />
    </Labelled>
  )
}

export function Tick({ label, value, change }: { label: string; value: boolean; change(value: boolean): void }) {
  return (
    <Checkbox checked={value} onChange={(e) => change(e.target.checked)}>
      {label}
    </Checkbox>
  )
}

function Labelled({ label, id, hint, children }: { label: string; id: string; hint?: string; children: ReactNode }) {
  return (
    <div className="edit-field">
      <label htmlFor={id}>{label}</label>
      {children}
      {hint && (
        <small className="note" id={`${id}-hint`}>
          {hint}
        </small>
      )}
    </div>
  )
}
