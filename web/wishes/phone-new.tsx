import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Door } from './phone-door.ts'
import { begunDraft, type Draft, useStoredDraft } from './phone-drafts.ts'
import { Frame } from './phone-frame.tsx'
import { NewForm } from './phone-new-form.tsx'
import { type Sent, whenWishSent } from './phone-outgoing.ts'
import { Receipt } from './phone-receipt.tsx'
import { stationHere } from './phone-station.ts'
import { WaitingToGo } from './phone-waiting.tsx'

interface Props {
  district: string
  door: Door
}

/** Where a wish is written, waits for the network, and where its number is told. */
export function NewPage({ district, door }: Props) {
  const [station] = useState(() => stationHere(district))
  const [sent, setSent] = useSent(district)
  const stored = useStoredDraft(district)
  const first = useRef<Draft>(undefined)
  const top = useRef<HTMLDivElement>(null)
  const face = sent ? 'sent' : stored === 'unread' ? 'unread' : stored?.state === 'waiting' ? 'waiting' : 'writing'
  useNewFace(face, top)
  useScanHere()
  const inside = (): ReactNode => {
    if (sent) return <Receipt district={district} sent={sent} again={() => setSent(undefined)} />
    if (stored === 'unread') return null
    if (stored?.state === 'waiting') return <WaitingToGo draft={stored} />
    first.current ??= begunDraft(district)
    const draft = stored ?? first.current
    return <NewForm key={draft.id} stored={draft} station={station} door={door} />
  }
  if (stored !== 'unread' && stored?.state === 'waiting') first.current = undefined
  return (
    <Frame district={district} title={sent ? '心愿收到了' : '许个心愿'}>
      <div ref={top} tabIndex={-1} className="face">
        {inside()}
      </div>
    </Frame>
  )
}

/** A station's code is scanned while this page is open: only what stands after # is new. */
function useScanHere(): void {
  useEffect(() => {
    const look = () => location.hash.startsWith('#station=') && location.reload()
    addEventListener('hashchange', look)
    return () => removeEventListener('hashchange', look)
  }, [])
}

/** Whoever pressed the button of the face before is at the beginning of this one. */
function useNewFace(face: string, top: { current: HTMLElement | null }): void {
  const before = useRef(face)
  useEffect(() => {
    const was = before.current
    before.current = face
    // What is to be put right has the focus already.
    if (was === face || was === 'unread' || document.activeElement !== document.body) return
    top.current?.focus({ preventScroll: true })
    scrollTo(0, 0)
  }, [face, top])
}

const sentHere = /^#sent=(\d{1,9})$/

/** The number stands in the address, so that a reload does not lose it. */
function useSent(district: string): [Sent | undefined, (sent: Sent | undefined) => void] {
  const [sent, setSent] = useState<Sent | undefined>(() => {
    const [, number] = sentHere.exec(location.hash) ?? []
    return number ? { district, number: Number(number) } : undefined
  })
  useEffect(
    () =>
      whenWishSent((one) => {
        history.replaceState(null, '', `#sent=${one.number}`)
        setSent(one)
      }),
    [],
  )
  const set = (next: Sent | undefined) => {
    history.replaceState(null, '', location.pathname)
    setSent(next)
  }
  return [sent, set]
}
