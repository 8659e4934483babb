import { lazy, type ReactNode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'

const Wall = lazy(async () => ({ default: (await import('./deliberations/wall.tsx')).Wall }))
const EventScreen = lazy(async () => ({ default: (await import('./wishes/event-screen.tsx')).EventScreen }))

/** What a hall sees of its deliberation, or of the wishes at an event: loads nothing of the desk or of the phones. */
const [, , district = '', what = ''] = location.pathname.split('/').map(decodeURIComponent)
const community = new URLSearchParams(location.search).get('community')

function Shown(): ReactNode {
  if (what === 'wishes') return <EventScreen district={district} community={community} />
  return <Wall district={district} deliberation={what} />
}

const root = document.getElementById('root')
if (root) {
  const onUncaughtError = (error: unknown) => {
    console.error(error)
    root.textContent = '画面出了点问题，请刷新这一页；内容都在。'
  }
  createRoot(root, { onUncaughtError }).render(
    <Suspense
      fallback={
        <main>
          <p className="wall-wait">正在打开投影画面……</p>
        </main>
      }
    >
      <Shown />
    </Suspense>,
  )
}
