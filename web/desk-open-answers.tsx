import type { Catalogue } from '../shared/places/api.ts'
import {
  type Community,
  type District,
  listCommunities,
  readCatalogue,
  type Subdistrict,
} from '../shared/places/api.ts'
import type { SurveyListed } from '../shared/surveys/api.ts'
import { together, useAnswer } from './api/use-answer.ts'
import { Screen } from './kit/screen-face.tsx'
import { serviceNames } from './places/district-names.ts'
import { OpenAnswers } from './themes/open-answers-page.tsx'

interface Data {
  places: { subdistricts: Subdistrict[]; communities: Community[] }
  catalogue: { catalogue: Catalogue }
}

/** What residents wrote to one survey, with the names of the places and services that it is about. */
export default function OpenAnswersPage({ district, survey }: { district: District; survey: SurveyListed }) {
  const params = { district: district.code }
  const seen = together<Data>({
    places: useAnswer(listCommunities, params),
    catalogue: useAnswer(readCatalogue, params),
  })
  return (
    <Screen seen={seen}>
      {({ places, catalogue }) => (
        <OpenAnswers
          params={{ district: district.code, survey: survey.survey }}
          places={places}
          services={serviceNames(catalogue.catalogue)}
        />
      )}
    </Screen>
  )
}
