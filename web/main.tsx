import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './kit/base.css'

const isDesk = /^\/desk(\/|$)/.test(location.pathname)

/** Written without then(): a build would lose the styles of the desk otherwise. */
async function desk() {
  // Asked while the desk's code is on its way, which says so itself where it does not arrive.
  void import('./people/session.ts').then(
    ({ whoIs }) => whoIs(),
    () => undefined,
  )
  const page = await import('./desk.tsx')
  await page.prepare()
  return page
}

const root = document.getElementById('root')!
const onUncaughtError = (error: unknown) => {
  console.error(error)
  root.textContent = '网络不好，这一页没有加载完，请刷新后再试。'
}

// The words in index.html stand until there is something to see: a fallback drawn by React would stay for 300 ms at least.
const page = isDesk ? desk() : import('./first.tsx')
page.then(({ default: Page }) => {
  createRoot(root, { onUncaughtError }).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  )
}, onUncaughtError)
