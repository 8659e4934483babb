import { type ComponentType, lazy } from 'react'
import type { Endpoint } from '../shared/endpoint.ts'
import type { Me } from '../shared/people/api.ts'
import type { District } from '../shared/places/api.ts'

interface PeoplePage {
  path: string
  /** As the navigation calls it; pages without one are reached from the bar. */
  title?: string
  /** What the page asks first: whoever may not make one of these calls is not shown the way there. */
  asks: Endpoint[]
  Page: ComponentType<{ district: District; me: Me }>
}

/** Pages about people and what they do, for whoever is signed in. */
export const peoplePages: PeoplePage[] = [
  { path: 'account', asks: [], Page: lazy(() => import('./people/own-account-page.tsx')) },
  { path: 'inbox', asks: [], Page: lazy(() => import('./people/inbox-page.tsx')) },
]
