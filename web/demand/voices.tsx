import { Link } from 'react-router'
import type { Demand } from '../../shared/demand/api.ts'
import { FigureButton } from '../kit/figure.tsx'
import { Scroll } from '../kit/scroll.tsx'

const counts = {
  statements: '意见（条）',
  agree: '赞成（人次）',
  disagree: '反对（人次）',
  resolved: '决议（项）',
} as const
type Count = keyof typeof counts

/** What closed deliberations say of services: beside the shares of the survey, and said not to be part of them. */
export function Voices({ demand, names }: { demand: Demand; names: ReadonlyMap<string, string> }) {
  const { voices, area } = demand
  if (!voices) return null
  const { services, inputs } = voices
  const said = (at: number, of: Count) => {
    const value = services[at]![of]
    const source = { of: 'deliberation' as const, path: ['services', services[at]!.service, of], inputs }
    return { value, text: String(value), source, about: area.name }
  }
  return (
    <>
      <h2>议事会</h2>
      <Scroll label="议事会上对各项服务的意见">
        <table className="plain">
          <caption className="unseen">已结束的议事会上，居民对各项服务的意见和表态</caption>
          <thead>
            <tr>
              <th scope="col">服务</th>
              {Object.values(counts).map((title) => (
                <th key={title} scope="col" className="number">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {services.map(({ service }, at) => (
              <tr key={service}>
                <th scope="row">{names.get(service) ?? service}</th>
                {(Object.keys(counts) as Count[]).map((of) => (
                  <td key={of} className="number">
                    <FigureButton figure={said(at, of)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p className="note">
        到会的居民不能代表全体居民：这些数字列在问卷的结果旁边，不加权，也不与需求率相加。一人对几条意见表态的，各计一次。每条意见可到
        <Link to="/deliberations">议事会</Link>查看。
      </p>
    </>
  )
}
