import { createRoot } from 'react-dom/client'
import { PreviewPage } from './surveys/preview-page.tsx'

/** The inside of the phone on the editor: nothing that is answered here goes anywhere. */
const root = document.getElementById('root')
if (root) createRoot(root).render(<PreviewPage />)
