import { outcomeTable } from '../../shared/deliberations/outcome-table.ts'
import type { Question } from '../../shared/deliberations/questions-api.ts'
import type { Outcome } from '../../shared/deliberations/room.ts'
import { handsSentence, outcomeSentence } from '../../shared/deliberations/words.ts'
import { Scroll } from '../kit/scroll.tsx'
import { OutcomeRows } from './outcome-rows.tsx'

/** How a vote ended, as a sentence and by channel. */
export function DeskOutcome({ question, outcome }: { question: Question; outcome: Outcome }) {
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
          <OutcomeRows {...outcomeTable(question, outcome)} />
        </table>
      </Scroll>
    </>
  )
}
