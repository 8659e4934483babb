import { useState } from 'react'
import { type OwnWish, withdrawWish } from '../../shared/wishes/api.ts'
import { costNames, kindNames } from '../../shared/wishes/kinds.ts'
import { type Step, stateNames, stepsFrom } from '../../shared/wishes/states.ts'
import { call, reasonOf } from '../api/call.ts'
import { serverNow } from '../api/server-clock.ts'
import { useKeptFocus } from '../kit/kept-focus.ts'
import { dayWords } from './days.ts'
import { Confirm } from './phone-confirm.tsx'
import { Edit } from './phone-edit.tsx'
import { OwnPhotos } from './phone-own-photos.tsx'
import { Fault } from './phone-picks.tsx'
import { OwnSteps } from './phone-steps.tsx'
import { Twice } from './phone-twice.tsx'
import { stateSentence, timeLeft, whereWords } from './phone-words.ts'
import { ticketFor } from './ticket.ts'

interface Props {
  district: string
  wish: OwnWish
  changed(): void
}

/** One's own wish: how far it is, what staff said, and what one can do now. */
export function OwnCard({ district, wish, changed }: Props) {
  const [isEdited, setEdited] = useState(false)
  const place = useKeptFocus<HTMLLIElement>()
  const may = stepsFrom(wish.state, 'wisher')
  const can = (step: Step) => may.includes(step)
  const now = serverNow()
  return (
    <li className="card" ref={place} tabIndex={-1}>
      <p className="marks">
        <span className={`mark ${wish.kind}`}>{kindNames[wish.kind]}</span>
        <span className="mark">{costNames[wish.cost]}</span>
        <span className="number">{wish.number} 号</span>
      </p>
      <h2>{wish.text}</h2>
      <Facts of={[whereWords(wish), can('withdraw') ? timeLeft(wish.neededBy, now) : undefined]} />
      <OwnSteps state={wish.state} />
      <p className="state" role="status">
        {stateNames[wish.state]}：{stateSentence(wish, now)}
      </p>
      <Reason wish={wish} />
      {wish.photo && <OwnPhotos district={district} wish={wish.id} photos={[wish.photo]} what="您配的照片" />}
      {wish.done && (
        <>
          <p>
            {dayWords(wish.done.on, now)}办的：{wish.done.note}
          </p>
          <OwnPhotos district={district} wish={wish.id} photos={wish.done.photos} what="办到时的照片" />
        </>
      )}
      {wish.mergedInto && (
        <a className="second" href={`/w/${district}/wish/${wish.mergedInto.id}`}>
          看第 {wish.mergedInto.number} 号心愿
        </a>
      )}
      {can('confirm') && <Confirm {...{ district, wish, changed }} canDispute={can('dispute')} />}
      {wish.thanks && <blockquote className="said">您说：“{wish.thanks}”</blockquote>}
      {wish.rating && <p className="facts">您打了 {wish.rating} 颗星</p>}
      {can('revise') &&
        (isEdited ? (
          <Edit
            {...{ district, wish, changed }}
            leave={() => setEdited(false)}
            done={() => {
              setEdited(false)
              changed()
            }}
          />
        ) : (
          <button type="button" className="second" onClick={() => setEdited(true)}>
            改一改
          </button>
        ))}
      {can('withdraw') && !isEdited && <Withdraw {...{ district, wish, changed }} />}
    </li>
  )
}

const whose: Partial<Record<OwnWish['state'], string>> = {
  ...{ returned: '社区的话', rejected: '社区的话', disputed: '您说', withdrawn: '原因' },
}

/** What was said with the last step; with others it is of long ago. */
function Reason({ wish: { state, reason } }: { wish: OwnWish }) {
  const said = whose[state]
  if (!reason || !said) return null
  return (
    <p className="hint">
      {said}：{reason}
    </p>
  )
}

const Facts = ({ of }: { of: (string | undefined)[] }) =>
  of.filter(Boolean).map((words) => (
    <p key={words} className="facts">
      {words}
    </p>
  ))

function Withdraw({ district, wish, changed }: Props) {
  const [fault, setFault] = useState<string>()
  const isHeld = wish.state === 'claimed'
  const act = async () => {
    setFault(undefined)
    try {
      await call(withdrawWish, { district, wish: wish.id }, { body: { ticket: ticketFor(district) } })
    } catch (error) {
      setFault(reasonOf(error).message)
    }
    changed()
  }
  return (
    <>
      <Twice
        label="不要了，撤回"
        question={
          isHeld
            ? `${wish.sponsor ?? '认领的单位'}已经在办了，撤回后会告诉他们。真的撤回吗？`
            : '撤回就不办了，真的撤回吗？'
        }
        sure="撤回"
        act={() => void act()}
      />
      <Fault id={`withdraw-${wish.id}`} text={fault} />
    </>
  )
}
