import { type Coverage, readCoverage } from '../shared/campaigns/api.ts'
import { type District, listCommunities } from '../shared/places/api.ts'
import type { SurveyListed } from '../shared/surveys/api.ts'
import { together, useAnswer } from './api/use-answer.ts'
import type { Places } from './campaigns/coverage-rows.ts'
import { Quotas } from './campaigns/quotas-page.tsx'
import { Screen } from './kit/screen-face.tsx'

/** The targets of a survey. */
export default function QuotasPage({ district, survey }: { district: District; survey: SurveyListed }) {
  const params = { district: district.code, survey: survey.survey }
  const seen = together<{ board: Coverage; places: Places }>({
    board: useAnswer(readCoverage, params),
    places: useAnswer(listCommunities, { district: district.code }),
  })
  return (
    <>
      <h1>样本目标</h1>
      <Screen seen={seen}>
        {({ board, places }) => (
          <Quotas params={params} board={board} places={places} changed={() => seen.face === 'ready' && seen.again()} />
        )}
      </Screen>
    </>
  )
}
