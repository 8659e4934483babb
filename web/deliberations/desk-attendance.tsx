import { Button, Input } from 'antd'
import { useState } from 'react'
import { type Attendee, signOut } from '../../shared/deliberations/attendance-api.ts'
import { presenceNames } from '../../shared/deliberations/kinds.ts'
import { useAct } from '../api/use-act.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Refusal } from '../kit/refusal.tsx'
import { useDesk } from './desk-here.ts'

const MOST_SHOWN = 20

/** Who is here, the last to come first. */
export function DeskAttendance({ attendance }: { attendance: Attendee[] }) {
  const { params, room, lists } = useDesk()
  const [wanted, setWanted] = useState('')
  const { act, busy, refused } = useAct()
  const mayRun = usePermitted().may(signOut) && room.head.status === 'open'
  const all = attendance.filter((each) => isMeant(each, wanted.trim())).sort((a, b) => b.number - a.number)
  const found = all.slice(0, MOST_SHOWN)
  const leave = async ({ participant }: Attendee) => {
    await act(signOut, { ...params, participant })
    lists.reread('attendance')
  }
  if (attendance.length === 0) return <p className="under">还没有人签到。扫海报上的二维码，或在上面登记。</p>
  return (
    <>
      <Input
        size="small"
        aria-label="在名单里找人"
        placeholder="找姓名、座位号或小区"
        value={wanted}
        onChange={({ target }) => setWanted(target.value)}
      />
      {refused && <Refusal message={refused} />}
      <ul className="room-people">
        {found.map((each) => (
          <li key={each.participant} className={each.leftAt ? 'left' : undefined}>
            <span>
              {each.name ?? `第 ${each.number} 位签到`}
              {each.seat && ` · ${each.seat} 号座`}
              {each.compound && ` · ${each.compound}`}
              <span className="sub">
                {' '}
                {presenceNames[each.channel]}
                {each.invited && ' · 在名单上'}
              </span>
            </span>
            {each.leftAt ? (
              <span className="sub">已离场</span>
            ) : (
              mayRun && (
                <Button size="small" type="link" disabled={busy} onClick={() => void leave(each)}>
                  离场<span className="unseen">{each.name ?? `第 ${each.number} 位`}</span>
                </Button>
              )
            )}
          </li>
        ))}
      </ul>
      {all.length > MOST_SHOWN && (
        <p className="under">
          先列出最近来的 {MOST_SHOWN} 位，共 {all.length} 位；别的人请在上面找。
        </p>
      )}
      {found.length === 0 && <p className="under">名单里没有，请换一个词再找。</p>}
    </>
  )
}

function isMeant({ name, seat, compound }: Attendee, wanted: string): boolean {
  if (!wanted) return true
  return String(seat) === wanted || [name, compound].some((text) => text?.includes(wanted))
}
