import { addWishPhoto, postWish, type Where } from '../../shared/wishes/api.ts'
import { call, Refused } from '../api/call.ts'
import { inTime } from '../api/kept-call.ts'
import { isForLater, senderOf } from '../api/sender.ts'
import { type Draft, settleDraft, type Wanted, waitingDrafts } from './phone-drafts.ts'
import { ticketFor } from './ticket.ts'

export interface Sent {
  district: string
  number: number
  /** The wish is there, its photo is not. */
  photoProblem?: string
}

const listeners = new Set<(sent: Sent) => void>()

/** Calls `listener` in the tab that sent a wish. */
export function whenWishSent(listener: (sent: Sent) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const outgoing = senderOf('yixu-wishes', async (trying) => {
  for (const draft of await waitingDrafts()) {
    trying()
    await deliver(draft)
  }
})

const PHOTO_MS = 60_000

/** @throws {Refused} it is to be tried again later */
async function deliver(draft: Draft): Promise<void> {
  const { district } = draft
  try {
    const receipt = draft.receipt ?? (await posted(draft))
    await settleDraft(draft, (present) => ({ ...present, receipt }))
    const photoProblem = draft.photo && (await photoSent(district, receipt.wish, draft.photo))
    await settleDraft(draft, () => undefined)
    for (const listener of listeners) listener({ district, number: receipt.number, photoProblem })
  } catch (error) {
    if (!(error instanceof Refused) || isForLater(error)) throw error
    const { problem } = error
    await settleDraft(draft, ({ station, ...present }) => {
      return { ...present, state: 'draft', problem, ...(problem.code === 'wrong_station' ? { station } : {}) }
    })
  }
}

async function posted(draft: Draft): Promise<{ wish: string; number: number }> {
  const { id, district, community, station, publish } = draft
  const body = {
    ...{ id, community, ...bodyOf(draft), contact: draft.contact.trim(), publish, ticket: ticketFor(district) },
    ...(station ? { station } : {}),
  }
  return await inTime((signal) => call(postWish, { district }, { body, signal }))
}

/** As the server wants to have it; a wish that is not for a place is nowhere. */
export function bodyOf({ text, kind, cost, words, point, neededBy, service }: Wanted) {
  const isPlace = kind === 'place'
  const said = words.trim()
  const where: Where | null = isPlace && (said || point) ? { words: said || null, point: point ?? null } : null
  return {
    ...{ kind: kind ?? ('goods' as const), cost: cost ?? ('none' as const), text: oneLine(text), where },
    ...{ neededBy: neededBy || null, service: (isPlace && service) || null },
  }
}

/** A wish is one line, however it was typed. */
export const oneLine = (text: string): string => text.replace(/[\t\r\n\u2028\u2029]+/gu, ' ').trim()

/** Why it was not taken, where it was not. @throws {Refused} it is to be tried again later */
async function photoSent(district: string, wish: string, photo: Blob): Promise<string | undefined> {
  try {
    await addPhoto(district, wish, photo)
  } catch (error) {
    if (!(error instanceof Refused) || isForLater(error)) throw error
    // It was sent before, and the answer was lost.
    return error.problem.code === 'one_photo' ? undefined : error.message
  }
}

/** @throws {Refused} */
export async function addPhoto(district: string, wish: string, photo: Blob): Promise<string> {
  const form = new FormData()
  // The server reads what stands before a file together with it.
  form.set('ticket', ticketFor(district))
  form.set('file', photo, 'photo.jpg')
  const answer = await inTime((signal) => call(addWishPhoto, { district, wish }, { form, signal }), PHOTO_MS)
  return answer.photo
}
