import type { ReactNode } from 'react'
import type { Seen } from '../api/use-answer.ts'
import { usePermitted } from './permitted.tsx'
import { Refusal } from './refusal.tsx'
import { Waiting } from './waiting.tsx'

/** The three faces of a screen: waiting, refused (with a way on), ready. */
export function Screen<T>({ seen, children }: { seen: Seen<T>; children(data: T): ReactNode }) {
  const { beyond } = usePermitted()
  if (seen.face === 'waiting') return <Waiting />
  if (seen.face === 'ready') return children(seen.data)
  // What is out of reach is answered as if it did not exist.
  const maybeBeyond = ['unknown_community', 'unknown_site', 'not_found'].includes(seen.code) ? beyond : undefined
  return (
    <div role="alert">
      <Refusal message={maybeBeyond ?? seen.message} />
      <div className="actions">
        <button type="button" className="small" onClick={seen.again}>
          再试一次
        </button>
      </div>
    </div>
  )
}
