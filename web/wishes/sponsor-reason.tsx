import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import type { extendClaim, releaseClaim } from '../../shared/wishes/claims-api.ts'
import { useAct } from '../api/use-act.ts'
import { Labelled } from '../kit/labelled.tsx'
import { Refusal } from '../kit/refusal.tsx'
import { useWishesAnew } from './desk-work.ts'

interface Props {
  params: { district: string; wish: string }
  endpoint: typeof extendClaim | typeof releaseClaim
  title: string
  words: string
  label: string
  ok: string
  close(): void
}

/** A step that needs a reason. */
export function ReasonForm({ params, endpoint, title, words, label, ok, close }: Props) {
  const [reason, setReason] = useState('')
  const { act, busy, refused } = useAct()
  const anew = useWishesAnew(params.district)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    const done = await act(endpoint, params, { reason: reason.trim() })
    await anew()
    if (done) close()
  }
  return (
    <form className="holding-form" onSubmit={(event) => void send(event)} aria-label={title}>
      <p>{words}</p>
      <Labelled label={label}>
        {(id) => (
          <Input.TextArea
            id={id}
            className="grows"
            rows={2}
            maxLength={200}
            autoFocus
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        )}
      </Labelled>
      {refused && <Refusal message={refused} />}
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy} disabled={reason.trim() === ''}>
          {ok}
        </Button>
        <Button disabled={busy} onClick={close}>
          取消
        </Button>
      </div>
    </form>
  )
}
