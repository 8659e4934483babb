import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { Waiting } from './kit/waiting.tsx'
import './kit/base.css'

const Desk = lazy(() => import('./desk.tsx'))
const First = lazy(() => import('./first.tsx'))
const isDesk = /^\/desk(\/|$)/.test(location.pathname)

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Suspense fallback={<Waiting />}>{isDesk ? <Desk /> : <First />}</Suspense>
    </StrictMode>,
  )
}
