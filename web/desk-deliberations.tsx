import { type ComponentType, lazy } from 'react'
import { Link, NavLink, Route, Routes, useParams } from 'react-router'
import { type Listed, listDeliberations, readPlan } from '../shared/deliberations/api.ts'
import { readRoom } from '../shared/deliberations/attendance-api.ts'
import type { Kind } from '../shared/deliberations/kinds.ts'
import { listFollowUps, readMinutes } from '../shared/deliberations/minutes-api.ts'
import { listStatements } from '../shared/deliberations/statements-api.ts'
import type { Endpoint } from '../shared/endpoint.ts'
import type { District } from '../shared/places/api.ts'
import { useAnswer } from './api/use-answer.ts'
import { DeliberationList } from './deliberations/deliberation-list.tsx'
import { NewPlanPage, PlanPage } from './deliberations/plan-page.tsx'
import { UnsettledList } from './deliberations/unsettled-list.tsx'
import { usePermitted } from './kit/permitted.tsx'
import { Screen } from './kit/screen-face.tsx'

interface PageProps {
  district: string
  deliberation: string
}

interface DeliberationPage {
  path: string
  title: string
  /** What the page asks first: whoever may not make one of these calls is not shown the way there. */
  asks: Endpoint[]
  /** Whether there is anything to do on it for this kind; all kinds where it does not say. */
  suits?(kind: Kind): boolean
  Page: ComponentType<PageProps>
}

/** A page of the room, which is loaded when it is opened. */
const page = (load: () => Promise<ComponentType<PageProps>>) => lazy(async () => ({ default: await load() }))

/** What is done with one deliberation, in the order of the work. */
const deliberationPages: DeliberationPage[] = [
  { path: 'plan', title: '筹备', asks: [readPlan], Page: PlanPage },
  {
    path: 'room',
    title: '会场',
    asks: [readPlan, readRoom],
    suits: (kind) => kind !== 'consultation',
    Page: page(async () => (await import('./deliberations/room-page.tsx')).RoomPage),
  },
  {
    path: 'comments',
    title: '意见与答复',
    asks: [readPlan, readRoom, listStatements],
    suits: (kind) => kind === 'consultation',
    Page: page(async () => (await import('./deliberations/comments-page.tsx')).CommentsPage),
  },
  {
    path: 'minutes',
    title: '纪要',
    asks: [readMinutes, readRoom],
    Page: page(async () => (await import('./deliberations/minutes-page.tsx')).MinutesPage),
  },
  {
    path: 'follow-ups',
    title: '跟进事项',
    asks: [listFollowUps, listStatements],
    Page: page(async () => (await import('./deliberations/follow-ups-page.tsx')).FollowUpsPage),
  },
]

/** The deliberations of a district, and the pages of each. */
export default function DeliberationsPage({ district }: { district: District }) {
  const seen = useAnswer(listDeliberations, { district: district.code })
  return (
    <Screen seen={seen}>
      {(all) => (
        <Routes>
          <Route
            index
            element={
              <>
                <DeliberationList all={all} />
                <UnsettledList district={district.code} />
              </>
            }
          />
          <Route path="new" element={<NewPlanPage district={district.code} />} />
          <Route path=":deliberation/*" element={<DeliberationPages district={district.code} all={all} />} />
        </Routes>
      )}
    </Screen>
  )
}

function DeliberationPages({ district, all }: { district: string; all: Listed[] }) {
  const { deliberation = '' } = useParams()
  const { may } = usePermitted()
  const one = all.find(({ id }) => id === deliberation)
  if (!one) {
    return (
      <p>
        没有这次议事会，或者不在您负责的范围内。请回到<Link to="/deliberations">议事会列表</Link>。
      </p>
    )
  }
  const pages = deliberationPages.filter(({ asks, suits }) => asks.every(may) && (suits?.(one.kind) ?? true))
  const [first] = pages
  const at = { district, deliberation }
  return (
    <>
      <p className="crumbs">
        <Link to="/deliberations">议事会</Link> › {one.title}
      </p>
      <nav aria-label="这次议事会" className="tabs">
        {pages.map(({ path, title }) => (
          <NavLink key={path} to={`/deliberations/${deliberation}/${path}`}>
            {title}
          </NavLink>
        ))}
      </nav>
      <Routes>
        {first && <Route index element={<first.Page {...at} />} />}
        {pages.map(({ path, Page }) => (
          <Route key={path} path={`${path}/*`} element={<Page key={deliberation} {...at} />} />
        ))}
      </Routes>
    </>
  )
}
