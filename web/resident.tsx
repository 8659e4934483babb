import { lazy, type ReactNode, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { TypeControls } from './kit/large-type.tsx'
import { lazily } from './kit/lazily.tsx'
import { Waiting } from './kit/waiting.tsx'
import { FindSurvey } from './surveys/find-survey.tsx'
import { keepSending } from './surveys/send.ts'
import { Visit } from './surveys/visit.tsx'

const Withdraw = lazily(() => import('./surveys/withdraw.tsx'))
const Rooms = lazily(() => import('./deliberations/phone-pages.tsx'))
const Wishes = lazily(() => import('./resident-wishes.tsx'))
const Help = lazily(() => import('./help/resident-help.tsx'))
// Nobody misses the results where they do not arrive.
const FirstResults = lazy(() => import('./briefs/first-results.tsx').catch(() => ({ default: () => null })))

/** Pages for residents: they load nothing of the desk. */
function Resident() {
  return (
    <>
      <header className="bar">
        <a href={homeOf(location.pathname)} className="brand">
          以需
        </a>
        <div className="controls">
          <TypeControls />
        </div>
      </header>
      <Suspense fallback={<Sheet>{<Waiting />}</Sheet>}>{pageAt(location.pathname)}</Suspense>
    </>
  )
}

const isRoom = (path: string) => path.split('/')[1] === 'm'
const isWishes = (path: string) => path.split('/')[1] === 'w'
const homeOf = (path: string) => (isRoom(path) ? '/m' : isWishes(path) ? '/w' : '/s')

function pageAt(path: string): ReactNode {
  const [, page, code] = path.split('/')
  if (page === 'withdraw') return <Withdraw />
  if (page === 'help') return <Help />
  if (isRoom(path)) return <Rooms path={path} />
  if (isWishes(path)) return <Wishes path={path} />
  if (page === 's' && code) {
    const results = (district: string, community: string) => (
      <Suspense>
        <FirstResults district={district} community={community} />
      </Suspense>
    )
    return <Visit code={decodeURIComponent(code)} results={results} />
  }
  return <FindSurvey />
}

function Sheet({ children }: { children: ReactNode }) {
  return <main className="sheet">{children}</main>
}

keepSending()
const root = document.getElementById('root')
if (root) {
  const onUncaughtError = (error: unknown) => {
    console.error(error)
    root.textContent = '页面出了点问题，请刷新后再试，填过的内容都还在。'
  }
  createRoot(root, { onUncaughtError }).render(
    <StrictMode>
      <Resident />
    </StrictMode>,
  )
}
