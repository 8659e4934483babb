import type { Point } from '../../shared/places/api.ts'
import { readWishPlaces } from '../../shared/wishes/api.ts'
import type { DeskWish } from '../../shared/wishes/desk-api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { nearest } from './map-points.ts'
import { PlainMap } from './phone-map.tsx'
import { nearWords } from './phone-where.tsx'
import './desk-map.css'

interface Props {
  district: string
  wish: Pick<DeskWish, 'community' | 'where'>
}

/** Where somebody tapped on the plain map, in words and on the map. */
export function WishPoint({ district, wish: { community, where } }: Props) {
  return where?.point ? <OnMap {...{ district, community }} point={where.point} /> : null
}

function OnMap({ district, community, point }: { district: string; community: string; point: Point }) {
  const seen = useAnswer(readWishPlaces, { district }, { community })
  if (seen.face !== 'ready') return null
  const { compounds } = seen.data
  return (
    <details className="wish-point">
      <summary>图上标的位置：{nearWords(nearest(point, compounds))}</summary>
      <PlainMap {...{ compounds, point }} />
    </details>
  )
}
