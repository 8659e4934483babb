import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './kit/base.css'

const isDesk = /^\/desk(\/|$)/.test(location.pathname)

async function prepared(desk: typeof import('./desk.tsx')) {
  await desk.prepare()
  return desk
}

const root = document.getElementById('root')!
const onUncaughtError = (error: unknown) => {
  console.error(error)
  root.textContent = '网络不好，这一页没有加载完，请刷新后再试。'
}

// The words in index.html stand until there is something to see: a fallback drawn by React would stay for 300 ms at least.
const page = isDesk ? import('./desk.tsx').then(prepared) : import('./first.tsx')
page.then(({ default: Page }) => {
  createRoot(root, { onUncaughtError }).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  )
}, onUncaughtError)
