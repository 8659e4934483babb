import { type FormEvent, useEffect, useRef, useState } from 'react'
import { phoneNumberIn } from '../../shared/wishes/contact.ts'
import { reasonOf } from '../api/call.ts'
import { useKept } from '../kit/kept.ts'
import { CommunityField } from './phone-community.tsx'
import { Contact } from './phone-contact.tsx'
import type { Door } from './phone-door.ts'
import { type Draft, keepDraft, nothingRemembered, queueDraft, rememberedAt, settleDraft } from './phone-drafts.ts'
import { type Faults, faultsAfter, faultsIn, goToFault, wantedFaults } from './phone-faults.ts'
import { CostPicks, NeededBy, TextAndKind } from './phone-fields.tsx'
import { outgoing } from './phone-outgoing.ts'
import { PhotoField } from './phone-photo-field.tsx'
import { WhatHappens } from './phone-receipt.tsx'
import { signInWith, useSignedIn } from './phone-signed.ts'
import { forgetStation } from './phone-station.ts'
import { Twice } from './phone-twice.tsx'
import { WhereFields } from './phone-where.tsx'

interface Props {
  /** What was written before, with what the server said of it. */
  stored: Draft
  station: string | undefined
  door: Door
}

/** Refusals after which somebody has to say anew who they are. */
const unknowns = ['who_wishes', 'wrong_station', 'sign_in_needed', 'sign_in_again', 'first_finish']

/** A wish in under a minute; every letter is kept on the phone at once. */
export function NewForm({ stored, station, door }: Props) {
  const { district } = stored
  const form = useRef<HTMLFormElement>(null)
  const [draft, setDraft] = useState(stored)
  const [isSignedIn, setSignedIn] = useSignedIn(door)
  // Another one may have been scanned since.
  const isAtStation = station !== undefined && station !== stored.station
  const [said, say] = useState(isAtStation && stored.station ? undefined : stored.problem)
  const [faults, setFaults] = useState<Faults>(stored.problem ? faultsIn(stored.problem) : {})
  const [isBusy, setBusy] = useState(false)
  const isUnknown = said !== undefined && unknowns.includes(said.code)
  const isKnown = isAtStation || (isSignedIn !== false && !isUnknown)
  const [, remember] = useKept(rememberedAt(district), nothingRemembered)

  useEffect(() => {
    if (!stored.problem || !form.current) return
    if (!isAtStation && stored.problem.code === 'wrong_station') forgetStation(district)
    goToFault(form.current, faultsIn(stored.problem))
  }, [stored.problem, district, isAtStation])

  const change = (more: Partial<Draft>) => {
    const { problem: _, ...present } = { ...draft, ...more }
    setDraft(present)
    setFaults(faultsAfter(faults, more))
    void keepDraft(present)
  }
  const refuse = (found: Faults) => {
    setFaults(found)
    if (form.current) goToFault(form.current, found)
  }
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (isBusy || !form.current) return
    say(undefined)
    const found = wantedFaults(draft)
    if (!draft.community) found.community = '请选您在的社区。'
    if (isKnown && !phoneNumberIn(draft.contact))
      found.contact = draft.contact.trim()
        ? '电话不对，请填 11 位手机号，或带区号的座机。'
        : '请留一个电话，认领的单位好找到您。'
    refuse(found)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    try {
      const contact = isKnown ? draft.contact.trim() : await signInWith(door, district, form.current)
      setSignedIn(true)
      remember({ community: draft.community, contact })
      await queueDraft({ ...draft, contact, ...(isAtStation && station ? { station } : {}) })
      void outgoing.send()
    } catch (error) {
      const { code, message } = reasonOf(error)
      const offline = '现在连不上网，还没有发出去。写的都存在这部手机里，有了网再按一次“许愿”。'
      refuse({ contact: code === 'unreachable' ? offline : message })
      setBusy(false)
    }
  }
  const fields = { wanted: draft, change, faults }
  return (
    <form ref={form} onSubmit={(event) => void send(event)} noValidate>
      {said && Object.keys(faultsIn(said)).length === 0 && (
        <Refused district={district} code={said.code} message={said.message} />
      )}
      <TextAndKind {...fields} />
      <CommunityField
        {...{ district, chosen: draft.community, fault: faults.community }}
        label="在哪个社区"
        none="请选社区"
        choose={(community) => change({ community, point: undefined })}
      />
      {draft.kind === 'place' && <WhereFields {...fields} district={district} community={draft.community} />}
      <CostPicks {...fields} />
      <details open={draft.neededBy !== '' || draft.photo !== undefined || faults.neededBy !== undefined}>
        <summary>希望哪天前办到、配一张照片（可以不填）</summary>
        <NeededBy {...fields} />
        <PhotoField photo={draft.photo} choose={(photo) => change({ photo })} />
      </details>
      <Contact
        {...{ district, door, isKnown, contact: draft.contact, fault: faults.contact }}
        change={(contact) => change({ contact })}
      />
      <label className="tick">
        <input type="checkbox" checked={draft.publish} onChange={({ target }) => change({ publish: target.checked })} />
        <span>办到以后，可以把这个心愿和照片给大家看看（不写姓名）</span>
      </label>
      <button type="submit" className="main big" aria-disabled={isBusy}>
        {isBusy ? '请稍等……' : '许愿'}
      </button>
      <h2>许愿以后会怎样</h2>
      <WhatHappens />
      <Twice
        label="清空重写"
        question="写的都不要了？"
        sure="都不要了"
        act={() => void settleDraft(draft, () => undefined).then(() => location.reload())}
      />
    </form>
  )
}

function Refused({ district, code, message }: { district: string; code: string; message: string }) {
  return (
    <div className="refusal" role="alert">
      <p>没有发出去：{message}</p>
      {code === 'same_wish' && <a href={`/w/${district}/own`}>去看我的心愿</a>}
    </div>
  )
}
