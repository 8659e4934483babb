import { outcomeTable } from '../../shared/deliberations/outcome-table.ts'
import type { Question } from '../../shared/deliberations/questions-api.ts'
import type { Outcome } from '../../shared/deliberations/room.ts'
import { handsSentence, outcomeSentence } from '../../shared/deliberations/words.ts'
import { Scroll } from '../kit/scroll.tsx'

/** How a vote ended, as a sentence and by channel. */
export function DeskOutcome({ question, outcome }: { question: Question; outcome: Outcome }) {
  const { head, rows } = outcomeTable(question, outcome)
  const hands = outcome.kind === 'motion' ? handsSentence(outcome.hands) : undefined
  return (
    <>
      <p className="outcome" role="status">
        {outcomeSentence(question, outcome)}
      </p>
      {hands && <p className="under">{hands}</p>}
      {outcome.kind === 'opinion' && outcome.withoutGroups && <p className="under">{outcome.withoutGroups}</p>}
      {outcome.kind === 'opinion' && outcome.groups && (
        <p className="under">大家的看法分成 {outcome.groups.k} 组，投影上可以看到。</p>
      )}
      <Scroll label={`“${question.title}”的结果`}>
        <table className="plain">
          <thead>
            <tr>
              {head.map((title, index) => (
                <th key={title} className={index > 0 ? 'number' : undefined} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...cells], row) => (
              <tr key={row}>
                <th scope="row">{name}</th>
                {cells.map((cell, index) => (
                  <td key={head[index + 1]} className="number">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  )
}
