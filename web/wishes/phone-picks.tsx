import { useId } from 'react'

interface Props<V extends string> {
  name: string
  legend: string
  options: readonly { value: V; text: string; hint?: string }[]
  chosen: V | undefined
  choose(value: V): void
  fault?: string
}

/** One of a few, each as big as a thumb. */
export function Picks<V extends string>({ name, legend, options, chosen, choose, fault }: Props<V>) {
  const id = useId()
  return (
    <fieldset className="picks" aria-describedby={fault ? `${id}-fault` : undefined} data-field={name}>
      <legend>{legend}</legend>
      <div className="two">
        {options.map(({ value, text, hint }) => (
          <label key={value} className="pick">
            <input
              type="radio"
              name={`${id}-${name}`}
              value={value}
              checked={chosen === value}
              onChange={() => choose(value)}
            />
            <span>
              <strong>{text}</strong>
              {hint && <span className="under">{hint}</span>}
            </span>
          </label>
        ))}
      </div>
      <Fault id={`${id}-fault`} text={fault} />
    </fieldset>
  )
}

export function Fault({ id, text }: { id: string; text: string | undefined }) {
  if (!text) return null
  return (
    <p className="refusal" id={id} role="alert">
      {text}
    </p>
  )
}
