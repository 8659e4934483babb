import { keepForOffline } from '../api/offline-pages.ts'
import { lazily } from '../kit/lazily.tsx'
import { outbox } from './outbox.ts'
import { FindRoom } from './phone-find.tsx'
import { FoundRoom } from './phone-room.tsx'
import './phone.css'

const ResultsPage = lazily(() => import('./results-page.tsx'))

document.title = '社区议事'
outbox.keepSending()
keepForOffline('room')

/** Everything a resident sees of a deliberation: `/m`, and the address in the code on the wall. */
export default function PhonePages({ path }: { path: string }) {
  const [, , district, code, part] = path.split('/').map(decodeURIComponent)
  if (district && /^[A-Za-z]{2,4}$/.test(district) && code && /^\d{6}$/.test(code)) {
    const Page = part === 'results' ? ResultsPage : FoundRoom
    return <Page district={district.toUpperCase()} code={code} />
  }
  const message = code ? '这个网址不对，请重新扫海报上的二维码，或在下面输入六位房间号。' : undefined
  return <FindRoom message={message} />
}
