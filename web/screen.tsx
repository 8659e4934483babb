import { createRoot } from 'react-dom/client'
import { Wall } from './deliberations/wall.tsx'

/** What a hall sees of its deliberation: loads nothing of the desk or of the phones. */
const [, , district = '', deliberation = ''] = location.pathname.split('/').map(decodeURIComponent)
const root = document.getElementById('root')
if (root) {
  const onUncaughtError = (error: unknown) => {
    console.error(error)
    root.textContent = '画面出了点问题，请刷新这一页；会议的内容都在。'
  }
  createRoot(root, { onUncaughtError }).render(<Wall district={district} deliberation={deliberation} />)
}
