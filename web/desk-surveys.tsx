import { type ComponentType, lazy } from 'react'
import { Link, NavLink, Route, Routes, useParams } from 'react-router'
import { distributeQuotas, readCoverage } from '../shared/campaigns/api.ts'
import type { Endpoint } from '../shared/endpoint.ts'
import { listExports } from '../shared/exports/api.ts'
import { type District, listCommunities } from '../shared/places/api.ts'
import { readQueue } from '../shared/quality/api.ts'
import { listSurveys, type SurveyListed } from '../shared/surveys/api.ts'
import { listVersions } from '../shared/surveys/versions-api.ts'
import { readThemes } from '../shared/themes/api.ts'
import { useAnswer } from './api/use-answer.ts'
import { usePermitted } from './kit/permitted.tsx'
import { Screen } from './kit/screen-face.tsx'
import { SurveyList } from './surveys/survey-list.tsx'

const EditPage = lazy(() => import('./desk-survey-edit.tsx'))

export interface SurveyPage {
  path: string
  title: string
  /** What the page asks first: whoever may not make one of these calls is not shown the way there. */
  asks: Endpoint[]
  Page: ComponentType<{ district: District; survey: SurveyListed }>
}

/** What is done with one survey, in the order of the work. */
const surveyPages: SurveyPage[] = [
  {
    path: 'coverage',
    title: '进度',
    asks: [readCoverage, listCommunities],
    Page: lazy(() => import('./desk-coverage.tsx')),
  },
  { path: 'quotas', title: '样本目标', asks: [distributeQuotas], Page: lazy(() => import('./desk-quotas.tsx')) },
  { path: 'quality', title: '答卷质量', asks: [readQueue], Page: lazy(() => import('./desk-quality.tsx')) },
  {
    path: 'open-answers',
    title: '开放意见',
    asks: [readThemes],
    Page: lazy(() => import('./desk-open-answers.tsx')),
  },
  { path: 'rounds', title: '轮次与版本', asks: [listVersions], Page: lazy(() => import('./desk-rounds.tsx')) },
  { path: 'exports', title: '导出', asks: [listExports], Page: lazy(() => import('./exports/exports-page.tsx')) },
]

/** The surveys of a district, and the pages of each. */
export default function SurveysPage({ district }: { district: District }) {
  const seen = useAnswer(listSurveys, { district: district.code })
  return (
    <Screen seen={seen}>
      {(surveys) => (
        <Routes>
          <Route index element={<SurveyList district={district.code} surveys={surveys} />} />
          <Route path=":code/edit" element={<EditPage district={district} />} />
          <Route path=":code/*" element={<SurveyPages district={district} surveys={surveys} />} />
        </Routes>
      )}
    </Screen>
  )
}

function SurveyPages({ district, surveys }: { district: District; surveys: SurveyListed[] }) {
  const { code } = useParams()
  const { may } = usePermitted()
  const survey = surveys.find((each) => each.survey === code)
  if (!survey) {
    return (
      <p>
        没有这份问卷。请回到<Link to="/surveys">问卷列表</Link>。
      </p>
    )
  }
  const pages = surveyPages.filter(({ asks }) => asks.every(may))
  const [first] = pages
  return (
    <>
      <p className="crumbs">
        <Link to="/surveys">问卷</Link> › {survey.title}
      </p>
      <nav aria-label="这份问卷" className="tabs">
        {pages.map(({ path, title }) => (
          <NavLink key={path} to={`/surveys/${survey.survey}/${path}`}>
            {title}
          </NavLink>
        ))}
      </nav>
      <Routes>
        {first && <Route index element={<first.Page district={district} survey={survey} />} />}
        {pages.map(({ path, Page }) => (
          <Route key={path} path={`${path}/*`} element={<Page district={district} survey={survey} />} />
        ))}
      </Routes>
    </>
  )
}
