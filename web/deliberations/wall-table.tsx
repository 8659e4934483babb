import type { OutcomeTable } from '../../shared/deliberations/outcome-table.ts'

/** The numbers of a picture as a table, for whoever has the screen read to them. */
export function TableTwin({ caption, head, rows }: OutcomeTable & { caption: string }) {
  return (
    // A table grows with what is in it, whatever it is told.
    <div className="unseen">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((title) => (
              <th key={title} scope="col">
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
                <td key={head[index + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
