import { Link } from 'react-router'
import type { BriefEntry } from '../../shared/briefs/api.ts'

export const newestFirst = (entries: BriefEntry[]): BriefEntry[] =>
  [...entries].sort((a, b) => Date.parse(b.composedAt) - Date.parse(a.composedAt))

export const editionName = ({ audience, edition }: Pick<BriefEntry, 'audience' | 'edition'>): string =>
  `${audience === 'public' ? '公开版' : '工作版'}第${edition}稿`

/** All editions of a site's brief; old ones stay as they were. */
export function Editions({ entries, shown }: { entries: BriefEntry[]; shown: { audience: string; edition: number } }) {
  return (
    <ul className="editions">
      {newestFirst(entries).map((entry) => {
        const { site, audience, edition, composedAt } = entry
        const isShown = audience === shown.audience && edition === shown.edition
        return (
          <li key={`${audience}/${edition}`}>
            <Link
              to={`/sites/${site}/briefs/${edition}?audience=${audience}`}
              aria-current={isShown ? 'page' : undefined}
            >
              {editionName(entry)}
              <small>{composedAt.slice(0, 16).replace('T', ' ')}编制</small>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
