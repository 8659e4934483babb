import { useId } from 'react'
import { today } from './days.ts'

/** From one day to another, both included; an empty one sets no end. */
export interface Span {
  from: string
  to: string
}

export const whole: Span = { from: '', to: '' }

/** What is asked of the server. Days the wrong way round are turned. */
export function queryOf({ from, to }: Span): Record<string, string> {
  const [first, last] = from && to && from > to ? [to, from] : [from, to]
  return { ...(first && { from: first }), ...(last && { to: last }) }
}

function shortcuts(): { words: string; span: Span }[] {
  const now = today()
  const [year, month] = now.split('-') as [string, string]
  const quarter = String(Math.floor((Number(month) - 1) / 3) * 3 + 1).padStart(2, '0')
  return [
    { words: '全部时间', span: whole },
    { words: '今年', span: { from: `${year}-01-01`, to: '' } },
    { words: '本季度', span: { from: `${year}-${quarter}-01`, to: '' } },
    { words: '本月', span: { from: `${year}-${month}-01`, to: '' } },
  ]
}

/** Which wishes are counted, by the day they were posted. */
export function Period({ period, change }: { period: Span; change(period: Span): void }) {
  const id = useId()
  return (
    <section className="filters" aria-label="时间">
      <fieldset className="wish-views">
        <legend className="unseen">常用的时间</legend>
        {shortcuts().map(({ words, span }) => (
          <button
            key={words}
            type="button"
            aria-pressed={span.from === period.from && span.to === period.to}
            onClick={() => change(span)}
          >
            {words}
          </button>
        ))}
      </fieldset>
      {(['from', 'to'] as const).map((end) => (
        <label key={end} htmlFor={`${id}-${end}`} className="wish-day">
          {end === 'from' ? '从哪天提出的' : '到哪天为止'}
          <input
            id={`${id}-${end}`}
            type="date"
            value={period[end]}
            onChange={({ target }) => change({ ...period, [end]: target.value })}
          />
        </label>
      ))}
    </section>
  )
}
