import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { elementAt } from '../../shared/surveys/edit.ts'
import { useDesk } from './edit-context.ts'
import { READY, type Shown } from './preview-message.ts'

/** A phone that shows the form as residents will see it, in a page of its own. */
export function Phone() {
  const { state, definition } = useDesk()
  const frame = useRef<HTMLIFrameElement>(null)
  const [isReady, setReady] = useState(false)
  const shown = useDeferredValue(definition)
  const picked = Array.isArray(state.picked) ? elementAt(shown, state.picked) : undefined
  const at = Array.isArray(state.picked) && state.picked.length > 1 ? String(picked?.name ?? '') : undefined
  useEffect(() => {
    const hear = ({ origin, source, data }: MessageEvent) => {
      if (origin === location.origin && source === frame.current?.contentWindow && data === READY) setReady(true)
    }
    addEventListener('message', hear)
    return () => removeEventListener('message', hear)
  }, [])
  useEffect(() => {
    const message: Shown = { definition: shown, ...(at && { at }) }
    if (isReady) frame.current?.contentWindow?.postMessage(message, location.origin)
  }, [isReady, shown, at])
  return (
    <aside aria-label="手机预览" className="edit-phone">
      <h2>手机预览</h2>
      <iframe ref={frame} src="/desk/preview" title="居民在手机上看到的问卷" width={390} height={760} />
      <p className="under">可以像居民一样试填，看跳题对不对；这里填的不会交出去。</p>
    </aside>
  )
}
