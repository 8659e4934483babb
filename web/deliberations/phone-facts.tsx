import { kindNames } from '../../shared/deliberations/kinds.ts'
import type { RoomHead } from '../../shared/deliberations/room.ts'

const day = new Intl.DateTimeFormat('zh-CN', {
  ...{ timeZone: 'Asia/Shanghai', month: 'long', day: 'numeric', weekday: 'long' },
  ...{ hour: '2-digit', minute: '2-digit' },
})

export const dayAndTime = (moment: string): string => day.format(new Date(moment))

/** What this is, where and when. */
export function RoomFacts({ head }: { head: RoomHead }) {
  const isOnline = head.kind === 'consultation'
  return (
    <>
      <p className="where">
        {head.communityName} · {kindNames[head.kind]}
      </p>
      <h1>{head.title}</h1>
      <dl className="facts">
        <div>
          <dt>{isOnline ? '开始' : '时间'}</dt>
          <dd>{dayAndTime(head.startsAt)}</dd>
        </div>
        {isOnline && head.endsAt && (
          <div>
            <dt>截止</dt>
            <dd>{dayAndTime(head.endsAt)}</dd>
          </div>
        )}
        {head.place && (
          <div>
            <dt>地点</dt>
            <dd>{head.place}</dd>
          </div>
        )}
        {head.host && (
          <div>
            <dt>{isOnline ? '负责人' : '主持'}</dt>
            <dd>{head.host}</dd>
          </div>
        )}
      </dl>
    </>
  )
}
