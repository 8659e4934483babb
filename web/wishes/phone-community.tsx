import { useId } from 'react'
import { readWishPlaces } from '../../shared/wishes/api.ts'
import { keptCall } from '../api/kept-call.ts'
import { type Face, useCall } from '../api/use-call.ts'
import { type Community, CommunityOptions } from './community-options.tsx'
import { TryAgain } from './phone-frame.tsx'
import { Fault } from './phone-picks.tsx'

/** All communities of a district; without network, as they were last. */
export function useCommunities(district: string): Face<Community[]> {
  const seen = useCall(() => keptCall(readWishPlaces, { district }), district)
  return seen.face === 'ready' ? { face: 'ready', data: seen.data.communities } : seen
}

interface Props {
  label: string
  communities: Community[]
  chosen: string
  choose(code: string): void
  /** What stands for none of them. */
  none: string
  fault?: string
}

export function CommunitySelect({ label, communities, chosen, choose, none, fault }: Props) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        data-field="community"
        value={chosen}
        aria-describedby={`${id}-fault`}
        aria-invalid={fault ? true : undefined}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="">{none}</option>
        <CommunityOptions communities={communities} />
      </select>
      <Fault id={`${id}-fault`} text={fault} />
    </div>
  )
}

export function CommunityField({ district, ...field }: Omit<Props, 'communities'> & { district: string }) {
  const seen = useCommunities(district)
  if (seen.face === 'waiting') return <p className="waiting">正在读社区名单……</p>
  if (seen.face === 'refused') {
    return (
      <div data-field="community">
        <Fault id="communities" text={`${seen.message}社区名单还没有读到。`} />
        <TryAgain />
      </div>
    )
  }
  return <CommunitySelect communities={seen.data} {...field} />
}
