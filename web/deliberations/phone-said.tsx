import type { RoomStatement } from '../../shared/deliberations/room.ts'

/** A statement with its number, and what was merged into it in the words of those who said it. */
export function Said({ statement: { number, text, merged } }: { statement: RoomStatement }) {
  return (
    <>
      <p>
        <strong>第 {number} 号</strong> {text}
      </p>
      {merged.map((one) => (
        <p className="small" key={one.number}>
          第 {one.number} 号也是这个意思：{one.text}
        </p>
      ))}
    </>
  )
}
