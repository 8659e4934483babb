import { readRoom } from '../../shared/deliberations/attendance-api.ts'
import { editMinutes, type Minutes, readMinutes } from '../../shared/deliberations/minutes-api.ts'
import type { Room } from '../../shared/deliberations/room.ts'
import type { Document } from '../../shared/document.ts'
import { together, useAnswer } from '../api/use-answer.ts'
import { DocumentView } from '../kit/document-view.tsx'
import { Provenance } from '../kit/figure.tsx'
import { usePermitted } from '../kit/permitted.tsx'
import { Refusal } from '../kit/refusal.tsx'
import { Screen } from '../kit/screen-face.tsx'
import { MinutesForm } from './minutes-form.tsx'
import { minutesSourceWords } from './minutes-source-words.ts'
import { MinutesSteps } from './minutes-steps.tsx'
import { useFreshMinutes, useMinutes } from './use-minutes.ts'
import type { PlanParams } from './use-plan.ts'
import './minutes.css'

/** 纪要: as it will be printed, the secretary's own words beside it, and the steps to its end. */
export function MinutesPage({ district, deliberation }: PlanParams) {
  const params = { district, deliberation }
  useFreshMinutes(params)
  const seen = together<{ minutes: Minutes; room: Room }>({
    minutes: useAnswer(readMinutes, params),
    room: useAnswer(readRoom, params),
  })
  return <Screen seen={seen}>{({ minutes, room }) => <Shown params={params} minutes={minutes} room={room} />}</Screen>
}

interface Props {
  params: PlanParams
  minutes: Minutes
  room: Room
}

function Shown({ params, minutes, room }: Props) {
  const { may } = usePermitted()
  const written = useMinutes(params, minutes)
  const isOpen = minutes.status === 'draft' && may(editMinutes)
  return (
    <>
      <MinutesSteps params={params} minutes={minutes} head={room.head} {...written} />
      {written.fault && <Refusal message={written.fault} />}
      <div className={isOpen ? 'minutes writing' : 'minutes'}>
        {isOpen && <MinutesForm items={room.items} stored={minutes.texts} {...written} />}
        <Provenance words={minutesSourceWords}>
          <DocumentView document={minutes.document as Document} />
        </Provenance>
      </div>
    </>
  )
}
