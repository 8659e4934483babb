import type { Endpoint } from '../../shared/endpoint.ts'
import type { Problem } from '../../shared/problem.ts'
import { addressOf, call, type Extras, type Params, Refused } from '../api/call.ts'
import { openHeardShelf } from '../api/heard-shelf.ts'
import { inTime } from '../api/kept-call.ts'
import { isForLater, senderOf } from '../api/sender.ts'

/** Something said in a room that waits on this device until the server has it, or came back from there. */
export interface Parcel {
  id: string
  deliberation: string
  /** Which call takes it, with everything filled in: it may be sent by a later page. */
  call: Pick<Endpoint, 'method' | 'url'> & { body: unknown }
  /** For the page that shows what waits: what sort of thing it is, and of what. */
  about: About
  at: number
  state: 'waiting' | 'refused'
  /** It was sent, and what became of it was not heard. */
  isInDoubt?: boolean
  /** Why the server will not take it. */
  problem?: Problem
}

/** Null where it is nobody's business: in a secret ballot. */
export type Chosen = string | string[] | null

export type About =
  | { kind: 'statement'; text: string }
  | { kind: 'vote'; question: string; subject: string; choice?: Chosen; seat?: number }
  | { kind: 'hand' }

export type Sent = (parcel: Parcel, answer: unknown) => void

const shelf = openHeardShelf<Parcel>('outbox')
const sending = new Set<Sent>()

/** A vote takes the place of one on the same that still waits: the last one counts. */
function keyOf({ id, about }: Pick<Parcel, 'id' | 'about'>): string {
  return about.kind === 'vote' ? `vote ${about.question} ${about.subject} ${about.seat ?? ''}` : id
}

let lastAt = 0

/** Keeps it on the device and sends it as soon as it can be. `id` is the thing's own, by which the server takes it once. */
export async function post<E extends Endpoint>(
  endpoint: E,
  params: Params<E>,
  body: Extras<E>['body'],
  { id, deliberation, about }: Pick<Parcel, 'id' | 'deliberation' | 'about'>,
): Promise<void> {
  // Several in one millisecond keep their order.
  lastAt = Math.max(Date.now(), lastAt + 1)
  const asked = { method: endpoint.method, url: addressOf(endpoint, params), body }
  const parcel: Parcel = { id, deliberation, call: asked, about, at: lastAt, state: 'waiting' }
  await shelf.change(keyOf(parcel), () => parcel)
  void outbox.send()
}

/** What waits or came back, the oldest first. */
export async function parcelsOf(deliberation: string): Promise<Parcel[]> {
  return (await all()).filter((parcel) => parcel.deliberation === deliberation)
}

async function all(): Promise<Parcel[]> {
  return (await shelf.all()).sort((a, b) => a.at - b.at)
}

/** The person has read why it came back. */
export const forget = (parcel: Parcel) => settle(parcel, () => undefined)

/** Sends again what came back. */
export async function sendAgain(parcel: Parcel): Promise<void> {
  await settle(parcel, ({ problem: _, ...present }) => ({ ...present, state: 'waiting' }))
  await outbox.send()
}

/** Something newer may have taken its place. */
async function settle(parcel: Parcel, edit: (present: Parcel) => Parcel | undefined): Promise<void> {
  await shelf.change(keyOf(parcel), (present) => (present?.id === parcel.id ? edit(present) : present))
}

/** Calls a listener when something was put in, was sent or came back, here or in another tab. */
export const listenToOutbox = shelf.listen

/** Calls `listener` with what the server answered, in the tab that sent it. */
export function whenSent(listener: Sent): () => void {
  sending.add(listener)
  return () => sending.delete(listener)
}

export const outbox = senderOf('yixu-outbox', async (trying) => {
  for (const parcel of await all()) {
    if (parcel.state !== 'waiting') continue
    trying()
    await deliver(parcel)
  }
})

/** @throws {Refused} it is to be tried again later */
async function deliver(parcel: Parcel): Promise<void> {
  const { method, url, body } = parcel.call
  const endpoint: Endpoint = { method, url, summary: '', responses: {} }
  // Noted before: the page may be gone when the answer comes.
  await settle(parcel, (present) => ({ ...present, isInDoubt: true }))
  try {
    const answer = await inTime((signal) => call(endpoint, undefined, { body: body as undefined, signal }))
    await settle(parcel, () => undefined)
    for (const listener of sending) listener(parcel, answer)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const { problem } = error
    if (problem.code === 'unreachable') throw error
    const { isInDoubt } = parcel
    const isLater = isForLater(error)
    await settle(parcel, (present) => {
      if (isLater) return { ...present, isInDoubt }
      return isThere(parcel, problem) ? undefined : { ...present, isInDoubt, state: 'refused', problem }
    })
    if (isLater) throw error
  }
}

/** The first sending had arrived: a secret ballot keeps nothing by which the second could be told to be the same. */
const isThere = ({ isInDoubt }: Parcel, { code }: Problem) => isInDoubt === true && code === 'already_voted'
