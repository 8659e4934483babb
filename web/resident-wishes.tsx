import { PhoneCodeFields } from './people/phone-code-fields.tsx'
import { clearSeen, noteSeen, wasSeen } from './people/session-seen.ts'
import PhonePages from './wishes/phone-pages.tsx'

const door = { Fields: PhoneCodeFields, wasSeen, noteSeen, clearSeen }

/** Where couriers sign in is people's business, what they wish for is not. */
export default function WishPages({ path }: { path: string }) {
  return <PhonePages path={path} door={door} />
}
