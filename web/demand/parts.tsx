import { useMemo, useState } from 'react'
import type { Demand, PartDemand } from '../../shared/demand/api.ts'
import { inWords } from '../../shared/demand/words.ts'
import { ChartFigure } from '../kit/chart-figure.tsx'
import { FigureButton } from '../kit/figure.tsx'
import { partsChart } from './charts.ts'
import { countFigure, shareFigure } from './figures.ts'
import { ShareRows, shareTitles } from './shares-table.tsx'

type Names = ReadonlyMap<string, string>
type Kind = PartDemand['kind']

const kinds: Record<Kind, string> = { age: '年龄段', parent: '有孩子的家庭', circumstance: '需要特别关照的居民' }

interface Props {
  demand: Demand
  names: Names
  /** Words for circumstances, which the questionnaire names. */
  choices: Names
  /** The service that is shown first. */
  first: string
}

export const partName = (code: string, choices: Names): string => {
  const standard = inWords(code)
  return standard === code ? (choices.get(code) ?? code) : standard
}

/** One service read inside each part of the people, as a chart and as a table of all services. */
export function Parts({ demand, names, choices, first }: Props) {
  const [kind, setKind] = useState<Kind>('age')
  const [service, setService] = useState(first)
  const parts = useMemo(() => {
    const numbered = demand.parts.map((part, index) => ({ part, index, name: partName(part.code, choices) }))
    return numbered.filter(({ part }) => part.kind === kind)
  }, [demand, kind, choices])
  const chart = useMemo(() => partsChart(parts, service), [parts, service])
  const caption = `${names.get(service) ?? service}：按${kinds[kind]}`
  return (
    <>
      <div className="filters">
        <label>
          人群
          <select value={kind} onChange={({ target }) => setKind(target.value as Kind)}>
            {Object.entries(kinds).map(([value, label]) => (
              <option key={value} value={value}>
                按{label}
              </option>
            ))}
          </select>
        </label>
        <label>
          服务
          <select value={service} onChange={({ target }) => setService(target.value)}>
            {demand.services.map((one) => (
              <option key={one.service} value={one.service}>
                {names.get(one.service) ?? one.service}
              </option>
            ))}
          </select>
        </label>
      </div>
      {parts.length === 0 ? (
        <p>这份问卷没有问到这类人群。</p>
      ) : (
        <ChartFigure
          caption={caption}
          chart={chart}
          note="每个人群各自计算；不足30份答卷的人群仅供参考。"
          table={<PartsTable demand={demand} parts={parts} service={service} caption={caption} />}
        />
      )}
    </>
  )
}

interface TableProps {
  demand: Demand
  parts: { part: PartDemand; index: number; name: string }[]
  service: string
  caption: string
}

function PartsTable({ demand, parts, service, caption }: TableProps) {
  const rows = parts.map(({ part, index, name }) => {
    const at = part.services.findIndex((one) => one.service === service)
    const one = part.services[at]
    const path = ['parts', index, 'services', at]
    const share = (key: 'need' | 'unmet') =>
      one ? <FigureButton key={key} figure={shareFigure(demand, one[key], [...path, key])} /> : '—'
    const n = <FigureButton key="n" figure={countFigure(demand, part.n, ['parts', index, 'n'], 'demand')} />
    return { key: part.code, cells: [name, n, share('need'), share('unmet')] }
  })
  return <ShareRows caption={caption} titles={['人群', '答卷（份）', ...shareTitles]} rows={rows} />
}
