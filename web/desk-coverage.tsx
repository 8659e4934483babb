import { useMemo } from 'react'
import { Link, Route, Routes, useParams, useSearchParams } from 'react-router'
import type { Coverage } from '../shared/campaigns/api.ts'
import { readDesignEffects } from '../shared/demand/api.ts'
import { type District, listCommunities } from '../shared/places/api.ts'
import type { SurveyListed } from '../shared/surveys/api.ts'
import { together, useAnswer } from './api/use-answer.ts'
import { CommunityBoard } from './campaigns/community-coverage.tsx'
import { CoverageBoard } from './campaigns/coverage-page.tsx'
import type { DesignEffects, Places } from './campaigns/coverage-rows.ts'
import { useLiveCoverage } from './campaigns/use-live.ts'
import { usePermitted } from './kit/permitted.tsx'
import { Screen } from './kit/screen-face.tsx'

interface Page {
  district: District
  survey: SurveyListed
}

interface Data {
  board: Coverage
  places: Places
}

/** How far a survey is: all communities, and each by itself. */
export default function CoveragePage({ district, survey }: Page) {
  const params = { district: district.code, survey: survey.survey }
  const [search] = useSearchParams()
  const seen = together<Data>({
    board: useLiveCoverage(params, search.get('round') ?? ''),
    places: useAnswer(listCommunities, { district: district.code }),
  })
  const deffs = useDesignEffects(params)
  return (
    <Screen seen={seen}>
      {({ board, places }) => (
        <Routes>
          <Route
            index
            element={
              <>
                <h1>进度</h1>
                <CoverageBoard survey={params.survey} board={board} places={places} deffs={deffs} />
              </>
            }
          />
          <Route
            path=":community"
            element={
              <One {...{ params, board, places, deffs }} changed={() => seen.face === 'ready' && seen.again()} />
            }
          />
        </Routes>
      )}
    </Screen>
  )
}

/** What weighting costs each community, for those who may read demand; until it is known nothing is taken to be weighted. */
function useDesignEffects({ district, survey }: { district: string; survey: string }): DesignEffects {
  const { may } = usePermitted()
  const seen = useAnswer(readDesignEffects, { district }, { survey }, may(readDesignEffects))
  const data = seen.face === 'ready' ? seen.data : undefined
  return useMemo(() => new Map(data?.map(({ community, deff }) => [community, deff])), [data])
}

interface OneProps extends Data {
  params: { district: string; survey: string }
  deffs: DesignEffects
  changed(): void
}

function One({ params, board, places, deffs, changed }: OneProps) {
  const { community = '' } = useParams()
  const coverage = board.communities.find((one) => one.community === community)
  const name = places.communities.find(({ code }) => code === community)?.name ?? community
  const back = <Link to={`/surveys/${params.survey}/coverage`}>进度</Link>
  if (!coverage) return <p>没有这个社区，或者不在您负责的范围内。请回到{back}。</p>
  return (
    <>
      <p className="crumbs">
        {back} › {name}
      </p>
      <h1>{name}</h1>
      <CommunityBoard
        params={{ ...params, community }}
        name={name}
        coverage={coverage}
        bands={board.bands}
        deff={deffs.get(community) ?? null}
        changed={changed}
      />
    </>
  )
}
