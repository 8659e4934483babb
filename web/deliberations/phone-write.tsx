import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { MOST_STATEMENT_LENGTH, shownWord } from '../../shared/deliberations/kinds.ts'
import type { RoomHead } from '../../shared/deliberations/room.ts'
import { makeStatement } from '../../shared/deliberations/statements-api.ts'
import { oneLine, type TextFault, textFault } from '../../shared/one-line.ts'
import { randomId } from '../kit/random-id.ts'
import { post } from './outbox.ts'
import { changeVisit, type Visit } from './visits.ts'

interface Props {
  visit: Visit
  heading: string
  head: RoomHead
  proposal?: string
}

/** One writes, one presses, and it is on its way; what is half written stays on the phone. */
export function Write({ visit, heading, head, proposal }: Props) {
  const id = useId()
  const [text, setText] = useDraft(visit, proposal ?? '')
  const [wrong, setWrong] = useState<string>()
  const length = [...oneLine(text)].length
  const send = async (event: FormEvent) => {
    event.preventDefault()
    const fault = textFault(oneLine(text), MOST_STATEMENT_LENGTH)
    if (fault) return setWrong(faults[fault])
    setWrong(undefined)
    const { district, deliberation, ticket } = visit
    const one = randomId()
    await post(
      makeStatement,
      { district, deliberation },
      { id: one, ticket, text: oneLine(text), ...(proposal ? { proposal } : {}) },
      { id: one, deliberation, about: { kind: 'statement', text: oneLine(text) } },
    )
    setText('')
  }
  return (
    <form className="asking" onSubmit={(event) => void send(event)} noValidate>
      <label htmlFor={id} className="heading">
        {heading}
      </label>
      <textarea
        id={id}
        rows={3}
        value={text}
        onChange={(event) => setText(event.target.value)}
        aria-describedby={`${id}-count`}
        aria-invalid={wrong ? true : undefined}
      />
      <p className="small" id={`${id}-count`}>
        {length > MOST_STATEMENT_LENGTH
          ? `写了 ${length} 字，最多 ${MOST_STATEMENT_LENGTH} 字，请删去 ${length - MOST_STATEMENT_LENGTH} 字，或分成几条写。`
          : `${length > 0 ? `写了 ${length} 字，` : ''}最多 ${MOST_STATEMENT_LENGTH} 字。${head.moderated ? `工作人员看过后${shownWord(head.kind)}。` : ''}`}
      </p>
      {wrong && (
        <p className="refusal" role="alert">
          {wrong}
        </p>
      )}
      <button type="submit" className="main">
        提交
      </button>
    </form>
  )
}

const faults: Record<TextFault, string> = {
  empty: '还没有写内容，请写一句再提交。',
  'too-long': `一条意见最多 ${MOST_STATEMENT_LENGTH} 个字，请缩短，或者分成几条来写。`,
  markup: '意见里有网页代码一样的符号（如 <a>），请用平常的话再写一遍。',
}

const QUIET_MS = 500

function useDraft(visit: Visit, about: string): [string, (text: string) => void] {
  const [text, setText] = useState(visit.drafts[about] ?? '')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const unsaved = useRef<() => void>(undefined)
  useEffect(
    () => () => {
      unsaved.current?.()
    },
    [],
  )
  const set = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    unsaved.current = () => {
      clearTimeout(timer.current)
      unsaved.current = undefined
      void changeVisit(visit, (now) => ({ ...now, drafts: { ...now.drafts, [about]: next } }))
    }
    timer.current = setTimeout(() => unsaved.current?.(), next === '' ? 0 : QUIET_MS)
  }
  return [text, set]
}
