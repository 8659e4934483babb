import type { Demand, Gap } from '../../shared/demand/api.ts'
import { inWords } from '../../shared/demand/words.ts'
import { FigureButton, type Shown } from '../kit/figure.tsx'
import { Scroll } from '../kit/scroll.tsx'
import { gapFigure, shareFigure } from './figures.ts'

type Names = ReadonlyMap<string, string>

interface Props {
  demand: Demand
  names: Names
}

/** What is needed against what already stands nearby, largest gap first. */
export function GapTable({ demand, names }: Props) {
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
              <td>
                {concerned(demand.services[i]!.gap!)}
                <FigureButton figure={gapPart(demand, i, 'population')} />
              </td>
              <td className="number">
                <FigureButton
                  figure={shareFigure(demand, demand.services[i]!.gap!.need, ['services', i, 'gap', 'need'])}
                />
              </td>
              <td className="number">
                <FigureButton figure={gapPart(demand, i, 'capacity')} />
              </td>
              <td className="number">
                <FigureButton figure={gapFigure(demand, i)} />
              </td>
              <td>
                <Near demand={demand} index={i} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

const unit = (gap: Gap): string => (gap.concerned.some((group) => group.startsWith('parent_')) ? '户' : '人')

function concerned(gap: Gap): string {
  return gap.concerned.map((group) => (group === 'all' ? '全体居民' : inWords(group))).join('、')
}

/** What a gap is worked out from. */
function gapPart(demand: Demand, index: number, part: 'population' | 'capacity'): Shown {
  const gap = demand.services[index]!.gap!
  const source = { of: 'demand' as const, path: ['services', index, 'gap', part], inputs: demand.inputs }
  const text = `${Math.round(gap[part])}${unit(gap)}`
  const figure = { value: gap[part], text, source, about: demand.area.name }
  if (part === 'population') return figure
  const beside = [{ name: '民办设施能力（列出，不抵减）', text: `${Math.round(gap.privateCapacity)}${unit(gap)}` }]
  return { ...figure, beside }
}

/** The facilities within reach: what each is, whose community it stands in where that is another one, and how far it is. */
function Near({ demand, index }: { demand: Demand; index: number }) {
  const { facilities: found } = demand.services[index]!.gap!
  if (found.length === 0) return '没有'
  return (
    <ul className="near">
      {found.map(({ code, isPublic, usable, estimated }, at) => {
        const known = demand.nearby?.find((facility) => facility.code === code)
        const kind = [
          ...(known && known.community !== demand.area.code ? [`在${known.communityName}`] : []),
          isPublic ? '公办' : '民办',
          ...(usable ? [] : ['停用']),
          ...(estimated ? ['能力按面积估算'] : []),
        ]
        return (
          <li key={code}>
            {known?.name ?? code}（<FigureButton figure={distanceFigure(demand, index, at, known?.name ?? code)} />，
            {kind.join('，')}）
          </li>
        )
      })}
    </ul>
  )
}

function distanceFigure(demand: Demand, index: number, at: number, name: string): Shown {
  const gap = demand.services[index]!.gap!
  const { distanceM, capacity } = gap.facilities[at]!
  const path = ['services', index, 'gap', 'facilities', at, 'distanceM']
  const source = { of: 'demand' as const, path, inputs: demand.inputs }
  const beside = [{ name: '分摊到本社区的能力', text: `${Math.round(capacity)}${unit(gap)}` }]
  return {
    value: distanceM,
    text: `${Math.round(distanceM)}米`,
    source,
    about: `${demand.area.name} · ${name}`,
    beside,
  }
}
