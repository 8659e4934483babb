import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import { lazy, Suspense } from 'react'
import { BrowserRouter, Link, Route, Routes } from 'react-router'
import { type District, listDistricts } from '../shared/places/api.ts'
import { Refused } from './api/call.ts'
import { useAnswer } from './api/use-answer.ts'
import { askForTable } from './desk-questions.ts'
import { KeyHolder } from './kit/ask-key.tsx'
import { lazilyAhead } from './kit/lazily-ahead.tsx'
import { Screen } from './kit/screen-face.tsx'
import { Waiting } from './kit/waiting.tsx'
import { DistrictPicker, usePickedDistrict } from './places/district-picker.tsx'
import './kit/desk.css'

const DistrictPage = lazilyAhead(() => import('./desk-district.tsx'))
const CommunityPage = lazy(() => import('./desk-community.tsx'))
const BriefPage = lazy(() => import('./desk-brief.tsx'))
const PostersPage = lazy(() => import('./desk-posters.tsx'))
const HelpPage = lazy(() => import('./help/desk-help.tsx'))

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // What the server refuses once it refuses again; a network that was away may be back.
      retry: (failures, error) => failures < 2 && !(error instanceof Refused && error.problem.code !== 'unreachable'),
    },
  },
})

const theme = {
  token: {
    colorPrimary: '#1f5f5b',
    colorLink: '#1f5f5b',
    colorText: '#1c2523',
    colorTextPlaceholder: '#66726f',
    borderRadius: 6,
    fontSize: 14,
    fontFamily: 'inherit',
    motion: false,
  },
  components: {
    Table: { headerBg: '#f0f4f3', headerSortActiveBg: '#e3efed', bodySortBg: '#fafcfb', borderColor: '#d5dcda' },
  },
}

/** What the table needs comes while its code is on the way, and the code before anything is drawn: a planner opens the desk to see it. */
export async function prepare(): Promise<void> {
  if (!/^\/desk\/?$/.test(location.pathname)) return
  void askForTable(queries)
  await DistrictPage.load()
}

/** The desk: where planners compare communities, read demand and take briefs home. */
export default function Desk() {
  return (
    <QueryClientProvider client={queries}>
      <ConfigProvider locale={zhCN} theme={theme} wave={{ disabled: true }}>
        <BrowserRouter basename="/desk">
          <div className="desk">
            <KeyHolder>
              <Shell />
            </KeyHolder>
          </div>
        </BrowserRouter>
      </ConfigProvider>
    </QueryClientProvider>
  )
}

function Shell() {
  const districts = useAnswer(listDistricts, undefined)
  const all = districts.face === 'ready' ? districts.data : []
  const [district, pick] = usePickedDistrict(all)
  return (
    <>
      <header className="bar">
        <div>
          <a className="name" href="/">
            以需
          </a>
          <nav aria-label="主导航">
            <Link to="/">各社区需求总表</Link>
            {' · '}
            <Link to="/posters">海报与桌牌</Link>
            {' · '}
            <Link to="/help">帮助</Link>
          </nav>
          <span className="place">{district && <DistrictPicker districts={all} picked={district} pick={pick} />}</span>
        </div>
      </header>
      <main>
        <Screen seen={districts}>{() => (district ? <Pages district={district} /> : <NoDistrict />)}</Screen>
      </main>
    </>
  )
}

function Pages({ district }: { district: District }) {
  return (
    <>
      {district.demo && <p className="mark">演示数据：除公开报道的四个案例外，地名与数字均为虚构，不作为决策依据</p>}
      <Suspense fallback={<Waiting />}>
        <Routes>
          <Route index element={<DistrictPage district={district} />} />
          <Route path="communities/:code" element={<CommunityPage district={district} />} />
          <Route path="sites/:site/briefs/:edition" element={<BriefPage district={district} />} />
          <Route path="posters" element={<PostersPage district={district} />} />
          <Route path="help" element={<HelpPage />} />
          <Route path="*" element={<NoPage />} />
        </Routes>
      </Suspense>
    </>
  )
}

function NoPage() {
  return (
    <>
      <h1>没有这个页面</h1>
      <p>
        地址可能抄错了。请回到<Link to="/">各社区需求总表</Link>。
      </p>
    </>
  )
}

function NoDistrict() {
  return (
    <>
      <h1>还没有区县</h1>
      <p>
        想先看看演示，请把设置 <code>SEED</code> 改为 <code>demo</code> 后重新启动；要建立自己的区县，请看 README
        中“建立一个区县”。
      </p>
    </>
  )
}
