import type { Demand, Gap } from '../../shared/demand/api.ts'
import { inWords } from '../../shared/demand/words.ts'
import { FigureButton, type Shown } from '../kit/figure.tsx'
import { Scroll } from '../kit/scroll.tsx'
import { gapFigure, shareFigure } from './figures.ts'

type Names = ReadonlyMap<string, string>

interface Props {
  demand: Demand
  names: Names
  /** Names of facilities by code. */
  facilities: Names
}

/** What is needed against what already stands nearby, largest gap first. */
export function GapTable({ demand, names, facilities }: Props) {
  const indexes = demand.services.flatMap(({ gap }, i) => (gap ? [i] : []))
  const size = (i: number) => demand.services[i]!.gap!.gap ?? Number.NEGATIVE_INFINITY
  const order = indexes.sort((a, b) => size(b) - size(a))
  if (order.length === 0) return <p>还算不出缺口：需要社区概况、小区位置和答卷都在。</p>
  return (
    <Scroll label="各项服务的缺口">
      <table className="plain">
        <caption className="unseen">各项服务的缺口</caption>
        <thead>
          <tr>
            <th scope="col">服务</th>
            <th scope="col">服务对象</th>
            <th scope="col" className="number">
              其中的需求率
            </th>
            <th scope="col" className="number">
              可用公共设施能力
            </th>
            <th scope="col" className="number">
              缺口（95%区间）
            </th>
            <th scope="col">服务半径内的设施</th>
          </tr>
        </thead>
        <tbody>
          {order.map((i) => (
            <tr key={i}>
              <th scope="row">{names.get(demand.services[i]!.service)}</th>
              <td>{concerned(demand.services[i]!.gap!)}</td>
              <td className="number">
                <FigureButton
                  figure={shareFigure(demand, demand.services[i]!.gap!.need, ['services', i, 'gap', 'need'])}
                />
              </td>
              <td className="number">
                <FigureButton figure={capacityFigure(demand, i)} />
              </td>
              <td className="number">
                <FigureButton figure={gapFigure(demand, i)} />
              </td>
              <td>{near(demand.services[i]!.gap!, facilities)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

const unit = (gap: Gap): string => (gap.concerned.some((group) => group.startsWith('parent_')) ? '户' : '人')

function concerned(gap: Gap): string {
  const who = gap.concerned.map((group) => (group === 'all' ? '全体居民' : inWords(group))).join('、')
  return `${who}${Math.round(gap.population)}${unit(gap)}`
}

function capacityFigure(demand: Demand, index: number): Shown {
  const gap = demand.services[index]!.gap!
  const source = { of: 'demand' as const, path: ['services', index, 'gap', 'capacity'], inputs: demand.inputs }
  const beside = [{ name: '民办设施能力（列出，不抵减）', text: `${Math.round(gap.privateCapacity)}${unit(gap)}` }]
  const text = `${Math.round(gap.capacity)}${unit(gap)}`
  return { value: gap.capacity, text, source, about: demand.area.name, beside }
}

function near({ facilities: found }: Gap, names: Names): string {
  if (found.length === 0) return '没有'
  return found
    .map(({ code, isPublic, usable, distanceM, estimated }) => {
      const kind = `${isPublic ? '公办' : '民办'}${usable ? '' : '，停用'}${estimated ? '，能力按面积估算' : ''}`
      return `${names.get(code) ?? code}（${kind}，${Math.round(distanceM)}米）`
    })
    .join('；')
}
