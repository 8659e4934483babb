import { Button, Input, type InputRef } from 'antd'
import { type FormEvent, type Ref, useId, useRef, useState } from 'react'
import type { Invitee } from '../../shared/deliberations/api.ts'
import { signIn } from '../../shared/deliberations/attendance-api.ts'
import { useAct } from '../api/use-act.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { randomId } from '../kit/random-id.ts'
import { Refusal } from '../kit/refusal.tsx'
import { DeskAttendance } from './desk-attendance.tsx'
import { useDesk } from './desk-here.ts'
import { seatDigits } from './desk-seat.ts'

/** Signing in at the door, and who is here. */
export function DeskDoor({ field, compounds }: { field: Ref<InputRef>; compounds: string[] }) {
  const { room, attendance } = useDesk()
  const maySignIn = usePermitted().may(signIn)
  if (!maySignIn && !attendance) return null
  return (
    <section className="room-part room-door" aria-labelledby="door">
      <header>
        <h2 id="door">签到</h2>
      </header>
      {maySignIn && room.head.status !== 'closed' && <DoorForm field={field} compounds={compounds} />}
      {attendance && <DeskAttendance attendance={attendance} />}
    </section>
  )
}

const empty = { name: '', seat: '', compound: '' }
type Fields = typeof empty

function DoorForm({ field, compounds }: { field: Ref<InputRef>; compounds: string[] }) {
  const { params, planned, lists } = useDesk()
  const [fields, setFields] = useState(empty)
  // The same person stays the same when Enter was pressed twice, or the answer was lost.
  const participant = useRef(randomId())
  const { act, busy, refused, forget } = useAct()
  const [done, setDone] = useState('')
  const names = useId()
  const places = useId()
  const set = (part: Partial<Fields>) => {
    if (refused) forget()
    setFields({ ...fields, ...part })
  }
  const send = async (event: FormEvent) => {
    event.preventDefault()
    const seat = seatDigits(fields.seat)
    const [name, compound] = [fields.name.trim(), fields.compound.trim()]
    if (busy || (!seat && !name)) return
    const body = { participant: participant.current, ...(seat && { seat }), ...(name && { name }) }
    const signed = await act(signIn, params, { ...body, ...(compound && { compound }) })
    if (!signed) return
    participant.current = randomId()
    setFields(empty)
    setDone(`${name || `${seat} 号座`} 已签到，第 ${signed.answer.number} 位。`)
    lists.reread('attendance')
    firstOf(event)?.focus()
  }
  return (
    <form className="room-door-fields" onSubmit={(event) => void send(event)} autoComplete="off">
      <Input
        ref={field}
        aria-label="姓名"
        placeholder="姓名"
        maxLength={40}
        list={names}
        value={fields.name}
        onChange={({ target }) => set({ name: target.value, ...(knownAs(planned.roster, target.value) ?? {}) })}
      />
      <Input
        aria-label="座位号"
        placeholder="座位"
        inputMode="numeric"
        value={fields.seat}
        status={fields.seat && !seatDigits(fields.seat) ? 'error' : ''}
        onChange={({ target }) => set({ seat: target.value })}
      />
      <Input
        aria-label="小区"
        placeholder="小区"
        maxLength={80}
        list={places}
        value={fields.compound}
        onChange={({ target }) => set({ compound: target.value })}
      />
      <Button htmlType="submit">签到</Button>
      <datalist id={names}>
        {planned.roster.map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
      <datalist id={places}>
        {compounds.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <p role="status" className="under">
        {done}
      </p>
      {refused && <Refusal message={refused} />}
    </form>
  )
}

const firstOf = ({ target }: FormEvent): HTMLElement | null => (target as HTMLFormElement).querySelector('input')

/** Whoever is on the roster needs not be asked where they live. */
function knownAs(roster: Invitee[], name: string): Partial<Fields> | undefined {
  const [invitee, other] = roster.filter((each) => each.name === name.trim())
  if (!invitee || other) return undefined
  const { compound, seat } = invitee
  return { ...(compound && { compound }), ...(seat && { seat: String(seat) }) }
}
