import { type FormEvent, useEffect, useRef, useState } from 'react'
import { type OwnWish, removeWishPhoto, reviseWish } from '../../shared/wishes/api.ts'
import { call, Refused, reasonOf } from '../api/call.ts'
import { Refusal } from '../kit/refusal.tsx'
import { type Wanted, wantedOf } from './phone-drafts.ts'
import { type Faults, faultsAfter, faultsIn, goToFault, wantedFaults } from './phone-faults.ts'
import { CostPicks, NeededBy, TextAndKind } from './phone-fields.tsx'
import { addPhoto, bodyOf } from './phone-outgoing.ts'
import { PhotoField } from './phone-photo-field.tsx'
import { WhereFields } from './phone-where.tsx'
import { ticketFor } from './ticket.ts'

interface Props {
  district: string
  wish: OwnWish
  /** The photo is another one now. */
  changed(): void
  leave(): void
  done(): void
}

/** Before it is on the board one may still change what one wished for. */
export function Edit({ district, wish, changed, leave, done }: Props) {
  const form = useRef<HTMLFormElement>(null)
  const [wanted, setWanted] = useState<Wanted>(() => wantedOf(wish))
  const [faults, setFaults] = useState<Faults>({})
  const [message, setMessage] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  useEffect(() => form.current?.querySelector('textarea')?.focus(), [])
  const change = (more: Partial<Wanted>) => {
    setWanted((present) => ({ ...present, ...more }))
    setFaults((present) => faultsAfter(present, more))
  }
  const refuse = (found: Faults) => {
    setFaults(found)
    if (form.current) goToFault(form.current, found)
  }
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    const found = wantedFaults(wanted)
    refuse(found)
    setMessage(undefined)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    const body = { ...bodyOf(wanted), revision: wish.revision, ticket: ticketFor(district) }
    try {
      await call(reviseWish, { district, wish: wish.id }, { body })
      done()
    } catch (error) {
      const said = error instanceof Refused ? faultsIn(error.problem) : {}
      refuse(said)
      if (Object.keys(said).length === 0) setMessage(reasonOf(error).message)
      setBusy(false)
    }
  }
  const fields = { wanted, change, faults }
  return (
    <form ref={form} className="asked" onSubmit={(event) => void send(event)} noValidate>
      <TextAndKind {...fields} />
      {wanted.kind === 'place' && <WhereFields {...fields} district={district} community={wish.community} />}
      <CostPicks {...fields} />
      <NeededBy {...fields} />
      <OwnPhotoField {...{ district, wish, changed }} />
      {message && <Refusal message={message} />}
      <button type="submit" className="main" aria-disabled={isBusy}>
        {isBusy ? '请稍等……' : '改好了，再交给社区'}
      </button>
      <button type="button" className="second" onClick={leave}>
        先不改了
      </button>
    </form>
  )
}

/** The photo is changed at once, apart from what is written. */
function OwnPhotoField({ district, wish: { id, photo }, changed }: Pick<Props, 'district' | 'wish' | 'changed'>) {
  const [message, setMessage] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const act = async (work: () => Promise<unknown>) => {
    if (isBusy) return
    setBusy(true)
    setMessage(undefined)
    await work().then(changed, (error: unknown) => setMessage(reasonOf(error).message))
    setBusy(false)
  }
  const take = () =>
    call(removeWishPhoto, { district, wish: id, photo: photo! }, { body: { ticket: ticketFor(district) } })
  return (
    <>
      {photo ? (
        <button type="button" className="second" aria-disabled={isBusy} onClick={() => void act(take)}>
          {isBusy ? '请稍等……' : '不要照片了'}
        </button>
      ) : (
        <PhotoField photo={undefined} choose={(chosen) => chosen && void act(() => addPhoto(district, id, chosen))} />
      )}
      {isBusy && <p className="small">正在处理照片……</p>}
      {message && <Refusal message={message} />}
    </>
  )
}
