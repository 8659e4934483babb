import { useState } from 'react'
import { useKeptFocus } from '../kit/kept-focus.ts'

interface Props {
  label: string
  question: string
  sure: string
  act(): void
}

/** A button that asks once more. */
export function Twice({ label, question, sure, act }: Props) {
  const [isAsked, setAsked] = useState(false)
  const place = useKeptFocus<HTMLDivElement>()
  return (
    <div ref={place} tabIndex={-1} className="face">
      {isAsked ? (
        <>
          <p role="status">{question}</p>
          <div className="pair">
            <button
              type="button"
              className="second"
              onClick={() => {
                setAsked(false)
                act()
              }}
            >
              {sure}
            </button>
            <button type="button" className="second" onClick={() => setAsked(false)}>
              再想想
            </button>
          </div>
        </>
      ) : (
        <button type="button" className="second" onClick={() => setAsked(true)}>
          {label}
        </button>
      )}
    </div>
  )
}
