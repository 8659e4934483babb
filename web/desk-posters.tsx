import { readDemandTable } from '../shared/demand/api.ts'
import { type Community, type District, listCommunities } from '../shared/places/api.ts'
import { listLinks } from '../shared/surveys/api.ts'
import { together, useAnswer } from './api/use-answer.ts'
import { Screen } from './kit/screen-face.tsx'
import { PosterTable } from './surveys/poster-table.tsx'

/** Posters and table cards of the district's present survey. */
export default function PostersPage({ district }: { district: District }) {
  const seen = useAnswer(readDemandTable, { district: district.code })
  return (
    <>
      <h1>海报与桌牌</h1>
      <p className="note">每个社区的二维码和短码都不同，请不要混用。打印时选“实际大小”；桌牌一版四张，沿虚线裁开。</p>
      <Screen seen={seen}>{({ survey }) => <Links district={district.code} survey={survey} />}</Screen>
    </>
  )
}

interface Data {
  links: { code: string; community: string }[]
  places: { communities: Community[] }
}

function Links({ district, survey }: { district: string; survey: string }) {
  const seen = together<Data>({
    links: useAnswer(listLinks, { district, survey }),
    places: useAnswer(listCommunities, { district }),
  })
  return (
    <Screen seen={seen}>
      {({ links, places }) => {
        const codes = new Map(links.map(({ code, community }) => [community, code]))
        const rows = places.communities.flatMap(({ code: community, name }) => {
          const code = codes.get(community)
          return code ? [{ community, name, code }] : []
        })
        return <PosterTable district={district} survey={survey} rows={rows} />
      }}
    </Screen>
  )
}
