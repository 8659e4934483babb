import { useEffect, useState } from 'react'
import { useStoredDraft } from './phone-drafts.ts'
import { type Sent, whenWishSent } from './phone-outgoing.ts'

/** On every page: a wish that still waits on this phone, or has just gone. */
export function Unsent({ district }: { district: string }) {
  const draft = useStoredDraft(district)
  const [sent, setSent] = useState<Sent>()
  useEffect(() => whenWishSent(setSent), [])
  const isOnItsPage = location.pathname.endsWith('/new')
  if (isOnItsPage) return null
  if (sent) {
    return (
      <p className="good" role="status">
        您的第 {sent.number} 号心愿发出去了。
      </p>
    )
  }
  if (!draft || draft === 'unread' || draft.state !== 'waiting') return null
  return (
    <p className="hint" role="status">
      您有一个心愿还存在这部手机里，没有发出去；有了网会自己发。
      <a href={`/w/${district}/new`}>看看</a>
    </p>
  )
}
