import { useMemo } from 'react'
import { Link, Navigate, useParams, useSearchParams } from 'react-router'
import { type Audience, type BriefEntry, composeBrief, listBriefs, readBrief } from '../shared/briefs/api.ts'
import { readDemand } from '../shared/demand/api.ts'
import type { Document } from '../shared/document.ts'
import type { District } from '../shared/places/api.ts'
import { useAnswer } from './api/use-answer.ts'
import { ComposeButton } from './briefs/compose-button.tsx'
import { Downloads } from './briefs/downloads.tsx'
import { Editions, editionName, newestFirst } from './briefs/editions.tsx'
import { channelsIn, type Resting, restingOn } from './briefs/resting.ts'
import { type SourceNames, sourceWords } from './briefs/source-words.ts'
import { useSourceNames } from './desk-names.ts'
import { DocumentView } from './kit/document-view.tsx'
import { Provenance } from './kit/figure.tsx'
import { usePermitted } from './kit/permitted.tsx'
import { Screen } from './kit/screen-face.tsx'

/** The brief of a site as a page: to read, to follow each number back, to take home. */
export default function BriefPage({ district }: { district: District }) {
  const { site = '', edition = '' } = useParams()
  const [search] = useSearchParams()
  const audience: Audience = search.get('audience') === 'public' ? 'public' : 'staff'
  const seen = useAnswer(listBriefs, { district: district.code })
  return (
    <Screen seen={seen}>
      {(all) => {
        const entries = all.filter((entry) => entry.site === site)
        const [newest] = newestFirst(entries)
        if (!newest) return <NoBrief district={district.code} site={site} />
        const shown = entries.find((entry) => entry.audience === audience && entry.edition === Number(edition))
        if (!shown && edition !== 'latest') return <NoEdition entries={entries} />
        if (!shown)
          return <Navigate replace to={`/sites/${site}/briefs/${newest.edition}?audience=${newest.audience}`} />
        return <Edition key={shown.hash} district={district.code} entries={entries} shown={shown} />
      }}
    </Screen>
  )
}

function Edition({ district, entries, shown }: { district: string; entries: BriefEntry[]; shown: BriefEntry }) {
  const { site, edition } = shown
  const audience: Audience = shown.audience === 'public' ? 'public' : 'staff'
  const seen = useAnswer(readBrief, { district, site, edition }, { audience, format: 'json' })
  const document = seen.face === 'ready' ? (seen.data as Document) : undefined
  const resting = useMemo(() => document && restingOn(document), [document])
  const demand = useDemandOf(district, shown.community, resting)
  const names = useSourceNames(district, shown.community, demand)
  const { may } = usePermitted()
  return (
    <>
      <p className="crumbs">
        <Link to="/">各社区需求总表</Link> › <Link to={`/communities/${shown.community}`}>{shown.communityName}</Link> ›{' '}
        {shown.siteName}（{editionName(shown)}）
      </p>
      <div className="brief">
        <Screen seen={seen}>
          {(found) => (
            <Provenance words={(source) => sourceWords(source, namesIn(found as Document, names))}>
              <DocumentView document={found as Document} />
            </Provenance>
          )}
        </Screen>
        <aside aria-label="稿次与下载" className="panel">
          <h2>下载这一稿</h2>
          <div className="actions">
            <Downloads district={district} site={site} edition={edition} audience={audience} />
          </div>
          <h2>稿次</h2>
          <Editions entries={entries} shown={{ audience, edition }} />
          {may(composeBrief) && (
            <>
              <div className="actions">
                <ComposeButton district={district} site={site} audience="staff" />
                <ComposeButton district={district} site={site} audience="public" />
              </div>
              <p className="note">按现有数据编制，旧稿保留不变。</p>
            </>
          )}
        </aside>
      </div>
    </>
  )
}

/** Demand in the survey version that a brief rests on. */
function useDemandOf(district: string, community: string, resting: Resting | undefined) {
  const query = resting && { survey: resting.survey, version: String(resting.version) }
  const demand = useAnswer(readDemand, { district, community }, query, resting !== undefined)
  return demand.face === 'ready' ? demand.data : undefined
}

/** What was counted one by one is called as in this brief: demand may list it in another order by now. */
const namesIn = (document: Document, names: SourceNames): SourceNames => ({
  ...names,
  channels: channelsIn(document),
  outside: [],
})

function NoBrief({ district, site }: { district: string; site: string }) {
  const { may } = usePermitted()
  return (
    <>
      <h1>这个点位还没有一社一案</h1>
      <p>
        {may(composeBrief)
          ? '按现有的答卷、设施和场地数据编制第一稿，大约需要几秒。'
          : '第一稿由管理员、街道、社区或规划师登录后编制。'}
      </p>
      <div className="actions">
        <ComposeButton district={district} site={site} audience="staff" />
        <Link to="/">回到各社区需求总表</Link>
      </div>
    </>
  )
}

function NoEdition({ entries }: { entries: BriefEntry[] }) {
  return (
    <>
      <h1>没有这一稿</h1>
      <p>已有的稿次如下，请选一稿阅读。</p>
      <Editions entries={entries} shown={{ audience: '', edition: 0 }} />
    </>
  )
}
