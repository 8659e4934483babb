import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { readContact } from '../../shared/wishes/claims-api.ts'
import { type Answer, call } from '../api/call.ts'
import { useAct } from '../api/use-act.ts'
import { useKeptFocus } from '../kit/kept-focus.ts'
import { Refusal } from '../kit/refusal.tsx'

const SHOWN_MS = 5 * 60_000

interface Props {
  params: { district: string; wish: string }
  /** The wish, for whoever hears the buttons. */
  about: string
}

/** How to reach the wisher: asked for each time, and held by this piece of the page alone, for a few minutes. */
export function Contact({ params, about }: Props) {
  const [contact, setContact] = useState<Answer<typeof readContact>>()
  const { run, busy, refused } = useAct()
  const place = useKeptFocus<HTMLDivElement>()
  useEffect(() => {
    if (!contact) return
    const timer = setTimeout(() => setContact(undefined), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [contact])
  const look = async () => setContact((await run(() => call(readContact, params)))?.answer)
  return (
    <div className="wish-contact" ref={place} tabIndex={-1}>
      {contact ? (
        <p role="status">
          {contact.name && `${contact.name}，`}
          <a href={`tel:${contact.phone}`}>{contact.phone}</a>{' '}
          <button
            type="button"
            className="small"
            aria-label={`收起联系方式：${about}`}
            onClick={() => setContact(undefined)}
          >
            收起
          </button>
        </p>
      ) : (
        <div className="actions">
          <Button loading={busy} aria-label={`查看联系方式：${about}`} onClick={() => void look()}>
            查看联系方式
          </Button>
        </div>
      )}
      {refused && <Refusal message={refused} />}
      <p className="under">只用来办这个心愿，请不要转给别人；每次查看都会记录。</p>
    </div>
  )
}
