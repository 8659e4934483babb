import type { Static } from 'typebox'
import type { Problem } from '../../shared/problem.ts'
import type { openLink, Submission } from '../../shared/surveys/api.ts'
import { shippedNotice } from '../../shared/surveys/notice.ts'
import { keepsThings, openShelf } from '../api/device-shelf.ts'
import { openHeardShelf } from '../api/heard-shelf.ts'
import { serverNow } from '../api/server-clock.ts'
import { randomId } from '../kit/random-id.ts'

/** Whose survey a poster's code opens. */
export type Place = Static<(typeof openLink)['responses'][200]>

/**
 * What is being filled in, or was, on this device for one poster's code. There is one at a time, whatever the number of tabs:
 * a draft, then waiting to be sent, then sent.
 */
export interface Filling {
  /** The answer's id, made before the first question: whoever sends it, it stays one answer. */
  id: string
  code: string
  state: 'draft' | 'waiting' | 'sent'
  place: Place
  version: number
  consentVersion: string
  startedAt: string
  answers: Record<string, unknown>
  /** The number of the household slip that led here. */
  slip?: string
  /** Which tab wrote last. */
  by: string
  submission?: Submission
  /** Why the server sent it back. */
  problem?: Problem
  receipt?: string
}

const shelf = openHeardShelf<Filling>('fillings')
const receipts = openShelf<Filling>('receipts')
const devices = openShelf<string>('kept')

/** This tab. */
export const here = randomId()

/** Calls a listener with the code whose filling changed, here or in another tab. */
export const listenToFillings = shelf.listen
const { change } = shelf

/** Changes the filling only while it is this one and in this state; whatever stands there afterwards is returned. */
function changeWhile(filling: Filling, state: Filling['state'], edit: (present: Filling) => Filling) {
  return change(filling.code, (present) =>
    present?.id === filling.id && present.state === state ? edit(present) : present,
  )
}

export const fillingOf = (code: string) => shelf.get(code)

export async function waiting(): Promise<Filling[]> {
  return (await shelf.all()).filter(({ state }) => state === 'waiting')
}

/** The number in the address that a household slip's code leads to. */
export const slipHere = (): string | undefined => /[?&]slip=([A-Za-z0-9-]{1,40})(?:&|$)/.exec(location.search)?.[1]

/** The filling of this code; a new draft when there is none. */
export async function begin(code: string, place: Place, consentVersion: string): Promise<Filling> {
  const draft: Filling = {
    id: randomId(),
    code,
    state: 'draft',
    place,
    version: place.version,
    consentVersion,
    startedAt: serverNow().toISOString(),
    answers: {},
    slip: slipHere(),
    by: here,
  }
  return (await change(code, (present) => present ?? draft)) as Filling
}

/** The notice has become another one and was agreed to; what was answered stays. */
export const agreeAnew = (filling: Filling, consentVersion: string) =>
  changeWhile(filling, 'draft', ({ problem: _, ...present }) => ({ ...present, consentVersion, by: here }))

/** Keeps what was answered so far. */
export const keepAnswers = (filling: Filling, version: number, answers: Filling['answers']) =>
  changeWhile(filling, 'draft', (present) => ({ ...present, version, answers, by: here }))

/** The person pressed the button: from here on it is sent until the server has said something. */
export const queue = (filling: Filling, submission: Submission) =>
  changeWhile(filling, 'draft', ({ problem: _, ...present }) => ({
    ...present,
    state: 'waiting',
    version: submission.version,
    answers: filling.answers,
    submission,
  }))

const deviceKey = ({ district, survey }: Place) => `device ${district}/${survey}`

/**
 * Tells this device from others within one survey. None for whoever was not told of it by the notice, and where nothing is kept:
 * there every page would be another device.
 */
export async function deviceFor({ place, consentVersion }: Filling): Promise<string | undefined> {
  if (consentVersion !== shippedNotice.version) return undefined
  const device = await devices.change(deviceKey(place), (known) => known ?? randomId())
  return keepsThings() ? device : undefined
}

/** The survey is closed. */
export const forgetDevice = (place: Place) => devices.change(deviceKey(place), () => undefined)

export const replaceSubmission = (filling: Filling, submission: Submission) =>
  changeWhile(filling, 'waiting', (present) => ({ ...present, submission }))

/** Acknowledged: only the receipt stays on the device. */
export const markSent = (filling: Filling, receipt: string | undefined) =>
  changeWhile(filling, 'waiting', ({ problem: _, submission: __, ...rest }) => ({
    ...rest,
    state: 'sent',
    answers: {},
    receipt,
  }))

/** The server wants something changed; the answers are the person's again. */
export const sendBack = (filling: Filling, problem: Problem) =>
  changeWhile(filling, 'waiting', ({ submission: _, ...rest }) => ({ ...rest, state: 'draft', problem }))

/** Makes room for another answer from this device, e.g. for somebody else of the family; receipts are kept. */
export async function makeRoom(filling: Filling): Promise<void> {
  if (filling.receipt) await receipts.change(filling.id, () => filling)
  await change(filling.code, (present) => (present?.id === filling.id ? undefined : present))
}

/** The answer was withdrawn: this device forgets its receipt, so that its owner may answer anew. */
export async function forgetReceipt(receipt: string): Promise<void> {
  for (const filling of await shelf.all()) {
    if (filling.receipt === receipt) await change(filling.code, () => undefined)
  }
  for (const filling of await receipts.all()) {
    if (filling.receipt === receipt) await receipts.change(filling.id, () => undefined)
  }
}
