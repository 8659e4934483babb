import { type Results, readResults } from '../../shared/briefs/results.ts'
import { call } from '../api/call.ts'
import { useCall } from '../api/use-call.ts'

interface Props {
  district: string
  community: string
}

/** What neighbours need most, as far as it may be told; without network nothing is said. */
export default function FirstResults({ district, community }: Props) {
  const results = useCall(() => call(readResults, { district, community }), `${district}/${community}`)
  if (results.face !== 'ready') return null
  const { data } = results
  return (
    <section className="results">
      <h2>邻居们最需要什么</h2>
      <Told {...data} />
    </section>
  )
}

function Told({ n, services, ...rest }: Results) {
  if (n === null) return <p>答卷还不多。等本社区答满 10 份，第一批结果就会出现在这里。</p>
  if (services.length > 0) return <Shares {...rest} n={n} services={services} />
  return <p>已统计 {n} 份答卷，眼下还看不出邻居们最需要什么。等更多邻居填写后再公布。</p>
}

function Shares({ n, services }: Results & { n: number }) {
  return (
    <>
      <p>已统计 {n} 份答卷。每 100 位居民里，需要这些服务的大约有：</p>
      <ul className="shares">
        {services.map(({ service, name, need }) => (
          <li key={service}>
            <span>{name}</span>
            <meter min={0} max={1} value={need} aria-hidden="true" />
            <strong>{Math.round(need * 100)} 人</strong>
          </li>
        ))}
      </ul>
      <p className="small">这是自愿作答的初步结果，还会变动；以社区公示的方案为准。</p>
    </>
  )
}
