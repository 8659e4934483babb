import { kindNames } from '../../shared/deliberations/kinds.ts'
import type { RoomHead, RoomStatement } from '../../shared/deliberations/room.ts'
import { WallPage } from './wall-page.tsx'
import { type Leaf, sizeOf } from './wall-scenes.ts'

interface Props {
  statements: RoomStatement[]
  leaf: Leaf
  all: number
}

/** What residents have said, the newest large. */
export function WallStatements({ statements, leaf, all }: Props) {
  return (
    <section aria-label="大家的意见">
      <h2>
        大家的意见 <span>{all} 条</span>
        <WallPage {...leaf} />
      </h2>
      <ul className="wall-statements">
        {statements.map((statement, at) => (
          <Said key={statement.id} statement={statement} isNewest={leaf.page === 1 && at === 0} />
        ))}
      </ul>
    </section>
  )
}

function Said({ statement, isNewest }: { statement: RoomStatement; isNewest: boolean }) {
  const { number, text, merged, result } = statement
  return (
    <li className={`wall-size-${sizeOf(text, isNewest)}`}>
      <p>
        <span className="wall-number">{number}</span>
        {text}
      </p>
      {merged.length > 0 && (
        <p className="wall-merged">第 {merged.map(({ number }) => number).join('、')} 号也是这个意思</p>
      )}
      {result && <p className="wall-merged">结果：{result}</p>}
    </li>
  )
}

const words: Record<RoomHead['status'], [string, string]> = {
  planned: ['会议就要开始', '请扫右边的码签到；没有手机的，请在门口领座位卡。'],
  open: ['说说您的想法', '扫右边的码写下意见，或者举手发言。'],
  closed: ['会议结束，谢谢大家', '扫右边的码，看您的意见办到了哪一步。'],
}

/** Before anything was said. */
export function WallBeginning({ head }: { head: RoomHead }) {
  const [heading, next] = words[head.status]
  return (
    <section className="wall-beginning">
      <p>
        {head.communityName} · {kindNames[head.kind]}
      </p>
      <h2>{heading}</h2>
      <p>{next}</p>
      {(head.place || head.host) && (
        <p className="wall-quiet">{[head.place, head.host && `主持 ${head.host}`].filter(Boolean).join('　')}</p>
      )}
    </section>
  )
}
