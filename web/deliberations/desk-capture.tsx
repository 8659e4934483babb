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
import { post } from './outbox.ts'

/** One line while people talk: Enter, and it is written down, with or without network. */
export function DeskCapture({ waiting, field }: { waiting: Waiting; field: Ref<InputRef> }) {
  const { params, room } = useDesk()
  const [line, setLine] = useState('')
  const mayCapture = usePermitted().may(takeDown) && room.head.status === 'open'
  const typed = statementTyped(line)
  const item = room.items.find(({ state }) => state === 'current')
  const isTooLong = typed.text.length > MOST_STATEMENT_LENGTH
  const write = (event: FormEvent) => {
    event.preventDefault()
    if (!typed.text || isTooLong) return
    const id = randomId()
    const about = { kind: 'statement', text: typed.text } as const
    setLine('')
    const body = { id, ...typed, item: item?.id ?? null }
    void post(takeDown, params, body, { id, deliberation: params.deliberation, about })
  }
  if (!mayCapture) return null
  const mine = waiting.parcels.filter(({ about }) => about.kind === 'statement')
  return (
    <section className="room-part room-capture" aria-labelledby="capture">
      <h2 id="capture">记录发言</h2>
      <form className="room-line" onSubmit={write}>
        <Input
          ref={field}
          autoFocus
          aria-labelledby="capture"
          aria-describedby="capture-read"
          placeholder="例如：12 想要一处能坐的地方（前面的座位号可不写），回车记下"
          value={line}
          onChange={({ target }) => setLine(target.value)}
          status={isTooLong ? 'error' : ''}
        />
        <Button htmlType="submit" type="primary">
          记下
        </Button>
      </form>
      <p id="capture-read" className="under">
        {isTooLong
          ? `一条最多 ${MOST_STATEMENT_LENGTH} 字，现在 ${typed.text.length} 字，请分成几条。`
          : `${typed.seat ? `${typed.seat} 号座` : '不记座位'}${item ? ` · 记入“${item.title}”` : ''}`}
      </p>
      <DeskParcels
        parcels={mine}
        trouble={waiting.trouble}
        wordsOf={({ about }) => (about.kind === 'statement' ? about.text : '')}
      />
    </section>
  )
}
