import type { ReactNode } from 'react'
import type { Seen } from '../api/use-answer.ts'
import { useAskKey } from './ask-key.tsx'
import { Refusal } from './refusal.tsx'
import { Waiting } from './waiting.tsx'

/** The three faces of a screen: waiting, refused (with a way on), ready. */
export function Screen<T>({ seen, children }: { seen: Seen<T>; children(data: T): ReactNode }) {
  const askKey = useAskKey()
  if (seen.face === 'waiting') return <Waiting />
  if (seen.face === 'ready') return children(seen.data)
  const wantsKey = seen.code === 'key_needed' || seen.code === 'sign_in_needed'
  return (
    <div role="alert">
      <Refusal message={wantsKey ? '这里的数据需要工作密钥才能查看。' : seen.message} />
      <div className="actions">
        {wantsKey && (
          <button type="button" className="small" onClick={async () => (await askKey()) && seen.again()}>
            输入工作密钥
          </button>
        )}
        <button type="button" className="small" onClick={seen.again}>
          再试一次
        </button>
      </div>
    </div>
  )
}
