import { type FormEvent, useCallback, useEffect, useState } from 'react'
import { type OwnWish, readOwnWishes } from '../../shared/wishes/api.ts'
import { call, reasonOf } from '../api/call.ts'
import { inTime } from '../api/kept-call.ts'
import { Refusal } from '../kit/refusal.tsx'
import { Waiting } from '../kit/waiting.tsx'
import type { Door } from './phone-door.ts'
import { Frame, TryAgain } from './phone-frame.tsx'
import { whenWishSent } from './phone-outgoing.ts'
import { OwnCard } from './phone-own-card.tsx'
import { signInWith, useSignedIn } from './phone-signed.ts'
import { ticketFor } from './ticket.ts'

type Seen = { face: 'waiting' } | { face: 'refused'; message: string } | { face: 'ready'; wishes: OwnWish[] }

interface Props {
  district: string
  door: Door
}

/** What became of one's own wishes. */
export function OwnPage({ district, door }: Props) {
  const [seen, read] = useOwnWishes(district)
  const [isSignedIn, setSignedIn] = useSignedIn(door)
  return (
    <Frame district={district} title="我的心愿" at="/own">
      {seen.face === 'waiting' && <Waiting />}
      {seen.face === 'refused' && (
        <>
          <Refusal message={seen.message} />
          <TryAgain again={read} />
        </>
      )}
      {seen.face === 'ready' && seen.wishes.length === 0 && <p className="hint">这部手机还没有许过心愿。</p>}
      {seen.face === 'ready' && (
        <ul className="cards">
          {seen.wishes.map((wish) => (
            <OwnCard key={wish.id} district={district} wish={wish} changed={read} />
          ))}
        </ul>
      )}
      <a className="main" href={`/w/${district}/new`}>
        许个心愿
      </a>
      {isSignedIn === false && (
        <SignIn
          {...{ district, door }}
          done={() => {
            setSignedIn(true)
            read()
          }}
        />
      )}
    </Frame>
  )
}

function useOwnWishes(district: string): [Seen, () => void] {
  const [seen, setSeen] = useState<Seen>({ face: 'waiting' })
  const read = useCallback(() => {
    const body = { ticket: ticketFor(district) }
    inTime((signal) => call(readOwnWishes, { district }, { body, signal })).then(
      (wishes) => setSeen({ face: 'ready', wishes }),
      (error: unknown) => setSeen({ face: 'refused', message: reasonOf(error).message }),
    )
  }, [district])
  useEffect(read, [read])
  useEffect(() => whenWishSent(read), [read])
  return [seen, read]
}

/** For whoever wished on another phone. */
function SignIn({ district, door, done }: Props & { done(): void }) {
  const [fault, setFault] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isBusy) return
    const form = event.currentTarget
    setBusy(true)
    setFault(undefined)
    try {
      await signInWith(door, district, form)
      done()
    } catch (error) {
      setFault(reasonOf(error).message)
      setBusy(false)
    }
  }
  return (
    <details>
      <summary>在别的手机上许过？用手机号找</summary>
      <form className="card" onSubmit={(event) => void send(event)} noValidate>
        <door.Fields district={district} />
        {fault && <Refusal message={fault} />}
        <button type="submit" className="main" aria-disabled={isBusy}>
          {isBusy ? '请稍等……' : '看我的心愿'}
        </button>
      </form>
    </details>
  )
}
