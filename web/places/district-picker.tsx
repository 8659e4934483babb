import type { District } from '../../shared/places/api.ts'
import { readKept, useKept } from '../kit/kept.ts'

const place = 'district'
const none = { code: '' }
const asked = new URLSearchParams(location.search).get('district') ?? ''

/** The district that was looked at last, or that the address asks for, or the first. */
export function pickedAmong(districts: District[], code = readKept(place, none).code || asked): District | undefined {
  return districts.find((district) => district.code === code) ?? districts[0]
}

export function usePickedDistrict(districts: District[]): [District | undefined, (code: string) => void] {
  const [kept, keep] = useKept(place, none)
  return [pickedAmong(districts, kept.code || asked), (code) => keep({ code })]
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
