import { useState } from 'react'
import type { Demand } from '../../shared/demand/api.ts'
import { ServiceTable } from './service-table.tsx'

type Names = ReadonlyMap<string, string>

interface Props {
  /** The district first, then its subdistricts, as far as the reader may look. */
  areas: Demand[]
  services: Names
  communities: Names
}

/** What a whole area needs, summed up over its communities: one area at a time, unfolded when it is asked for. */
export function HigherAreas({ areas, services, communities }: Props) {
  const [chosen, setChosen] = useState('')
  const shown = areas.find(({ area }) => area.code === chosen) ?? areas[0]
  if (!shown) return null
  return (
    <details className="panel">
      <summary>全区和各街道合计：优先度与档次</summary>
      <div className="filters">
        <label>
          范围
          <select value={shown.area.code} onChange={({ target }) => setChosen(target.value)}>
            {areas.map(({ area }) => (
              <option key={area.code} value={area.code}>
                {area.name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <ServiceTable demand={shown} names={services} />
      <p className="note">由各社区按常住人口汇总；没有答卷的社区不参加，也不估算。</p>
      {shown.withoutPopulation.map(({ code, n, reason }) => (
        <p key={code} className="note">
          {communities.get(code) ?? code}
          {n !== null && `（${n}份答卷）`}：{reason}。
        </p>
      ))}
    </details>
  )
}
