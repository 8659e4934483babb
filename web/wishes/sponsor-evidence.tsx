import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { deliverWish, type Holding } from '../../shared/wishes/claims-api.ts'
import { MOST_NOTE_LENGTH } from '../../shared/wishes/kinds.ts'
import { call } from '../api/call.ts'
import { uploading } from '../api/upload.ts'
import { useAct } from '../api/use-act.ts'
import { Labelled } from '../kit/labelled.tsx'
import { Refusal } from '../kit/refusal.tsx'
import { dayOf, today } from './days.ts'
import { useWishesAnew } from './desk-work.ts'
import { PhotoField } from './sponsor-photos.tsx'
import type { Photo } from './sponsor-shrink.ts'

interface Props {
  params: { district: string; wish: string }
  holding: Holding
  close(): void
}

/** What was done: photos, a few words and the day. Nothing is lost where sending fails. */
export function EvidenceForm({ params, holding, close }: Props) {
  const [photos, setPhotos] = useState<Photo[]>([])
  const [note, setNote] = useState('')
  const [on, setOn] = useState(today())
  const [share, setShare] = useState(0)
  const [missing, setMissing] = useState('')
  const { run, busy, refused, forget } = useAct()
  const anew = useWishesAnew(params.district)
  const choose = (chosen: Photo[]) => {
    setPhotos(chosen)
    setMissing('')
    forget()
  }
  const send = async (event: FormEvent) => {
    event.preventDefault()
    const lacking = missingIn(photos, note, on)
    setMissing(lacking)
    forget()
    if (lacking) return
    setShare(0)
    const done = await run(() =>
      call(deliverWish, params, { form: formOf(photos, note, on), send: uploading(setShare) }),
    )
    await anew()
    if (done) close()
  }
  return (
    <form className="holding-form" onSubmit={(event) => void send(event)} aria-label="交办结凭证" noValidate>
      <PhotoField photos={photos} change={choose} isBusy={busy} />
      <Labelled label="办了什么（许愿人会看到）">
        {(id) => (
          <Input.TextArea
            id={id}
            className="grows"
            rows={2}
            maxLength={MOST_NOTE_LENGTH}
            placeholder="例如：手套已经送到驿站，本人试过合适。"
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
        )}
      </Labelled>
      <Labelled label="哪天办好的">
        {(id) => (
          <Input
            id={id}
            type="date"
            min={dayOf(holding.claimedAt)}
            max={today()}
            value={on}
            onChange={({ target }) => setOn(target.value)}
          />
        )}
      </Labelled>
      {(missing || refused) && <Refusal message={missing || refused!} />}
      {busy && <Sending share={share} />}
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          交凭证
        </Button>
        <Button disabled={busy} onClick={close}>
          取消
        </Button>
      </div>
    </form>
  )
}

function missingIn(photos: readonly Photo[], note: string, on: string): string {
  if (photos.length === 0) return '请至少选一张照片。'
  if (note.trim() === '') return '请写一句办了什么。'
  return on ? '' : '请选办好的日子。'
}

function formOf(photos: readonly Photo[], note: string, on: string): FormData {
  const form = new FormData()
  form.append('note', note.trim())
  form.append('on', on)
  for (const { file, name } of photos) form.append('file', file, name)
  return form
}

function Sending({ share }: { share: number }) {
  const percent = Math.round(share * 100)
  return (
    <p role="status" className="sending">
      <progress max={100} value={percent} aria-label="上传进度" />{' '}
      {percent < 100 ? `正在上传，已传 ${percent}%，请不要关掉这一页` : '已经传完，正在检查照片'}
    </p>
  )
}
