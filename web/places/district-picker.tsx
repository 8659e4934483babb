import { useState } from 'react'
import type { District } from '../../shared/places/api.ts'
import { useKept } from '../kit/kept.ts'

/** The district that was looked at last. */
export function usePickedDistrict(): [string, (code: string) => void] {
  const [kept, keep] = useKept('district', { code: '' })
  const [asked] = useState(() => new URLSearchParams(location.search).get('district') ?? '')
  return [kept.code || asked, (code) => keep({ code })]
}

interface Props {
  districts: District[]
  picked: District
  pick(code: string): void
}

/** The name of the district, and a choice where there are several. */
export function DistrictPicker({ districts, picked, pick }: Props) {
  if (districts.length === 1) return picked.name
  return (
    <select aria-label="区县" value={picked.code} onChange={({ target }) => pick(target.value)}>
      {districts.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </select>
  )
}
