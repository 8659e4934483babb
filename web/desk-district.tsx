import { useMemo } from 'react'
import { readQuotas } from '../shared/campaigns/api.ts'
import { type Demand, readDemandTable } from '../shared/demand/api.ts'
import {
  type Catalogue,
  type Community,
  type District,
  listCommunities,
  readCatalogue,
  type Subdistrict,
} from '../shared/places/api.ts'
import { together, useAnswer } from './api/use-answer.ts'
import { sourceWords } from './briefs/source-words.ts'
import { ZipDownload } from './briefs/zip-download.tsx'
import { useChanges } from './demand/changes.ts'
import type { Targets } from './demand/district-rows.ts'
import { DistrictTable } from './demand/district-table.tsx'
import { countFigure } from './demand/figures.ts'
import { HigherAreas } from './demand/higher-areas.tsx'
import { type ReviewShown, ReviewSwitch, useReviewShown } from './demand/review-switch.tsx'
import { FigureButton, Provenance, type Shown } from './kit/figure.tsx'
import { Screen } from './kit/screen-face.tsx'
import { communityNames, serviceNames } from './places/district-names.ts'

interface Data {
  table: { survey: string; excluded: number; district: Demand | null; subdistricts: Demand[]; communities: Demand[] }
  places: { subdistricts: Subdistrict[]; communities: Community[] }
  catalogue: { catalogue: Catalogue }
}

/** All communities of the district: how far the survey is, and what is needed where. */
export default function DistrictPage({ district }: { district: District }) {
  const params = { district: district.code }
  const [review, setReview] = useReviewShown(district.code)
  const seen = together<Data>({
    table: useAnswer(readDemandTable, params, review === 'all' ? { review } : {}),
    places: useAnswer(listCommunities, params),
    catalogue: useAnswer(readCatalogue, params),
  })
  return (
    <>
      <h1>各社区需求总表</h1>
      <Screen seen={seen}>
        {(data) => <Table district={district.code} data={data} review={review} setReview={setReview} />}
      </Screen>
    </>
  )
}

/** All answers; who may not see the district as a whole reads those of the communities that they may see. */
function answersIn({ district, communities }: Data['table']): Shown {
  if (district) return countFigure(district, district.n, ['n'])
  const n = communities.reduce((sum, demand) => sum + demand.n, 0)
  const inputs = [...new Set(communities.flatMap((demand) => demand.inputs))]
  return countFigure({ area: { level: 'district', code: '', name: '您负责的范围' }, inputs }, n, ['n'])
}

interface TableProps {
  district: string
  data: Data
  review: ReviewShown
  setReview(review: ReviewShown): void
}

function Table({ district, data: { table, places, catalogue }, review, setReview }: TableProps) {
  const services = useMemo(() => serviceNames(catalogue.catalogue), [catalogue])
  const targets = useTargets(district, table.survey)
  const changes = useChanges(district)
  const names = useMemo(() => {
    // Who may not see the district as a whole has its communities one by one: all were asked the same.
    const [any] = table.district ? [table.district] : table.communities
    const names = any?.services.map(({ service }) => services.get(service) ?? service) ?? []
    const channels = any?.channels.map(({ channel }) => channel) ?? []
    return { services: names, parts: [], channels, communities: communityNames(places.communities) }
  }, [table, places, services])
  return (
    <Provenance words={(source) => sourceWords(source, names)}>
      <p className="under">
        {table.district ? '全区' : '您负责的范围内'}共收到
        <FigureButton figure={answersIn(table)} />
        份答卷。居民自愿填答，不是随机抽样；括号内为95%置信区间，只反映抽样误差。点任何一个数字，可以看它从哪里来。
      </p>
      <ReviewSwitch shown={review} excluded={table.excluded} change={setReview} />
      <ZipDownload district={district} />
      <HigherAreas
        areas={[...(table.district ? [table.district] : []), ...table.subdistricts]}
        services={services}
        communities={names.communities}
      />
      <DistrictTable targets={targets} {...{ district, places, services, changes }} demands={table.communities} />
    </Provenance>
  )
}

/** The targets of a survey, all channels and age bands together; none until they are known. */
function useTargets(district: string, survey: string): Targets {
  const seen = useAnswer(readQuotas, { district, survey })
  const quotas = seen.face === 'ready' ? seen.data : undefined
  return useMemo(() => {
    const sums = new Map<string, number>()
    for (const { community, target } of quotas ?? []) sums.set(community, (sums.get(community) ?? 0) + target)
    return sums
  }, [quotas])
}
