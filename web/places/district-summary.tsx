import { type District, listCommunities } from '../../shared/places/api.ts'
import { call } from '../api/call.ts'
import { useCall } from '../api/use-call.ts'
import { Refusal } from '../kit/refusal.tsx'

const sum = (counts: number[]): number => counts.reduce((all, count) => all + count, 0)

/** A district's size in four numbers. */
export function DistrictSummary({ district }: { district: District }) {
  const places = useCall(() => call(listCommunities, { district: district.code }), district.code)
  return (
    <>
      <h2>{district.name}</h2>
      {district.demo && <p className="mark">演示数据：除公开报道的四个案例外，地名与数字均为虚构，不作为决策依据</p>}
      {places.face === 'refused' && <Refusal message={places.message} />}
      {places.face === 'ready' && (
        <dl className="figures">
          <Figure name="街道" value={places.data.subdistricts.length} />
          <Figure name="社区" value={places.data.communities.length} />
          <Figure name="试点社区" value={places.data.communities.filter(({ pilot }) => pilot).length} />
          <Figure
            name="居民（人）"
            value={sum(
              places.data.communities.map(
                ({ profile: { population } }) => sum(population.male) + sum(population.female),
              ),
            )}
          />
        </dl>
      )}
    </>
  )
}

function Figure({ name, value }: { name: string; value: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value.toLocaleString('zh-CN')}</dd>
    </div>
  )
}
