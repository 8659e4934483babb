import { type District, listCommunities } from '../shared/places/api.ts'
import type { SurveyListed } from '../shared/surveys/api.ts'
import { useAnswer } from './api/use-answer.ts'
import { Screen } from './kit/screen-face.tsx'
import { QualityPage } from './quality/quality-page.tsx'

/** Flagged answers of a survey, under the names of their communities. */
export default function QualityDesk({ district, survey }: { district: District; survey: SurveyListed }) {
  const seen = useAnswer(listCommunities, { district: district.code })
  return (
    <Screen seen={seen}>
      {({ communities }) => <QualityPage {...{ communities, district: district.code, survey: survey.survey }} />}
    </Screen>
  )
}
