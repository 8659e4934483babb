import { type ReactNode, useEffect, useState } from 'react'
import { type Filling, makeRoom } from './fillings.ts'
import { trailOf } from './trail.ts'

interface Props {
  filling: Filling
  results: (district: string, community: string) => ReactNode
}

/** The answer has arrived: the receipt, what happens next, and what neighbours have said so far. */
export function ReceiptPage({ filling, results }: Props) {
  const { place, receipt } = filling
  const cameBack = useLeavingQuestions(filling.id)
  return (
    <main className="sheet">
      <h1>谢谢您，答卷收到了</h1>
      {cameBack && (
        <p className="hint" role="status">
          这份答卷已经交了，不用再填；想改主意，可以用下面的回执码撤回后重填。
        </p>
      )}
      {receipt ? (
        <section className="ticket" aria-label="回执">
          <p>您的回执码</p>
          <p className="code big">{receipt}</p>
          <p className="small">请截图，或抄在纸上。凭它可以撤回答卷，别人拿到也看不到您的答案。</p>
        </section>
      ) : (
        <p className="hint">这份答卷先前已经交过，以先交的为准；要核对，请联系社区工作人员。</p>
      )}
      <h2>接下来会怎样</h2>
      <ol className="steps">
        <li>调查结束后，{place.communityName}居民的回答合在一起算，看大家最缺什么。</li>
        <li>对照附近已有的设施和能用的房屋场地，编出本社区的建设方案。</li>
        <li>方案会在社区公示，到时请您再来提意见。</li>
      </ol>
      {results(place.district, place.community)}
      <div className="choices">
        <button type="button" className="second" onClick={() => void makeRoom(filling)}>
          帮另一位家人填一份
        </button>
        <a className="second" href={`/withdraw${receipt ? `#${receipt}` : ''}`}>
          撤回这份答卷
        </a>
      </div>
    </main>
  )
}

/** The pages of the form are still behind us in the browser's history: going back stays here, once, and then leaves. */
function useLeavingQuestions(of: string): boolean {
  const [cameBack, setCameBack] = useState(false)
  useEffect(() => {
    const stay = () => {
      setCameBack(true)
      const before = trailOf(of).length - 1
      if (before > 0) history.go(-before)
    }
    addEventListener('popstate', stay)
    return () => removeEventListener('popstate', stay)
  }, [of])
  return cameBack
}
