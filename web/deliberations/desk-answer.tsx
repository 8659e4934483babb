import { Button, Input, Radio } from 'antd'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { type AnswerKind, answerNames, answers } from '../../shared/deliberations/kinds.ts'
import type { Statement } from '../../shared/deliberations/statements-api.ts'
import { Refusal } from '../kit/refusal.tsx'

interface Props {
  statement: Statement
  busy: boolean
  refused: string | undefined
  send(answer: AnswerKind, reason: string): void
  cancel(): void
}

/** Answers a comment of a consultation. Arrows choose, Ctrl and Enter in the reason save, Escape leaves it. */
export function DeskAnswer({ statement, busy, refused, send, cancel }: Props) {
  const [answer, setAnswer] = useState<AnswerKind>(statement.answer ?? 'adopted')
  const [reason, setReason] = useState(statement.result ?? '')
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    if (!busy && reason.trim()) send(answer, reason.trim())
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      cancel()
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
  }
  return (
    <form className="ask-line" aria-label={`答复第 ${statement.number} 条`} onSubmit={submit} onKeyDown={press}>
      <Radio.Group
        size="small"
        aria-label="是否采纳"
        value={answer}
        onChange={({ target }) => setAnswer(target.value)}
        options={answers.map((value) => ({ value, label: answerNames[value] }))}
      />
      <Input.TextArea
        autoFocus
        aria-label="理由，提的人和大家都会看到"
        placeholder="理由，提的人和大家都会看到"
        rows={3}
        maxLength={500}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <div className="room-line">
        <Button size="small" htmlType="submit" type="primary" disabled={busy || reason.trim() === ''}>
          保存答复
        </Button>
        <Button size="small" onClick={cancel}>
          算了
        </Button>
      </div>
      {refused && <Refusal message={refused} />}
    </form>
  )
}
