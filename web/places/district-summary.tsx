import { type District, listCommunities } from '../../shared/places/api.ts'
import { type Answer, call } from '../api/call.ts'
import { useCall } from '../api/use-call.ts'
import { FigureButton } from '../kit/figure.tsx'
import { Refusal } from '../kit/refusal.tsx'
import { recordFigure, residentsOf } from './figures.ts'

/** A district's size in four numbers. */
export function DistrictSummary({ district }: { district: District }) {
  const places = useCall(() => call(listCommunities, { district: district.code }), district.code)
  return (
    <>
      <h2>{district.name}</h2>
      {district.demo && <p className="mark">演示数据：除公开报道的四个案例外，地名与数字均为虚构，不作为决策依据</p>}
      {places.face === 'refused' && <Refusal message={places.message} />}
      {places.face === 'ready' && <Size district={district} places={places.data} />}
    </>
  )
}

function Size({ district: { code, name }, places }: { district: District; places: Answer<typeof listCommunities> }) {
  const { subdistricts, communities, placeVersion } = places
  const figures = {
    subdistricts: ['街道', subdistricts.length],
    communities: ['社区', communities.length],
    pilots: ['试点社区', communities.filter(({ pilot }) => pilot).length],
    residents: ['居民（人）', communities.reduce((all, { profile }) => all + residentsOf(profile), 0)],
  } as const
  return (
    <dl className="figures">
      {Object.entries(figures).map(([step, [title, value]]) => (
        <div key={step}>
          <dt>{title}</dt>
          <dd>
            <FigureButton figure={recordFigure({ district: code, placeVersion }, 'profile', [step], value, name)} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
