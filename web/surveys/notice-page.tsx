import { useState } from 'react'
import type { Notice } from '../../shared/surveys/notice.ts'
import { ReadAloud } from '../kit/read-aloud.tsx'
import type { Place } from './fillings.ts'
import { Volatile } from './volatile.tsx'

interface Props {
  place: Place | undefined
  notice: Notice
  /** There is a draft already, begun under another notice. */
  isRenewed: boolean
  face: 'reading' | 'opening' | 'no-network'
  isVolatile: boolean
  begin: () => void
}

/** What the person is told first; nothing is asked before they agree, and the box is theirs to tick. */
export function NoticePage({ place, notice, isRenewed, face, isVolatile, begin }: Props) {
  const [isAgreed, setAgreed] = useState(false)
  const [isReminded, setReminded] = useState(false)
  const start = () => {
    if (!isAgreed) return setReminded(true)
    begin()
  }
  const words = () => [notice.title, ...notice.points.flatMap(({ heading, text }) => [heading, text])].join('。')
  return (
    <main className="sheet">
      <p className="where">{place ? `${place.districtName} ${place.communityName}` : ' '}</p>
      <h1>居民需求调查</h1>
      {isVolatile && <Volatile />}
      {isRenewed && (
        <p className="hint" role="status">
          告知书更新过了，请您再看一遍；填过的内容都还在，同意后接着填。
        </p>
      )}
      <div className="row">
        <h2>{notice.title}</h2>
        <ReadAloud words={words} />
      </div>
      <dl className="notice" data-ready>
        {notice.points.map(({ heading, text }) => (
          <div key={heading}>
            <dt>{heading}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p className="small">告知书 {notice.version} 版</p>
      <div className="foot">
        <label className="tick">
          <input type="checkbox" checked={isAgreed} onChange={(event) => setAgreed(event.target.checked)} />
          <span>{notice.consent}</span>
        </label>
        {isReminded && !isAgreed && (
          <p className="refusal" role="alert">
            请先在上面的方框里打勾，再开始填写。
          </p>
        )}
        {face === 'no-network' && (
          <p className="refusal" role="alert">
            现在连不上网，问卷还没有打开；请找个信号好的地方，再按一次“开始填写”。
          </p>
        )}
        <button type="button" className="main" onClick={start}>
          {face === 'opening' ? '正在打开……' : isRenewed ? '接着填写' : '开始填写'}
        </button>
        <p className="small">
          不会填？<a href="/help">看看怎么填</a>，或请社区工作人员帮忙。
        </p>
      </div>
    </main>
  )
}
