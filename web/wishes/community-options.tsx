import type { readWishPlaces } from '../../shared/wishes/api.ts'
import type { Answer } from '../api/call.ts'

export type Community = Answer<typeof readWishPlaces>['communities'][number]

/** A district has a hundred: they stand by subdistrict. */
export function CommunityOptions({ communities }: { communities: Community[] }) {
  const subdistricts = [...new Set(communities.map(({ subdistrict }) => subdistrict))]
  return subdistricts.map((subdistrict) => (
    <optgroup key={subdistrict} label={subdistrict}>
      {communities
        .filter((one) => one.subdistrict === subdistrict)
        .map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
    </optgroup>
  ))
}
