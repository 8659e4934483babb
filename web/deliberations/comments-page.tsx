import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { isAnswered, threadsOf } from '../../shared/deliberations/answer-table.ts'
import { readPlan } from '../../shared/deliberations/api.ts'
import { answerTable } from '../../shared/deliberations/minutes-api.ts'
import { listQuestions } from '../../shared/deliberations/questions-api.ts'
import { listStatements } from '../../shared/deliberations/statements-api.ts'
import { readCatalogue } from '../../shared/places/api.ts'
import { questionOf, together, useAnswer } from '../api/use-answer.ts'
import { fetched } from '../kit/fetched.ts'
import { Refusal } from '../kit/refusal.tsx'
import { Screen } from '../kit/screen-face.tsx'
import { Waiting } from '../kit/waiting.tsx'
import { CommentsTable } from './comments-table.tsx'
import { type Desk, DeskHere, type RoomParams, useDeskLists } from './desk-here.ts'
import { DeskQueue } from './desk-queue.tsx'
import { faultsOf } from './plan-words.ts'
import { useRoom } from './use-room.ts'
import './desk-room.css'
import './comments.css'

/** What residents say about a draft plan, and what they are answered. */
export function CommentsPage({ district, deliberation }: RoomParams) {
  const params = useMemo(() => ({ district, deliberation }), [district, deliberation])
  const planKey = useMemo(() => questionOf(readPlan, params).queryKey, [params])
  const lists = useDeskLists(params, planKey)
  const { seen: followed, live } = useRoom(district, deliberation, lists.reread)
  const read = together<Pick<Desk, 'planned' | 'statements' | 'questions'> & { catalogue: Catalogue }>({
    planned: useAnswer(readPlan, params),
    statements: useAnswer(listStatements, params),
    questions: useAnswer(listQuestions, params),
    catalogue: useAnswer(readCatalogue, { district }),
  })
  if (followed.face === 'waiting') return <Waiting />
  if (followed.face === 'refused') return <Refusal message={followed.message} />
  return (
    <Screen seen={read}>
      {({ catalogue, ...data }) => (
        <>
          {!live && <p className="room-stale">现在收不到别处的变化，正在重新连接。</p>}
          <Comments {...data} {...{ params, lists }} room={followed.data} services={catalogue.catalogue.services} />
        </>
      )}
    </Screen>
  )
}

interface Catalogue {
  catalogue: { services: Desk['services'] }
}

/** What is chosen of a draft: one item, what is about none, or all of it. */
export type Chosen = string | null | 'all'

function Comments(desk: Desk) {
  const { params, room, statements } = desk
  const [chosen, setChosen] = useState<Chosen>('all')
  const unanswered = threadsOf(statements).filter((one) => !isAnswered(one)).length
  const waiting = statements.filter(({ state }) => state === 'received').length
  const here = useMemo<Desk>(
    () => ({ ...desk, statements: desk.statements.filter(({ proposal }) => chosen === 'all' || proposal === chosen) }),
    [desk, chosen],
  )
  return (
    <DeskHere value={here}>
      <div className="comments">
        <h1>{room.head.title}</h1>
        <header className="comments-head">
          <p role="status">
            {statements.length === 0
              ? '还没有人提意见。居民扫海报上的二维码进来，就能逐项表态、提意见。'
              : `共 ${statements.length} 条意见，${waiting} 条待审核，${unanswered} 条待答复。`}
          </p>
          <Download params={params} isEmpty={statements.length === 0} />
        </header>
        <CommentsTable room={room} statements={statements} chosen={chosen} choose={setChosen} />
        <DeskQueue key={String(chosen)} />
      </div>
    </DeskHere>
  )
}

function Download({ params, isEmpty }: { params: RoomParams; isEmpty: boolean }) {
  const [busy, setBusy] = useState(false)
  const [faults, setFaults] = useState<string[]>([])
  const get = async () => {
    setBusy(true)
    setFaults([])
    await fetched(answerTable, params).catch((error: unknown) => setFaults(faultsOf(error)))
    setBusy(false)
  }
  return (
    <>
      <Button onClick={() => void get()} loading={busy} disabled={isEmpty}>
        下载答复表（XLSX）
      </Button>
      {faults.map((message) => (
        <Refusal key={message} message={message} />
      ))}
    </>
  )
}
