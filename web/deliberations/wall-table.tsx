import type { OutcomeTable } from '../../shared/deliberations/outcome-table.ts'
import { OutcomeRows } from './outcome-rows.tsx'

/** The numbers of a picture as a table, for whoever has the screen read to them. */
export function TableTwin({ caption, ...table }: OutcomeTable & { caption: string }) {
  return (
    // A table grows with what is in it, whatever it is told.
    <div className="unseen">
      <table>
        <caption>{caption}</caption>
        <OutcomeRows {...table} />
      </table>
    </div>
  )
}
