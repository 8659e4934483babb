import { Link } from 'react-router'
import type { BriefEntry } from '../../shared/briefs/api.ts'
import { listBriefs } from '../../shared/briefs/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ComposeButton } from './compose-button.tsx'
import { editionName, newestFirst } from './editions.tsx'

/** What has been written for a site, and the way to write it. */
export function SiteBriefs({ district, site }: { district: string; site: string }) {
  const seen = useAnswer(listBriefs, { district })
  if (seen.face !== 'ready') return <p className="under">{seen.face === 'waiting' ? '正在查找方案……' : seen.message}</p>
  const [newest] = newestFirst(seen.data.filter((entry: BriefEntry) => entry.site === site))
  if (!newest) {
    return (
      <>
        <p>还没有编制方案。</p>
        <div className="actions">
          <ComposeButton district={district} site={site} audience="staff" />
        </div>
      </>
    )
  }
  const { edition, audience } = newest
  return (
    <p>
      <Link to={`/sites/${site}/briefs/${edition}?audience=${audience}`}>阅读一社一案（{editionName(newest)}）</Link>
    </p>
  )
}
