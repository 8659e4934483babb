import { Button, InputNumber } from 'antd'
import { useRef, useState } from 'react'
import {
  type CommunityCoverage,
  type Contact,
  listContacts,
  type Outcome,
  outcomes,
  recordContact,
  undoContact,
} from '../../shared/campaigns/api.ts'
import { responseRate } from '../../shared/campaigns/rates.ts'
import { visitsOf } from '../../shared/campaigns/sums.ts'
import { call } from '../api/call.ts'
import { useAnswer } from '../api/use-answer.ts'
import { randomId } from '../kit/random-id.ts'
import { Refusal } from '../kit/refusal.tsx'
import { Screen } from '../kit/screen-face.tsx'
import { useDoing } from './use-doing.ts'
import { dayWords, outcomeNames, percent, whole } from './words.ts'

interface Props {
  params: { district: string; survey: string; community: string }
  coverage: CommunityCoverage
  changed(): void
}

/** Doors that stayed shut: taken down with a number and one tap, and taken back as easily. */
export function Contacts({ params, coverage, changed }: Props) {
  const seen = useAnswer(listContacts, params)
  const { busy, refused, run } = useDoing()
  const [doors, setDoors] = useState(1)
  const [said, setSaid] = useState('')
  /** Of the tap that was refused or lost: the same again must not count twice. */
  const pending = useRef<{ key: string; id: string }>(undefined)
  const again = () => {
    changed()
    if (seen.face === 'ready') seen.again()
  }
  const record = async (outcome: Outcome) => {
    const key = `${outcome} ${doors}`
    const id = pending.current?.key === key ? pending.current.id : randomId()
    pending.current = { key, id }
    const isDone = await run(async () => void (await call(recordContact, params, { body: { id, outcome, doors } })))
    if (!isDone) return
    pending.current = undefined
    setSaid(`已记下${outcomeNames[outcome]} ${doors} 户。`)
    setDoors(1)
    again()
  }
  const undo = async (contact: string) => {
    if (await run(async () => void (await call(undoContact, { ...params, contact })))) {
      setSaid('已撤销。')
      again()
    }
  }
  const rate = responseRate(visitsOf(coverage))
  return (
    <section aria-label="入户未遇和拒访">
      <h2>入户：未遇和拒访</h2>
      <p className="under">
        拒访 {whole(coverage.refused)} 户，未遇 {whole(coverage.notHome)} 户，入户有效答卷{' '}
        {whole(visitsOf(coverage).valid)} 份，应答率 {percent(rate)}。
      </p>
      {refused && <Refusal message={refused} />}
      <div className="one-tap">
        <label htmlFor="doors">
          户数
          <InputNumber
            id="doors"
            size="large"
            min={1}
            max={500}
            precision={0}
            value={doors}
            onChange={(value) => setDoors(value ?? 1)}
          />
        </label>
        {outcomes.map((outcome) => (
          <Button key={outcome} size="large" disabled={busy} onClick={() => record(outcome)}>
            记一次{outcomeNames[outcome]}
          </Button>
        ))}
        <span role="status">{said}</span>
      </div>
      <Screen seen={seen}>{(contacts) => <List contacts={contacts} busy={busy} undo={undo} />}</Screen>
    </section>
  )
}

function List({ contacts, busy, undo }: { contacts: Contact[]; busy: boolean; undo(id: string): void }) {
  if (contacts.length === 0) return <p className="note">还没有记录。敲门没人应、或者人家不愿填，就在上面点一下。</p>
  return (
    <ul className="records">
      {contacts.map(({ id, day, outcome, doors, mine, undoable }) => (
        <li key={id}>
          {dayWords(day)}　{outcomeNames[outcome]} {doors} 户{mine ? '（我记的）' : ''}
          {undoable && (
            <Button size="small" disabled={busy} onClick={() => undo(id)}>
              撤销
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
