import { useEffect, useState } from 'react'
import { comeIn, leave } from '../../shared/deliberations/attendance-api.ts'
import { readOwn } from '../../shared/deliberations/statements-api.ts'
import { type Answer, call, type Extras, Refused } from '../api/call.ts'
import { openHeardShelf } from '../api/heard-shelf.ts'
import { inTime } from '../api/kept-call.ts'
import { randomId } from '../kit/random-id.ts'
import { type Chosen, parcelsOf } from './outbox.ts'

export type Own = Answer<typeof readOwn>

/** Somebody's presence in one deliberation, as this phone keeps it. */
export interface Visit {
  district: string
  deliberation: string
  /** Made here, before the server is asked, so that asking twice counts once. */
  participant: string
  ticket: string
  state: 'coming' | 'in' | 'left'
  number?: number
  seat?: number | null
  /** What the server last told of one's own statements, and votes as cast here. */
  own?: Own
  /** What is being written: by proposal, or under the empty string. */
  drafts: Record<string, string>
}

export type RoomAddress = Pick<Visit, 'district' | 'deliberation'>
export type Details = Pick<Extras<typeof comeIn>['body'] & object, 'name' | 'compound' | 'namesMe' | 'card'>

const shelf = openHeardShelf<Visit>('visits')

const keyOf = ({ district, deliberation }: RoomAddress) => `${district}/${deliberation}`
const addressOf = ({ district, deliberation }: RoomAddress) => ({ district, deliberation })

export async function changeVisit(at: RoomAddress, edit: (present: Visit) => Visit): Promise<void> {
  await shelf.change(keyOf(at), (present) => present && edit(present))
}

/** Signs in; again with the same id and ticket where an earlier try got no answer. @throws {Refused} */
export async function arrive(at: RoomAddress, details: Details): Promise<void> {
  const visit = (await shelf.change(keyOf(at), (present) => present ?? begun(at))) as Visit
  const { participant, ticket } = visit
  const present = await inTime((signal) =>
    call(comeIn, addressOf(at), { body: { participant, ticket, ...details }, signal }),
  )
  await changeVisit(at, (now) => ({ ...now, state: 'in', number: present.number, seat: present.seat }))
}

const begun = (at: RoomAddress): Visit => ({
  ...addressOf(at),
  participant: randomId(),
  ticket: randomTicket(),
  state: 'coming',
  drafts: {},
})

/** 32 bytes as base64url. */
function randomTicket(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
}

/** @throws {Refused} */
export async function goAway(visit: Visit): Promise<void> {
  await inTime((signal) => call(leave, addressOf(visit), { body: { ticket: visit.ticket }, signal }))
  await changeVisit(visit, (now) => ({ ...now, state: 'left' }))
}

/** Reads what became of one's own statements; without network what was read before stays. */
export async function refreshOwn(visit: Visit): Promise<void> {
  try {
    const own = await inTime((signal) => call(readOwn, addressOf(visit), { body: { ticket: visit.ticket }, signal }))
    const { number, seat, left } = own
    const waiting = await parcelsOf(visit.deliberation)
    await changeVisit(visit, (now) => {
      const heard: Visit = { ...now, own, number, seat, state: left ? 'left' : 'in' }
      return waiting.reduce((shown, { about, state }) => {
        if (about.kind !== 'vote' || state !== 'waiting') return shown
        return withVote(shown, about.question, about.subject, about.choice ?? null)
      }, heard)
    })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (error.problem.code === 'not_present') await changeVisit(visit, (now) => ({ ...now, state: 'left' }))
  }
}

/** What was just voted here is shown as voted, before the server has heard of it. */
export const noteVote = (visit: Visit, question: string, subject: string, choice: Chosen) =>
  changeVisit(visit, (now) => withVote(now, question, subject, choice))

function withVote(visit: Visit, question: string, subject: string, choice: Chosen): Visit {
  const own: Own = visit.own ?? {
    ...{ number: visit.number ?? 0, seat: visit.seat ?? null, left: false },
    ...{ statements: [], speaking: null, votes: [] },
  }
  const cast = own.votes.find((vote) => vote.question === question)?.cast ?? []
  const others = own.votes.filter((vote) => vote.question !== question)
  const now = [...cast.filter((one) => one.subject !== subject), { subject, choice }]
  return { ...visit, own: { ...own, votes: [...others, { question, cast: now }] } }
}

/** What this phone keeps of the deliberation; `unread` for the moment of reading. */
export function useVisit(at: RoomAddress): Visit | undefined | 'unread' {
  const [visit, setVisit] = useState<Visit | undefined | 'unread'>('unread')
  const key = keyOf(at)
  useEffect(() => {
    let isHere = true
    const read = async () => {
      const found = await shelf.get(key)
      if (isHere) setVisit(found)
    }
    void read()
    const stop = shelf.listen((changed) => {
      if (changed === key) void read()
    })
    return () => {
      isHere = false
      stop()
    }
  }, [key])
  return visit
}
