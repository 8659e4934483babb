import type { ReactNode } from 'react'
import type { Site } from '../../shared/places/api.ts'
import { FigureButton } from '../kit/figure.tsx'
import { type Records, siteFigures } from './figures.ts'

interface Props {
  records: Records
  sites: Site[]
  /** What can be done with each. */
  below(site: Site): ReactNode
}

/** The sites of a community. */
export function SiteCards({ records, sites, below }: Props) {
  if (sites.length === 0) return <p>本社区还没有登记点位。请按模板填好后导入“点位”表，再编制一社一案。</p>
  return (
    <ul className="cards">
      {sites.map((site) => (
        <li key={site.code}>
          <h3>{site.name}</h3>
          <Space records={records} site={site} />
          {below(site)}
        </li>
      ))}
    </ul>
  )
}

function Space({ records, site }: { records: Records; site: Site }) {
  const { roomCount, indoorM2, outdoorM2 } = siteFigures(records, site)
  return (
    <p className="under">
      原用途：{site.formerUse || '未填'}；
      {site.rooms.length > 0 ? (
        <>
          <FigureButton figure={roomCount} />
          间，室内
          <FigureButton figure={indoorM2} />
          平方米
        </>
      ) : (
        '没有室内房间'
      )}
      {site.outdoorM2 > 0 && (
        <>
          ，室外
          <FigureButton figure={outdoorM2} />
          平方米
        </>
      )}
    </p>
  )
}
