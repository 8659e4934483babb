import { useEffect, useState } from 'react'
import type { Point } from '../../shared/places/api.ts'
import type { Problem } from '../../shared/problem.ts'
import type { OwnWish } from '../../shared/wishes/api.ts'
import type { Cost, Kind } from '../../shared/wishes/kinds.ts'
import { openHeardShelf } from '../api/heard-shelf.ts'
import { readKept } from '../kit/kept.ts'
import { randomId } from '../kit/random-id.ts'

/** What is being wished for, as far as it is written. */
export interface Wanted {
  text: string
  kind?: Kind
  cost?: Cost
  /** Where, in words. */
  words: string
  point?: Point
  neededBy: string
  service: string
}

/** A wish that is written on this device, or waits here until the server has it. There is one a district. */
export interface Draft extends Wanted {
  /** Its id at the server, made before the first letter: however often it is sent, it stays one wish. */
  id: string
  district: string
  state: 'draft' | 'waiting'
  community: string
  contact: string
  publish: boolean
  photo?: Blob
  /** What stands in a station's code: while it waits to be sent, or where it was refused. */
  station?: string
  /** The server has it; its photo is still on the way. */
  receipt?: { wish: string; number: number }
  /** Why the server sent it back. */
  problem?: Problem
}

const nothing: Wanted = { text: '', words: '', neededBy: '', service: '' }

/** What this phone fills in by itself the next time. */
export const rememberedAt = (district: string) => `wish.${district}`
export const nothingRemembered = { community: '', contact: '' }

export const begunDraft = (district: string): Draft => ({
  ...nothing,
  ...{ id: randomId(), district, state: 'draft', publish: false },
  ...readKept(rememberedAt(district), nothingRemembered),
})

export const wantedOf = ({ text, kind, cost, where, neededBy, service }: OwnWish): Wanted => ({
  ...{ text, kind, cost, words: where?.words ?? '', neededBy: neededBy ?? '', service: service ?? '' },
  ...(where?.point ? { point: where.point } : {}),
})

const shelf = openHeardShelf<Draft>('wishes')

/** Keeps what is written; not once it waits to be sent. */
export const keepDraft = (draft: Draft) =>
  shelf.change(draft.district, (present) => (present?.state === 'waiting' ? present : draft))

/** Begins to wait. */
export const queueDraft = (draft: Draft) =>
  shelf.change(draft.district, () => ({ ...draft, state: 'waiting', problem: undefined }))

/** Changes it while it is still this one. */
export const settleDraft = (draft: Draft, edit: (present: Draft) => Draft | undefined) =>
  shelf.change(draft.district, (present) => (present?.id === draft.id ? edit(present) : present))

export const draftOf = (district: string) => shelf.get(district)

export async function waitingDrafts(): Promise<Draft[]> {
  return (await shelf.all()).filter(({ state }) => state === 'waiting')
}

/** What stands on this device for a district, whichever page changed it; `unread` for the moment of reading. */
export function useStoredDraft(district: string): Draft | undefined | 'unread' {
  const [found, setFound] = useState<Draft | undefined | 'unread'>('unread')
  useEffect(() => {
    let isHere = true
    const read = async () => {
      const draft = await draftOf(district)
      if (isHere) setFound(draft)
    }
    void read()
    const stop = shelf.listen((changed) => {
      if (changed === district) void read()
    })
    return () => {
      isHere = false
      stop()
    }
  }, [district])
  return found
}
