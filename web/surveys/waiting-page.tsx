import { useSyncExternalStore } from 'react'
import { listenToSending, sendingNow, sendWaiting } from './send.ts'

/** The answer is on the device and on its way. */
export function WaitingPage({ isVolatile }: { isVolatile: boolean }) {
  const sending = useSyncExternalStore(listenToSending, sendingNow)
  return (
    <main className="sheet" aria-live="polite">
      <h1>{sending.face === 'trying' ? '正在交卷' : '答卷还没有交出去'}</h1>
      {sending.face === 'trying' && <p className="waiting">请稍等，马上就好……</p>}
      {sending.face === 'later' && (
        <>
          <p className="hint" role="status">
            {sending.why === 'busy'
              ? '现在交卷的人多，答卷已经存好，过一会儿会自动交上。'
              : isVolatile
                ? '现在没有网络：请不要关掉这一页，网络一恢复就自动交上。'
                : '现在没有网络，答卷已经存在这部手机里，网络恢复后会自动交上，您可以先忙别的。'}
          </p>
          <button type="button" className="second" onClick={() => void sendWaiting()}>
            现在再试一次
          </button>
        </>
      )}
    </main>
  )
}
