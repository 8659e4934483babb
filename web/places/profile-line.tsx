import type { Community } from '../../shared/places/api.ts'
import { FigureButton } from '../kit/figure.tsx'
import { profileFigures } from './figures.ts'

/** Who lives here, in one sentence. */
export function ProfileLine({ district, community }: { district: string; community: Community }) {
  const { areaKm2, households, residents, elders, eldersLivingAlone } = profileFigures(district, community)
  return (
    <p className="under">
      {community.kind}，<FigureButton figure={areaKm2} />
      平方公里，
      <FigureButton figure={households} />
      户、
      <FigureButton figure={residents} />
      名居民，其中60岁及以上
      <FigureButton figure={elders} />
      人、独居老人
      <FigureButton figure={eldersLivingAlone} />
      人（社区概况，截至{community.profile.asOf}）
    </p>
  )
}
