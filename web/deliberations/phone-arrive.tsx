import { type FormEvent, useState } from 'react'
import { NAMES_KEPT_DAYS } from '../../shared/deliberations/kinds.ts'
import type { Room } from '../../shared/deliberations/room.ts'
import { reasonOf } from '../api/call.ts'
import { Refusal } from '../kit/refusal.tsx'
import { TextField } from '../kit/text-field.tsx'
import { cardHere } from './phone-card.ts'
import { RoomFacts } from './phone-facts.tsx'
import { arrive, type RoomAddress, type Visit } from './visits.ts'

interface Props {
  room: Room
  at: RoomAddress
  visit: Visit | undefined
}

/** What this is, what is stored, and one button. */
export function Arrive({ room, at, visit }: Props) {
  const { head } = room
  const isOver = head.status === 'closed'
  return (
    <main className="sheet room">
      <RoomFacts head={head} />
      {isOver ? <Over at={at} code={head.code} /> : <SignIn room={room} at={at} visit={visit} />}
    </main>
  )
}

function Over({ at, code }: { at: RoomAddress; code: string }) {
  return (
    <>
      <p className="hint">这次活动已经结束，谢谢您关心。</p>
      <a className="main" href={`/m/${at.district}/${code}/results`}>
        看看办得怎么样了
      </a>
    </>
  )
}

function SignIn({ room: { head }, at, visit }: Props) {
  const card = cardHere()
  const isOnline = head.kind === 'consultation'
  const [name, setName] = useState('')
  const [compound, setCompound] = useState('')
  const [namesMe, setNamesMe] = useState(false)
  const [face, setFace] = useState<{ face: 'asking' | 'working' } | { face: 'refused'; message: string }>({
    face: 'asking',
  })
  const come = async (event: FormEvent) => {
    event.preventDefault()
    setFace({ face: 'working' })
    try {
      const given = { name: name.trim() || undefined, compound: compound.trim() || undefined }
      await arrive(at, { ...given, ...(namesMe && given.name ? { namesMe } : {}), ...(card ? { card } : {}) })
      // Whoever is sent this page's address is not sent the seat.
      if (card) history.replaceState(null, '', location.pathname)
    } catch (error) {
      const { code, message } = reasonOf(error)
      setFace({ face: 'refused', message: code === 'unreachable' ? '现在连不上网，还没有签到；请再按一次。' : message })
    }
  }
  return (
    <form onSubmit={(event) => void come(event)} noValidate>
      {visit?.state === 'left' && <p className="hint">您已经签退了。还想参加，再按一次签到就行。</p>}
      <p>{isOnline ? onlineNotice : hallNotice}</p>
      <details>
        <summary>想写上姓名（可以不写）</summary>
        <TextField
          label="姓名"
          name="name"
          value={name}
          maxLength={40}
          autoComplete="name"
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label="住在哪个小区"
          name="compound"
          value={compound}
          maxLength={80}
          autoComplete="off"
          onChange={(event) => setCompound(event.target.value)}
        />
        <p className="small">姓名在结束{NAMES_KEPT_DAYS}天后删除；下面勾选了的，会留在公布的纪要里。</p>
        <label className="tick">
          <input type="checkbox" checked={namesMe} onChange={(event) => setNamesMe(event.target.checked)} />
          <span>同意在{isOnline ? '结果' : '会议纪要'}里写我的姓名</span>
        </label>
      </details>
      {face.face === 'refused' && <Refusal message={face.message} />}
      <button type="submit" className="main big" disabled={face.face === 'working'}>
        {face.face === 'working' ? '请稍等……' : isOnline ? '进去看看' : card ? `签到，坐 ${card.seat} 号` : '签到'}
      </button>
    </form>
  )
}

const hallNotice =
  '系统会记下您到场的时间，和您写的意见、投的票，只用来整理这次会议的纪要和办理结果；无记名投票不会记下谁投了什么。姓名可以空着，不写也一样能发言、投票。'
const onlineNotice =
  '系统会记下您的表态和写的意见，只用来修改这份方案和公布答复。姓名可以空着，不写也一样能表态、提意见。'
