import type { ReactNode } from 'react'
import type { Demand } from '../../shared/demand/api.ts'
import { FigureButton } from '../kit/figure.tsx'
import { shareFigure } from './figures.ts'

type Names = ReadonlyMap<string, string>

/** A chart of need and unmet shares as a table: every service, most needed first. */
export function SharesTable({ caption, demand, names }: { caption: string; demand: Demand; names: Names }) {
  const { services } = demand
  const order = services.map((_, i) => i).sort((a, b) => (services[b]!.need.p ?? -1) - (services[a]!.need.p ?? -1))
  const share = (i: number, key: 'need' | 'unmet') => (
    <FigureButton figure={shareFigure(demand, services[i]![key], ['services', i, key])} />
  )
  const rows = order.map((i): Row => {
    const { service } = services[i]!
    return { key: service, cells: [names.get(service) ?? service, share(i, 'need'), share(i, 'unmet')] }
  })
  return <ShareRows caption={caption} titles={['服务', ...shareTitles]} rows={rows} />
}

export const shareTitles = ['需求率（95%区间）', '未满足率（95%区间）']

interface Row {
  key: string
  /** The first is the row's name. */
  cells: ReactNode[]
}

/** Rows of a name and its numbers. */
export function ShareRows({ caption, titles, rows }: { caption: string; titles: string[]; rows: Row[] }) {
  return (
    <table className="plain">
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr>
          {titles.map((title, i) => (
            <th key={title} scope="col" className={i > 0 ? 'number' : undefined}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells: [name, ...numbers] }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            {numbers.map((number, i) => (
              <td key={i} className="number">
                {number}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
