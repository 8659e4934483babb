import { Button, Popconfirm } from 'antd'
import { setStatus } from '../../shared/deliberations/api.ts'
import type { Status } from '../../shared/deliberations/kinds.ts'
import { useAct } from '../api/use-act.ts'
import { useKeptFocus } from '../kit/kept-focus.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Refusal } from '../kit/refusal.tsx'
import { useDesk } from './desk-here.ts'

const statusWords: Record<Status, string> = { planned: '未开始', open: '进行中', closed: '已结束' }

/** What meeting it is, who is there, the way to the wall, and the meeting's beginning and end. */
export function DeskHead() {
  const { params, room, lists } = useDesk()
  const { title, code, status, present, byPhone, bySeat } = room.head
  const { act, busy, refused } = useAct()
  const mayRun = usePermitted().may(setStatus)
  const place = useKeptFocus<HTMLElement>()
  const set = async (next: 'open' | 'closed') => {
    await act(setStatus, params, { status: next })
    lists.reread('plan')
  }
  return (
    <header className="room-head" ref={place} tabIndex={-1}>
      <strong className="room-title">{title}</strong>
      <span className={status === 'open' ? 'tag' : 'tag quiet'}>{statusWords[status]}</span>
      <span>
        房间号 <strong className="room-code">{code}</strong>
      </span>
      <span role="status">
        到会 <strong>{present}</strong> 人（手机 {byPhone}，座位卡 {bySeat}）
      </span>
      <span className="room-head-ways">
        <a className="small" href={`/screen/${params.district}/${params.deliberation}`} target="_blank" rel="noopener">
          打开投影画面
        </a>
        {mayRun && status !== 'open' && (
          <Button type={status === 'planned' ? 'primary' : undefined} disabled={busy} onClick={() => void set('open')}>
            {status === 'planned' ? '开始会议' : '重新开始'}
          </Button>
        )}
        {mayRun && status === 'open' && (
          <Popconfirm
            title="结束会议？"
            description="结束后不再接收签到、意见和表决。"
            okText="结束"
            cancelText="不结束"
            onConfirm={() => void set('closed')}
          >
            <Button disabled={busy}>结束会议</Button>
          </Popconfirm>
        )}
      </span>
      {refused && <Refusal message={refused} />}
    </header>
  )
}
