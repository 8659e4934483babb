import { type ComponentType, lazy } from 'react'
import { Navigate, NavLink, Route, Routes } from 'react-router'
import type { Endpoint } from '../shared/endpoint.ts'
import type { District } from '../shared/places/api.ts'
import { listSponsors } from '../shared/wishes/claims-api.ts'
import { listStations, listWishes, moderateWish, readRules, readWishCounts } from '../shared/wishes/desk-api.ts'
import { usePermitted } from './kit/permitted.tsx'
import './wishes/desk.css'

interface WishesPage {
  path: string
  title: string
  /** What the page asks or does first: whoever may not make one of these calls is not shown the way there. */
  asks: Endpoint[]
  Page: ComponentType<{ district: string }>
}

const page = (load: () => Promise<ComponentType<{ district: string }>>) => lazy(async () => ({ default: await load() }))

/** In the order of the work. */
const wishesPages: WishesPage[] = [
  {
    path: 'queue',
    title: '审核',
    asks: [listWishes, moderateWish],
    Page: page(async () => (await import('./wishes/desk-queue.tsx')).QueuePage),
  },
  {
    path: 'progress',
    title: '进展',
    asks: [listWishes],
    Page: page(async () => (await import('./wishes/desk-progress.tsx')).ProgressPage),
  },
  {
    path: 'new',
    title: '代提',
    // Anybody may post; for somebody else those do who look after wishes.
    asks: [moderateWish],
    Page: page(async () => (await import('./wishes/desk-post.tsx')).PostPage),
  },
  {
    path: 'sponsors',
    title: '共建单位',
    asks: [listSponsors],
    Page: page(async () => (await import('./wishes/desk-sponsors.tsx')).SponsorsPage),
  },
  {
    path: 'stations',
    title: '驿站与规则',
    asks: [listStations, readRules],
    Page: page(async () => (await import('./wishes/desk-stations.tsx')).StationsPage),
  },
  {
    path: 'statistics',
    title: '统计',
    asks: [readWishCounts],
    Page: page(async () => (await import('./wishes/desk-statistics.tsx')).StatisticsPage),
  },
]

/** Small wishes, for staff. */
export default function WishesDesk({ district: { code: district } }: { district: District }) {
  const { may } = usePermitted()
  const pages = wishesPages.filter(({ asks }) => asks.every(may))
  const [first] = pages
  return (
    <>
      <p className="crumbs wishes-crumbs">
        微心愿
        <a href={`/w/${district}`}>心愿墙</a>
        <a href={`/screen/${district}/wishes`}>大屏</a>
      </p>
      <nav aria-label="微心愿" className="tabs">
        {pages.map(({ path, title }) => (
          <NavLink key={path} to={`/wishes/${path}`}>
            {title}
          </NavLink>
        ))}
      </nav>
      <Routes>
        {first && <Route index element={<Navigate replace to={`/wishes/${first.path}`} />} />}
        {pages.map(({ path, Page }) => (
          <Route key={path} path={`${path}/*`} element={<Page key={district} district={district} />} />
        ))}
      </Routes>
    </>
  )
}
