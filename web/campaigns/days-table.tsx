import { useState } from 'react'
import { Scroll } from '../kit/scroll.tsx'
import type { Row } from './coverage-rows.ts'
import { dayWords } from './words.ts'

/** What the small bars show, as numbers. */
export function DaysTable({ rows, days }: { rows: Pick<Row, 'code' | 'name' | 'perDay'>[]; days: string[] }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="how" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>每天收到的答卷（数字表格）</summary>
      {isOpen && (
        <Scroll label="每天收到的答卷">
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">社区</th>
                {days.map((day) => (
                  <th key={day} scope="col" className="number">
                    {dayWords(day)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ code, name, perDay }) => (
                <tr key={code}>
                  <th scope="row">{name}</th>
                  {perDay.map((n, at) => (
                    <td key={days[at]} className="number">
                      {n}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </details>
  )
}
