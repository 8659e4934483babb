import { useMemo } from 'react'
import { Link, useParams } from 'react-router'
import { readDemand } from '../shared/demand/api.ts'
import { readCommunityRounds } from '../shared/demand/rounds-api.ts'
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
import { together, useAnswer } from './api/use-answer.ts'
import { SiteBriefs } from './briefs/site-briefs.tsx'
import { sourceWords } from './briefs/source-words.ts'
import { ReviewSwitch, useReviewShown } from './demand/review-switch.tsx'
import { RoundsCompared } from './demand/rounds-compared.tsx'
import { useSourceNames } from './desk-names.ts'
import { Needs } from './desk-needs.tsx'
import { Provenance } from './kit/figure.tsx'
import { Screen } from './kit/screen-face.tsx'
import { serviceNames } from './places/district-names.ts'
import { FacilityTable } from './places/facility-table.tsx'
import { ProfileLine } from './places/profile-line.tsx'
import { SiteCards } from './places/site-cards.tsx'

interface Data {
  here: { community: Community; facilities: Facility[]; sites: Site[]; placeVersion: number }
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
  const { community, facilities, sites, placeVersion } = here
  const services = useMemo(() => serviceNames(catalogue.catalogue), [catalogue])
  const [review, setReview] = useReviewShown(district)
  const read = review === 'all' ? { review } : undefined
  const demand = useAnswer(readDemand, { district, community: community.code }, read)
  const names = useSourceNames(district, community.code, demand.face === 'ready' ? demand.data : undefined)
  const subdistrict = places.subdistricts.find(({ code }) => code === community.subdistrict)?.name
  const records = { district, placeVersion }
  return (
    <Provenance words={(source) => sourceWords(source, names)}>
      <h1>
        {community.name} {community.pilot && <span className="tag">试点</span>}
      </h1>
      <p className="under">{subdistrict}</p>
      <ProfileLine district={district} community={community} />
      <Screen seen={demand}>
        {(found) => (
          <>
            <ReviewSwitch shown={review} excluded={found.excluded ?? 0} change={setReview} />
            <Needs district={district} demand={found} services={services} />
          </>
        )}
      </Screen>
      <LastRound district={district} community={community.code} services={services} />
      <h2>设施台账</h2>
      <FacilityTable records={records} facilities={facilities} services={services} />
      <h2>点位与一社一案</h2>
      <SiteCards
        records={records}
        sites={sites}
        below={(site) => <SiteBriefs district={district} site={site.code} />}
      />
    </Provenance>
  )
}

/** Beside the round before, once there are two of them; before that nothing is said of rounds. */
function LastRound({
  district,
  community,
  services,
}: {
  district: string
  community: string
  services: ReadonlyMap<string, string>
}) {
  const seen = useAnswer(readCommunityRounds, { district, community })
  if (seen.face !== 'ready' || seen.data.rounds.length < 2) return null
  return (
    <>
      <h2>与上一轮相比</h2>
      <RoundsCompared seen={seen.data} names={services} />
    </>
  )
}
