import { Button, Input, type InputRef } from 'antd'
import { type FormEvent, type Ref, useState } from 'react'
import { MOST_STATEMENT_LENGTH } from '../../shared/deliberations/kinds.ts'
import { takeDown } from '../../shared/deliberations/statements-api.ts'
import { statementTyped } from '../../shared/deliberations/typed.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { randomId } from '../kit/random-id.ts'
import { useDesk } from './desk-here.ts'
import type { Waiting } from './desk-outbox.ts'
import { DeskParcels } from './desk-parcels.tsx'
import { type Parcel, post } from './outbox.ts'

interface Props {
  waiting: Waiting
  field: Ref<InputRef>
  /** To what was said, where it is moderated. */
  leave(): void
}

/** Where statements are taken down, as long as the meeting runs. */
export function DeskCapture(props: Props) {
  const { status } = useDesk().room.head
  const mayCapture = usePermitted().may(takeDown)
  if (!mayCapture) return null
  return (
    <section className="room-part room-capture" aria-labelledby="capture">
      <h2 id="capture">记录发言</h2>
      {status === 'open' ? <CaptureLine {...props} /> : <p className="under">{closedWords[status]}</p>}
      <Unsent waiting={props.waiting} />
    </section>
  )
}

const closedWords = {
  planned: '会议还没有开始。点右上角的“开始会议”后，在这里一行一条记下大家说的话。',
  closed: '会议已经结束，不再记录。接下来请核对纪要，写好跟进事项。',
}

/** One line while people talk: Enter, and it is written down, with or without network. */
function CaptureLine({ field, leave }: Props) {
  const { params, room } = useDesk()
  const [line, setLine] = useState('')
  const [last, setLast] = useState('')
  const typed = statementTyped(line)
  const item = room.items.find(({ state }) => state === 'current')
  const length = [...typed.text].length
  const isTooLong = length > MOST_STATEMENT_LENGTH
  const write = (event: FormEvent) => {
    event.preventDefault()
    if (!typed.text || isTooLong) return
    const id = randomId()
    const about = { kind: 'statement', text: typed.text } as const
    setLine('')
    setLast(`已记下：${typed.seat ? `${typed.seat} 号座，` : ''}${typed.text}`)
    const body = { id, ...typed, item: item?.id ?? null }
    void post(takeDown, params, body, { id, deliberation: params.deliberation, about })
  }
  const place = `${typed.seat ? `${typed.seat} 号座` : '不记座位'}${item ? ` · 记入“${item.title}”` : ''}`
  return (
    <>
      <form className="room-line" onSubmit={write}>
        <Input
          ref={field}
          autoFocus
          aria-labelledby="capture"
          aria-describedby="capture-read"
          placeholder="12 想要一处能坐的地方（座位号可不写）"
          value={line}
          onChange={({ target }) => setLine(target.value)}
          onKeyDown={({ key }) => key === 'Escape' && leave()}
          status={isTooLong ? 'error' : ''}
        />
        <Button htmlType="submit" type="primary">
          记下
        </Button>
      </form>
      <p id="capture-read" className="under capture-read">
        {isTooLong
          ? `一条最多 ${MOST_STATEMENT_LENGTH} 字，现在 ${length} 字，请分成几条。`
          : line === '' && last
            ? last
            : place}
      </p>
    </>
  )
}

function Unsent({ waiting: { parcels, trouble } }: Pick<Props, 'waiting'>) {
  const mine = parcels.filter(({ about }) => about.kind === 'statement')
  const wordsOf = ({ about }: Parcel) => (about.kind === 'statement' ? about.text : '')
  return <DeskParcels parcels={mine} trouble={trouble} wordsOf={wordsOf} />
}
