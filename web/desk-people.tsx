import { type ComponentType, lazy } from 'react'
import type { Endpoint } from '../shared/endpoint.ts'
import { listPeople, type Me, newSlip } from '../shared/people/api.ts'
import { searchAuditCall } from '../shared/people/audit-api.ts'
import { readOutbox } from '../shared/people/notices-api.ts'
import { erasePersonalData, exportPersonalData } from '../shared/people/personal-data-api.ts'
import { type District, listCommunities } from '../shared/places/api.ts'

interface PeoplePage {
  path: string
  /** As the navigation calls it; pages without one are reached from the bar. */
  title?: string
  /** What the page asks first: whoever may not make one of these calls is not shown the way there. */
  asks: Endpoint[]
  Page: ComponentType<{ district: District; me: Me }>
}

const managing = (page: 'people' | 'slips' | 'audit' | 'messages' | 'personalData') =>
  lazy(() => import('./people/people-pages.tsx').then(({ pages }) => ({ default: pages[page] })))

/** Pages about people and what they do, for whoever is signed in. */
export const peoplePages: PeoplePage[] = [
  { path: 'people', title: '人员', asks: [listPeople, listCommunities], Page: managing('people') },
  { path: 'people/slips', asks: [newSlip], Page: managing('slips') },
  { path: 'audit', title: '审计', asks: [searchAuditCall], Page: managing('audit') },
  { path: 'messages', title: '短信', asks: [readOutbox], Page: managing('messages') },
  {
    path: 'personal-data',
    title: '个人信息',
    asks: [exportPersonalData, erasePersonalData],
    Page: managing('personalData'),
  },
  { path: 'account', asks: [], Page: lazy(() => import('./people/own-account-page.tsx')) },
  { path: 'inbox', asks: [], Page: lazy(() => import('./people/inbox-page.tsx')) },
]
