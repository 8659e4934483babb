import type { Facility } from '../../shared/places/api.ts'
import { FigureButton } from '../kit/figure.tsx'
import { Scroll } from '../kit/scroll.tsx'
import { facilityFigure, type Records } from './figures.ts'

interface Props {
  records: Records
  facilities: Facility[]
  services: ReadonlyMap<string, string>
}

/** The 设施台账 of one community. */
export function FacilityTable({ records, facilities, services }: Props) {
  if (facilities.length === 0) return <p>设施台账里还没有本社区的设施。请按模板填好后导入“设施”表，缺口会自动重算。</p>
  return (
    <Scroll label="设施台账">
      <table className="plain">
        <caption className="unseen">设施台账</caption>
        <thead>
          <tr>
            <th scope="col">设施</th>
            <th scope="col">服务</th>
            <th scope="col">性质</th>
            <th scope="col">现状</th>
            <th scope="col" className="number">
              日常可服务（人或户）
            </th>
            <th scope="col" className="number">
              面积（平方米）
            </th>
          </tr>
        </thead>
        <tbody>
          {facilities.map((facility) => (
            <tr key={facility.code}>
              <th scope="row">{facility.name}</th>
              <td>{services.get(facility.service) ?? facility.service}</td>
              <td>{facility.isPublic ? '公办' : '民办'}</td>
              <td>{facility.usable ? '可以使用' : '停用'}</td>
              <td className="number">
                <FigureButton figure={facilityFigure(records, facility, 'capacity')} />
              </td>
              <td className="number">
                <FigureButton figure={facilityFigure(records, facility, 'areaM2')} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
