import type { ReactNode } from 'react'
import type { Site } from '../../shared/places/api.ts'

/** The sites of a community; `below` says what can be done with each. */
export function SiteCards({ sites, below }: { sites: Site[]; below(site: Site): ReactNode }) {
  if (sites.length === 0) return <p>本社区还没有登记点位。请按模板填好后导入“点位”表，再编制一社一案。</p>
  return (
    <ul className="cards">
      {sites.map((site) => (
        <li key={site.code}>
          <h3>{site.name}</h3>
          <p className="under">{described(site)}</p>
          {below(site)}
        </li>
      ))}
    </ul>
  )
}

function described({ formerUse, rooms, outdoorM2 }: Site): string {
  const indoor = rooms.reduce((sum, { areaM2 }) => sum + areaM2, 0)
  const inside = rooms.length > 0 ? `${rooms.length}间，室内${round(indoor)}平方米` : '没有室内房间'
  const outside = outdoorM2 > 0 ? `，室外${round(outdoorM2)}平方米` : ''
  return `原用途：${formerUse || '未填'}；${inside}${outside}`
}

const round = (area: number): string => String(Number(area.toFixed(2)))
