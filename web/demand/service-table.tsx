import type { Demand, ServiceDemand } from '../../shared/demand/api.ts'
import { FigureButton, type Shown } from '../kit/figure.tsx'
import { Scroll } from '../kit/scroll.tsx'
import { Tier } from './district-columns.tsx'
import { byPriority, ratingFigure, shareFigure } from './figures.ts'
import { Wished } from './wishes.tsx'
import { levelNames } from './words.ts'

type Names = ReadonlyMap<string, string>

/** Every service of a community in the order of priority: needed, missing, how urgent. */
export function ServiceTable({ demand, names }: { demand: Demand; names: Names }) {
  const rated = byPriority(demand)
  const order = [...rated, ...demand.services.flatMap((_, i) => (rated.includes(i) ? [] : [i]))]
  const drawn = demand.services.some(({ shrunk }) => shrunk !== null)
  return (
    <Scroll label="各项服务的需求">
      <table className="plain">
        <caption className="unseen">各项服务的需求，按优先度排列</caption>
        <thead>
          <tr>
            <th scope="col">服务</th>
            <th scope="col" className="number">
              需求率（95%区间）
            </th>
            <th scope="col" className="number">
              未满足率（95%区间）
            </th>
            {drawn && (
              <th scope="col" className="number">
                参考：需求率
              </th>
            )}
            {drawn && (
              <th scope="col" className="number">
                参考：未满足率
              </th>
            )}
            <th scope="col" className="number">
              优先度（0–200）
            </th>
            <th scope="col">高低</th>
            <th scope="col">档次</th>
            {demand.wishes && (
              <th scope="col" className="number">
                微心愿（人次）
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {order.map((i) => (
            <Line key={i} demand={demand} index={i} name={names.get(demand.services[i]!.service)} drawn={drawn} />
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function Line({ demand, index, name, drawn }: { demand: Demand; index: number; name?: string; drawn: boolean }) {
  const one = demand.services[index]!
  return (
    <tr>
      <th scope="row">{name ?? one.service}</th>
      <td className="number">
        <FigureButton figure={shareFigure(demand, one.need, ['services', index, 'need'])} />
      </td>
      <td className="number">
        <FigureButton figure={shareFigure(demand, one.unmet, ['services', index, 'unmet'])} />
      </td>
      {drawn && (
        <td className="number">
          <FigureButton figure={shrunkFigure(demand, one, index, 'need')} />
        </td>
      )}
      {drawn && (
        <td className="number">
          <FigureButton figure={shrunkFigure(demand, one, index, 'unmet')} />
        </td>
      )}
      <td className="number">
        <FigureButton figure={ratingFigure(demand, index)} />
      </td>
      <td>{one.level ? levelNames[one.level] : '—'}</td>
      <td>
        <Tier tier={one.tier} />
      </td>
      {demand.wishes && (
        <td className="number">
          <Wished demand={demand} service={one.service} />
        </td>
      )}
    </tr>
  )
}

/** 参考: a share of few answers drawn towards the subdistrict and the district. */
function shrunkFigure(demand: Demand, { shrunk }: ServiceDemand, index: number, of: 'need' | 'unmet'): Shown {
  const path = ['services', index, 'shrunk', of]
  const source = { of: 'demand' as const, path, inputs: demand.inputs }
  const value = shrunk?.[of] ?? null
  if (!shrunk || value === null) return { value: null, text: '—', source, about: demand.area.name }
  const [low, high] = of === 'need' ? [shrunk.low, shrunk.high] : [shrunk.unmetLow, shrunk.unmetHigh]
  const bare = (share: number) => (share * 100).toFixed(1)
  const ends = low === null || high === null ? '' : `（${bare(low)}–${bare(high)}）`
  const weight = shrunk.weight === null ? [] : [{ name: '本社区答卷所占的比重', text: `${bare(shrunk.weight)}%` }]
  return { value, text: `${bare(value)}%${ends}`, source, about: `${demand.area.name}（参考值）`, beside: weight }
}
