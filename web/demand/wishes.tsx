import { Link } from 'react-router'
import type { Demand } from '../../shared/demand/api.ts'
import { FigureButton, type Shown } from '../kit/figure.tsx'
import { Scroll } from '../kit/scroll.tsx'

type Of = 'wishes' | 'people'

function figureOf(demand: Demand, service: string, of: Of): Shown | undefined {
  const { wishes, area } = demand
  const said = wishes?.services.find((one) => one.service === service)
  if (!said) return undefined
  const source = { of: 'wish' as const, path: ['services', service, of], inputs: said.inputs }
  return { value: said[of], text: said[of].toLocaleString('zh-CN'), source, about: area.name }
}

/** How many people wish for a place of a service, beside its shares; a dash where nobody does. */
export function Wished({ demand, service, of = 'people' }: { demand: Demand; service: string; of?: Of }) {
  const figure = figureOf(demand, service, of)
  return figure ? <FigureButton figure={figure} /> : '—'
}

/** How many do, to sort by. */
export const wishedBy = (demand: Demand, service: string): number => figureOf(demand, service, 'people')?.value ?? 0

/** What wishes for places say of services: beside the shares of the survey, and said not to be part of them. */
export function Wishes({ demand, names }: { demand: Demand; names: ReadonlyMap<string, string> }) {
  if (!demand.wishes) return null
  return (
    <>
      <h2>微心愿</h2>
      <Scroll label="场所微心愿，按服务">
        <table className="plain">
          <caption className="unseen">审核通过的场所微心愿，按相关的服务</caption>
          <thead>
            <tr>
              <th scope="col">服务</th>
              <th scope="col" className="number">
                心愿（个）
              </th>
              <th scope="col" className="number">
                许愿和“我也想”（人次）
              </th>
            </tr>
          </thead>
          <tbody>
            {demand.wishes.services.map(({ service }) => (
              <tr key={service}>
                <th scope="row">{names.get(service) ?? service}</th>
                <td className="number">
                  <Wished demand={demand} service={service} of="wishes" />
                </td>
                <td className="number">
                  <Wished demand={demand} service={service} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p className="note">
        许愿的人不能代表全体居民：这些数字列在问卷的结果旁边，不加权，也不与需求率相加。一个心愿每人只计一次，支持几个心愿的各计一次；没有注明服务的场所心愿写在一社一案里。每个心愿可到
        <Link to="/wishes">微心愿</Link>查看。
      </p>
    </>
  )
}
