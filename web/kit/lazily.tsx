import { type ComponentType, lazy, useEffect, useState } from 'react'

type Loading<Props> = () => Promise<{ default: ComponentType<Props> }>

/** Where it does not arrive, the person is told what to do. */
const told = <Props,>(load: Loading<Props>) => load().catch(() => ({ default: DidNotLoad as ComponentType<Props> }))

/** A part of the pages that is loaded when it is wanted. */
export function lazily<Props>(load: Loading<Props>) {
  return lazy(() => told(load))
}

/** A part of the pages that is loaded as soon as this is called and shown the moment it has come: React keeps a lazy part's fallback for 300 ms. */
export function useLoaded<Props>(load: Loading<Props>): ComponentType<Props> | undefined {
  const [loaded, setLoaded] = useState<ComponentType<Props>>()
  useEffect(() => {
    void told(load).then((part) => setLoaded(() => part.default))
  }, [load])
  return loaded
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
