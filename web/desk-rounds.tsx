import { useMemo } from 'react'
import { readDistrictRounds } from '../shared/demand/rounds-api.ts'
import { type Catalogue, type Community, type District, listCommunities, readCatalogue } from '../shared/places/api.ts'
import type { SurveyListed } from '../shared/surveys/api.ts'
import { listVersions, type VersionListed } from '../shared/surveys/versions-api.ts'
import { together, useAnswer } from './api/use-answer.ts'
import { sourceWords } from './briefs/source-words.ts'
import { RoundsCompared } from './demand/rounds-compared.tsx'
import { Provenance } from './kit/figure.tsx'
import { usePermitted } from './kit/permitted.tsx'
import { Screen } from './kit/screen-face.tsx'
import { codeNames, communityNames, serviceNames } from './places/district-names.ts'
import { BeginRound } from './surveys/begin-round.tsx'
import { DraftContinuing } from './surveys/draft-continuing.tsx'
import { VersionsCompared } from './surveys/versions-compared.tsx'
import { VersionsTable } from './surveys/versions-table.tsx'

interface Data {
  versions: VersionListed[]
  places: { communities: Community[] }
  catalogue: { catalogue: Catalogue }
}

/** The rounds and versions of one survey, what changed between them, and what changed with the residents. */
export default function RoundsPage({ district, survey }: { district: District; survey: SurveyListed }) {
  const params = { district: district.code, survey: survey.survey }
  const seen = together<Data>({
    versions: useAnswer(listVersions, params),
    places: useAnswer(listCommunities, { district: district.code }),
    catalogue: useAnswer(readCatalogue, { district: district.code }),
  })
  return <Screen seen={seen}>{(data) => <Ready params={params} {...data} />}</Screen>
}

function Ready({ params, versions, places, catalogue }: Data & { params: { district: string; survey: string } }) {
  const { may } = usePermitted()
  const names = useMemo(() => serviceNames(catalogue.catalogue), [catalogue])
  const words = useMemo(() => {
    const codes = new Map(codeNames(catalogue.catalogue))
    return { services: [], parts: [], channels: [], communities: communityNames(places.communities), codes }
  }, [catalogue, places])
  const current = versions.at(-1)
  return (
    <Provenance words={(source) => sourceWords(source, words)}>
      <h1>轮次与版本</h1>
      <p className="under">同一轮的各版口径不变，答卷一并计数；换一轮重新计数，各轮的数字并列比较。</p>
      <VersionsTable versions={versions} />
      {current && <BeginRound params={params} current={current} />}
      <DraftContinuing params={params} />
      <h2>比较两个版本</h2>
      {versions.length > 1 ? (
        <VersionsCompared params={params} versions={versions} />
      ) : (
        <p>这份问卷只发布过一版，还没有可以比较的版本。</p>
      )}
      <h2>各轮的需求</h2>
      {may(readDistrictRounds) ? (
        <DistrictRounds params={params} names={names} />
      ) : (
        <p>全区的轮次对照由区级人员查看；本社区的对照在社区页面“与上一轮相比”。</p>
      )}
    </Provenance>
  )
}

function DistrictRounds({
  params,
  names,
}: {
  params: { district: string; survey: string }
  names: ReadonlyMap<string, string>
}) {
  const { district, survey } = params
  const seen = useAnswer(readDistrictRounds, { district }, { survey })
  return (
    <Screen seen={seen}>
      {(rounds) =>
        rounds.rounds.length === 0 ? (
          <p>还没有收到答卷。收到答卷后，这里按轮列出各项服务的数字。</p>
        ) : (
          <RoundsCompared seen={rounds} names={names} />
        )
      }
    </Screen>
  )
}
