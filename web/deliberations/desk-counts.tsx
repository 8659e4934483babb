import { InputNumber } from 'antd'
import { useId } from 'react'
import { choiceNames, choices } from '../../shared/deliberations/kinds.ts'
import type { Counts } from '../../shared/deliberations/room.ts'

export const noCounts: Counts = { agree: 0, disagree: 0, pass: 0 }

/** How many for, against and neither, typed in. */
export function CountFields({ counts, set }: { counts: Counts; set(counts: Counts): void }) {
  const id = useId()
  return (
    <div className="count-fields">
      {choices.map((choice, index) => (
        <div key={choice}>
          <label htmlFor={`${id}-${choice}`}>{choiceNames[choice]}</label>
          <InputNumber
            id={`${id}-${choice}`}
            autoFocus={index === 0}
            size="small"
            min={0}
            max={10_000}
            precision={0}
            controls={false}
            value={counts[choice]}
            onFocus={({ target }) => target.select()}
            onChange={(n) => set({ ...counts, [choice]: n ?? 0 })}
          />
        </div>
      ))}
    </div>
  )
}
