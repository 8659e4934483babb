import { type ComponentType, lazy } from 'react'

/** A part of the pages that is loaded when it is wanted; where it does not arrive, the person is told what to do. */
export function lazily<Props>(load: () => Promise<{ default: ComponentType<Props> }>) {
  return lazy(() => load().catch(() => ({ default: DidNotLoad as ComponentType<Props> })))
}

function DidNotLoad() {
  return (
    <main className="sheet">
      <p className="refusal" role="alert">
        网络不好，这一页没有加载完；请找个信号好的地方再打开一次，填过的内容都还在。
      </p>
      <button type="button" className="main" onClick={() => location.reload()}>
        重新打开
      </button>
    </main>
  )
}
