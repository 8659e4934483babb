import { useMemo } from 'react'
import { Link, useParams } from 'react-router'
import { type Demand, readDemand } from '../shared/demand/api.ts'
import {
  type Catalogue,
  type Community,
  type District,
  type Facility,
  listCommunities,
  readCatalogue,
  readCommunity,
  type Site,
  type Subdistrict,
} from '../shared/places/api.ts'
import { readSurvey } from '../shared/surveys/api.ts'
import { isRecord, walk } from '../shared/surveys/definition.ts'
import { titlesOf } from '../shared/surveys/titles.ts'
import { together, useAnswer } from './api/use-answer.ts'
import { SiteBriefs } from './briefs/site-briefs.tsx'
import { sourceWords } from './briefs/source-words.ts'
import { needsChart, quadrantChart } from './demand/charts.ts'
import { choiceTexts } from './demand/choice-texts.ts'
import { byPriority } from './demand/figures.ts'
import { GapTable } from './demand/gap-table.tsx'
import { Parts, partName } from './demand/parts.tsx'
import { ServiceTable } from './demand/service-table.tsx'
import { DemandSummary, Quality } from './demand/summary.tsx'
import { ChartFigure } from './kit/chart-figure.tsx'
import { Provenance } from './kit/figure.tsx'
import { Screen } from './kit/screen-face.tsx'
import { communityNames, serviceNames } from './places/district-names.ts'
import { FacilityTable } from './places/facility-table.tsx'
import { ProfileLine } from './places/profile-line.tsx'
import { SiteCards } from './places/site-cards.tsx'

interface Data {
  here: { community: Community; facilities: Facility[]; sites: Site[] }
  places: { subdistricts: Subdistrict[]; communities: Community[] }
  catalogue: { catalogue: Catalogue }
}

/** One community: what its residents need, what stands there already, what is missing, and its sites. */
export default function CommunityPage({ district }: { district: District }) {
  const { code = '' } = useParams()
  const params = { district: district.code, community: code }
  const seen = together<Data>({
    here: useAnswer(readCommunity, params),
    places: useAnswer(listCommunities, params),
    catalogue: useAnswer(readCatalogue, params),
  })
  return (
    <>
      <p className="crumbs">
        <Link to="/">各社区需求总表</Link> › 社区
      </p>
      <Screen seen={seen}>{(data) => <Ready district={district.code} data={data} />}</Screen>
    </>
  )
}

function Ready({ district, data: { here, places, catalogue } }: { district: string; data: Data }) {
  const { community, facilities, sites } = here
  const services = useMemo(() => serviceNames(catalogue.catalogue), [catalogue])
  const communities = useMemo(() => communityNames(places.communities), [places])
  const demand = useAnswer(readDemand, { district, community: community.code })
  const subdistrict = places.subdistricts.find(({ code }) => code === community.subdistrict)?.name
  return (
    <>
      <h1>
        {community.name} {community.pilot && <span className="tag">试点</span>}
      </h1>
      <p className="under">{subdistrict}</p>
      <ProfileLine community={community} />
      <Screen seen={demand}>
        {(found) => (
          <Needs
            district={district}
            demand={found}
            services={services}
            communities={communities}
            facilities={facilities}
          />
        )}
      </Screen>
      <h2>设施台账</h2>
      <FacilityTable facilities={facilities} services={services} />
      <h2>点位与一社一案</h2>
      <SiteCards sites={sites} below={(site) => <SiteBriefs district={district} site={site.code} />} />
    </>
  )
}

interface NeedsProps {
  district: string
  demand: Demand
  services: ReadonlyMap<string, string>
  communities: ReadonlyMap<string, string>
  facilities: Facility[]
}

function Needs({ district, demand, services, communities, facilities }: NeedsProps) {
  const survey = useAnswer(readSurvey, { district, survey: demand.survey })
  const definition = survey.face === 'ready' ? survey.data.definition : undefined
  const choices = useMemo(() => choiceTexts(definition), [definition])
  const titles = useMemo(() => titlesOf(isRecord(definition) ? walk(definition).asked : []), [definition])
  const names = useMemo(
    () => ({
      services: demand.services.map(({ service }) => services.get(service) ?? service),
      parts: demand.parts.map(({ code }) => partName(code, choices)),
      channels: demand.channels.map(({ channel }) => channel),
      communities,
    }),
    [demand, services, choices, communities],
  )
  const charts = useMemo(
    () => ({ needs: needsChart(demand, services), quadrant: quadrantChart(demand, services) }),
    [demand, services],
  )
  const standing = useMemo(() => new Map(facilities.map(({ code, name }) => [code, name])), [facilities])
  if (demand.inside === 0) return <NoAnswers n={demand.n} />
  const first = demand.services[byPriority(demand)[0] ?? 0]?.service ?? ''
  return (
    <Provenance words={(source) => sourceWords(source, names)}>
      <DemandSummary demand={demand} names={services} />
      <h2>居民需求</h2>
      <ServiceTable demand={demand} names={services} />
      {demand.services.some(({ shrunk }) => shrunk) && (
        <p className="note">
          “参考”两列是把本社区的结果向街道和全区靠拢后的估计，答卷少时更稳，只供参考，不写入方案正文。
        </p>
      )}
      <div className="pair spaced">
        <ChartFigure
          caption={`${demand.area.name}：各项服务的需求率与未满足率`}
          chart={charts.needs}
          note="细线为95%置信区间。"
        />
        <ChartFigure
          caption={`${demand.area.name}：需求率与未满足率对照`}
          chart={charts.quadrant}
          note="越靠右上，需要的人越多、没有得到满足的也越多。"
        />
      </div>
      <h2>分人群</h2>
      <Parts key={demand.area.code} demand={demand} names={services} choices={choices} first={first} />
      <h2>缺口</h2>
      <p className="note">需求人数减去服务半径内可用公共设施能力；民办设施列出，不抵减。</p>
      <GapTable demand={demand} names={services} facilities={standing} />
      <h2>数据质量与加权</h2>
      <Quality demand={demand} titles={titles} />
    </Provenance>
  )
}

function NoAnswers({ n }: { n: number }) {
  return (
    <div className="panel">
      <p>
        {n === 0
          ? '本社区还没有收到答卷。请张贴本社区的问卷海报，或安排入户走访；收到答卷后这里会显示需求。'
          : `本社区收到${n}份答卷，但没有一份可以参加加权（例如都不住在本社区），暂时没有需求数据。`}
      </p>
    </div>
  )
}
