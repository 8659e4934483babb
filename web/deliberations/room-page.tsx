import type { InputRef } from 'antd'
import { useCallback, useMemo, useRef } from 'react'
import { readPlan } from '../../shared/deliberations/api.ts'
import { listAttendance } from '../../shared/deliberations/attendance-api.ts'
import { listQuestions } from '../../shared/deliberations/questions-api.ts'
import { listStatements } from '../../shared/deliberations/statements-api.ts'
import { readCatalogue, readCommunity } from '../../shared/places/api.ts'
import { questionOf, together, useAnswer } from '../api/use-answer.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Refusal } from '../kit/refusal.tsx'
import { Screen } from '../kit/screen-face.tsx'
import { useKeys } from '../kit/use-keys.ts'
import { Waiting } from '../kit/waiting.tsx'
import { DeskAgenda } from './desk-agenda.tsx'
import { DeskCapture } from './desk-capture.tsx'
import { DeskDoor } from './desk-door.tsx'
import { DeskHead } from './desk-head.tsx'
import { type Desk, DeskHere, type RoomParams, useDeskLists } from './desk-here.ts'
import { useSending, useWaiting } from './desk-outbox.ts'
import { DeskQueue } from './desk-queue.tsx'
import { DeskSpeakers } from './desk-speakers.tsx'
import { DeskVotes } from './desk-votes.tsx'
import type { Parcel } from './outbox.ts'
import { useRoom } from './use-room.ts'
import './desk-room.css'

/** The one screen from which a meeting is run. */
export function RoomPage({ district, deliberation }: RoomParams) {
  const params = useMemo(() => ({ district, deliberation }), [district, deliberation])
  const planKey = useMemo(() => questionOf(readPlan, params).queryKey, [params])
  const lists = useDeskLists(params, planKey)
  const { seen: followed, live } = useRoom(district, deliberation, lists.reread)
  const read = useRead(params)
  if (followed.face === 'waiting') return <Waiting />
  if (followed.face === 'refused') return <Refusal message={followed.message} />
  return (
    <Screen seen={read}>{(data) => <RoomDesk {...{ params, lists, live }} {...data} room={followed.data} />}</Screen>
  )
}

interface Read extends Pick<Desk, 'planned' | 'statements' | 'questions'> {
  catalogue: { catalogue: { services: Desk['services'] } }
}

/** What the desk reads again whenever it is told to. */
function useRead(params: RoomParams) {
  return together<Read>({
    planned: useAnswer(readPlan, params),
    statements: useAnswer(listStatements, params),
    questions: useAnswer(listQuestions, params),
    catalogue: useAnswer(readCatalogue, { district: params.district }),
  })
}

interface Shown extends Read, Pick<Desk, 'params' | 'lists' | 'room'> {
  live: boolean
}

function RoomDesk({ live, catalogue, ...shown }: Shown) {
  const { params, planned, lists } = shown
  const { may } = usePermitted()
  const attendance = useAnswer(listAttendance, params, {}, may(listAttendance))
  const place = { district: params.district, community: planned.plan.community }
  const community = useAnswer(readCommunity, place, {}, may(readCommunity))
  const waiting = useWaiting(params.deliberation)
  const sent = useCallback(
    ({ about }: Parcel) => lists.reread(about.kind === 'vote' ? 'questions' : 'statements'),
    [lists],
  )
  useSending(params.deliberation, live, sent)
  const capture = useRef<InputRef>(null)
  const door = useRef<InputRef>(null)
  const frame = useRef<HTMLDivElement>(null)
  const focusOn = (selector: string) => frame.current?.querySelector<HTMLElement>(selector)?.focus()
  useKeys({
    ...{ '/': () => capture.current?.focus(), d: () => door.current?.focus() },
    v: () => focusOn('.room-votes form input'),
  })
  const desk: Desk = {
    ...shown,
    services: catalogue.catalogue.services,
    ...(attendance.face === 'ready' && { attendance: attendance.data }),
  }
  const compounds = community.face === 'ready' ? community.data.compounds.map(({ name }) => name) : []
  return (
    <DeskHere value={desk}>
      <div className="room-desk" ref={frame}>
        <DeskHead />
        {!live && <p className="room-stale">现在收不到别处的变化，正在重新连接。记下的发言和票都存着，不会丢。</p>}
        <div className="room-columns">
          <div className="room-column">
            <DeskAgenda />
            <DeskSpeakers />
          </div>
          <div className="room-column">
            <DeskCapture {...{ waiting, field: capture }} leave={() => focusOn('.room-statements > [tabindex="0"]')} />
            <DeskQueue />
          </div>
          <div className="room-column">
            <DeskVotes waiting={waiting} />
            <DeskDoor field={door} compounds={compounds} />
          </div>
        </div>
      </div>
    </DeskHere>
  )
}
