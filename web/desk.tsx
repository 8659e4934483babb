import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import { lazy, type ReactNode, Suspense } from 'react'
import { BrowserRouter, Link, Route, Routes } from 'react-router'
import { Refused } from './api/call.ts'
import { askForTable } from './desk-questions.ts'
import { DistrictPage, HelpPage, Shell } from './desk-shell.tsx'
import { lazilyAhead } from './kit/lazily-ahead.tsx'
import { Refusal } from './kit/refusal.tsx'
import { Waiting } from './kit/waiting.tsx'
import { askWho, mayEnter, usePresent, watchSession, whoIs } from './people/session.ts'
import './kit/desk.css'
import './kit/print.css'

const SignInPage = lazilyAhead(() => import('./people/sign-in-page.tsx'))
const PhoneSignInPage = lazy(() => import('./people/phone-sign-in-page.tsx'))
const StepPage = lazy(() => import('./people/sign-in-step.tsx'))
const FirstRunPage = lazy(() => import('./people/first-run-page.tsx'))
const NoAdministrator = lazy(() => import('./people/first-run-elsewhere.tsx'))

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
    colorError: '#b3261e',
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
  watchSession(() => queries.clear())
  const wantsTable = /^\/desk\/?$/.test(location.pathname)
  if (!(await mayEnter())) {
    await SignInPage.load()
    // The form does not wait for the table's code, but whoever types will want it next.
    if (wantsTable) document.addEventListener('input', () => void DistrictPage.load(), { once: true })
  } else if (wantsTable) {
    void askForTable(queries)
    await DistrictPage.load()
  }
  await whoIs()
}

/** The desk: where planners compare communities, read demand and take briefs home. */
export default function Desk() {
  return (
    <QueryClientProvider client={queries}>
      <ConfigProvider locale={zhCN} theme={theme} wave={{ disabled: true }} button={{ autoInsertSpace: false }}>
        <BrowserRouter basename="/desk">
          <div className="desk">
            <Door />
          </div>
        </BrowserRouter>
      </ConfigProvider>
    </QueryClientProvider>
  )
}

/** What is shown to whom. Whoever signs in finds the page that they wanted, since its address stays. */
function Door() {
  const present = usePresent()
  switch (present.face) {
    case 'waiting':
      return <Outside page={<Waiting />} />
    case 'refused':
      return <Outside page={<NotTold message={present.message} />} />
    case 'closed':
      return <Outside page={<NoAdministrator />} firstRun={<FirstRunPage />} signIn={<SignInPage />} />
    case 'nobody':
      return <Outside page={<SignInPage why={present.why} />} phone={<PhoneSignInPage />} />
    case 'open':
      return (
        <Routes>
          <Route path="first-run" element={<Outside page={<FirstRunPage />} />} />
          <Route path="sign-in" element={<Outside page={<SignInPage />} />} />
          <Route path="*" element={<Shell />} />
        </Routes>
      )
    case 'somebody': {
      const { me, password } = present
      if (me.must) return <Outside page={<StepPage me={me} must={me.must} password={password} />} />
      return <Shell key={me.id} me={me} />
    }
  }
}

/** Pages for whoever is not, or not quite, in. */
function Outside({
  page,
  firstRun = page,
  signIn = page,
  phone = page,
}: {
  page: ReactNode
  firstRun?: ReactNode
  signIn?: ReactNode
  phone?: ReactNode
}) {
  return (
    <>
      <header className="bar">
        <div>
          <a className="name" href="/">
            以需
          </a>
          <nav aria-label="主导航">
            <Link to="/help">帮助</Link>
          </nav>
        </div>
      </header>
      <main>
        <Suspense fallback={<Waiting />}>
          <Routes>
            <Route path="help" element={<HelpPage />} />
            <Route path="first-run" element={firstRun} />
            <Route path="sign-in" element={signIn} />
            <Route path="phone" element={phone} />
            <Route path="*" element={page} />
          </Routes>
        </Suspense>
      </main>
    </>
  )
}

function NotTold({ message }: { message: string }) {
  return (
    <div role="alert">
      <Refusal message={message} />
      <div className="actions">
        <button type="button" className="small" onClick={askWho}>
          再试一次
        </button>
      </div>
    </div>
  )
}
