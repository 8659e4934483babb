import { useState } from 'react'
import type { Room, RoomStatement } from '../../shared/deliberations/room.ts'
import { ReadAloud } from '../kit/read-aloud.tsx'
import { Said } from './phone-said.tsx'

const FIRST = 10

/** What is on the wall, the newest first. */
export function Wall({ room: { statements } }: { room: Room }) {
  const [all, setAll] = useState(false)
  if (statements.length === 0) return null
  const newest = [...statements].sort((a, b) => b.number - a.number)
  const shown = all ? newest : newest.slice(0, FIRST)
  const words = () => shown.map(({ number, text }) => `第 ${number} 号：${text}`).join('。')
  return (
    <section>
      <div className="row">
        <h2>墙上的意见（{statements.length} 条）</h2>
        <ReadAloud words={words} />
      </div>
      <ul className="list">
        {shown.map((statement) => (
          <OnWall key={statement.id} statement={statement} />
        ))}
      </ul>
      {shown.length < newest.length && (
        <button type="button" className="second" onClick={() => setAll(true)}>
          看全部 {newest.length} 条
        </button>
      )}
    </section>
  )
}

function OnWall({ statement }: { statement: RoomStatement }) {
  return (
    <li>
      <Said statement={statement} />
      {statement.result && <p className="state">已讨论：{statement.result}</p>}
    </li>
  )
}
