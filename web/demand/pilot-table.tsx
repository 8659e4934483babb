import { type Demand, readDemandTable } from '../../shared/demand/api.ts'
import { listCommunities, readCatalogue } from '../../shared/places/api.ts'
import { call } from '../api/call.ts'
import { useCall } from '../api/use-call.ts'
import { Refusal } from '../kit/refusal.tsx'
import { Waiting } from '../kit/waiting.tsx'

const percent = (share: number | null): string => (share === null ? '暂无' : `${(share * 100).toFixed(1)}%`)

async function load(district: string) {
  const [table, places, { catalogue }] = await Promise.all([
    call(readDemandTable, { district }),
    call(listCommunities, { district }),
    call(readCatalogue, { district }),
  ])
  const pilots = new Set(places.communities.filter(({ pilot }) => pilot).map(({ code }) => code))
  const names = new Map(catalogue.services.map(({ code, zh }) => [code, zh]))
  return { answers: table.district.n, pilots: table.communities.filter(({ area }) => pilots.has(area.code)), names }
}

/** The pilot communities: how many answered and what is missed most. */
export function PilotTable({ district }: { district: string }) {
  const face = useCall(() => load(district), district)
  if (face.face === 'waiting') return <Waiting />
  if (face.face === 'refused') return <Refusal message={face.message} />
  const { answers, pilots, names } = face.data
  return (
    <>
      <h2>试点社区</h2>
      <p className="note">
        全区共收到 {answers.toLocaleString('zh-CN')} 份答卷。居民自愿填答，不是随机抽样；区间只反映抽样误差。
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="scroll" aria-label="试点社区" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">社区</th>
              <th scope="col" className="number">
                答卷（份）
              </th>
              <th scope="col">最优先的服务</th>
              <th scope="col" className="number">
                未满足率（95% 区间）
              </th>
            </tr>
          </thead>
          <tbody>
            {pilots.map((demand) => (
              <Row key={demand.area.code} demand={demand} names={names} />
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

function Row({ demand, names }: { demand: Demand; names: Map<string, string> }) {
  const first = [...demand.services].sort((a, b) => (b.pir ?? -1) - (a.pir ?? -1))[0]
  const known = first?.pir != null
  return (
    <tr>
      <th scope="row">{demand.area.name}</th>
      <td className="number">{demand.n}</td>
      <td>{known ? (names.get(first.service) ?? first.service) : '暂无数据'}</td>
      <td className="number">
        {known ? `${percent(first.unmet.p)}（${percent(first.unmet.low)}–${percent(first.unmet.high)}）` : '—'}
      </td>
    </tr>
  )
}
