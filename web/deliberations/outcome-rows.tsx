import type { OutcomeTable } from '../../shared/deliberations/outcome-table.ts'

/** What stands in the table of an outcome, names first, numbers behind them. */
export function OutcomeRows({ head, rows }: OutcomeTable) {
  return (
    <>
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
    </>
  )
}
