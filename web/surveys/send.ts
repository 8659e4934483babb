import { submitResponse } from '../../shared/surveys/api.ts'
import { call, Refused } from '../api/call.ts'
import { inTime } from '../api/kept-call.ts'
import { serverNow } from '../api/server-clock.ts'
import { type Filling, markSent, replaceSubmission, sendBack, waiting } from './fillings.ts'

/** How it stands with the answers that wait on this device. */
export type Sending = { face: 'trying' } | { face: 'later'; why: 'unreachable' | 'busy' }

let now: Sending = { face: 'trying' }
const listeners = new Set<() => void>()
export const sendingNow = () => now

export function listenToSending(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function set(face: Sending): void {
  now = face
  for (const listener of listeners) listener()
}

const FIRST_PAUSE_S = 2
const LONGEST_PAUSE_S = 60
let failures = 0
let timer: ReturnType<typeof setTimeout> | undefined
let running: Promise<void> | undefined
let isAsked = false

/** Sends what waits: now, and again until the server has answered for each. */
export function sendWaiting(): Promise<void> {
  isAsked = true
  running ??= sendUntilQuiet().finally(() => {
    running = undefined
  })
  return running
}

async function sendUntilQuiet(): Promise<void> {
  while (isAsked) {
    isAsked = false
    clearTimeout(timer)
    await alone(sendAll)
  }
}

/** In the middle of sending, other tabs of this device wait. Where there are no locks, the server tells that it is the same answer. */
async function alone(work: () => Promise<void>): Promise<void> {
  if (navigator.locks) await navigator.locks.request('yixu-send', work)
  else await work()
}

async function sendAll(): Promise<void> {
  for (const filling of await waiting()) {
    set({ face: 'trying' })
    const pause = await sendOne(filling)
    if (pause === undefined) continue
    timer = setTimeout(sendWaiting, pause * 1000)
    return
  }
  failures = 0
}

/** Seconds to wait before trying again, or undefined when it is settled. */
async function sendOne(filling: Filling, isCorrected = false): Promise<number | undefined> {
  const { place, submission } = filling
  if (!submission) return undefined
  try {
    const params = { district: place.district, survey: place.survey }
    const { receipt } = await inTime((signal) => call(submitResponse, params, { body: submission, signal }))
    await markSent(filling, receipt)
    return undefined
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (error.problem.code === 'bad_times' && !isCorrected) return await sendOne(await corrected(filling), true)
    return await judged(filling, error)
  }
}

async function judged(filling: Filling, { problem, retryAfterS }: Refused): Promise<number | undefined> {
  const again = ['unreachable', 'too_many_requests', 'busy', 'database_away', 'stopping', 'internal']
  if (again.includes(problem.code)) {
    set({ face: 'later', why: problem.code === 'unreachable' ? 'unreachable' : 'busy' })
    const pause = Math.min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** failures++)
    // Phones that lost the network together must not come back in the same second.
    return Math.max(retryAfterS ?? 0, pause * (0.75 + Math.random() / 2))
  }
  // What the server holds under this id stands, and the person has been told when it was acknowledged.
  if (problem.code === 'same_id_other_content') await markSent(filling, undefined)
  else await sendBack(filling, problem)
  return undefined
}

/** The refusal has brought the server's time with it: the same length of time, ending now. */
async function corrected(filling: Filling): Promise<Filling> {
  const submission = filling.submission!
  const took = Date.parse(submission.submittedAt) - Date.parse(submission.startedAt)
  const end = serverNow().getTime()
  const times = {
    startedAt: new Date(end - Math.min(Math.max(took || 0, 0), 7 * 86_400_000)).toISOString(),
    submittedAt: new Date(end).toISOString(),
  }
  return (await replaceSubmission(filling, { ...submission, ...times })) ?? filling
}

/** Sends whenever there is hope: when the page opens, when the network comes back, when the person looks at the page again. */
export function keepSending(): void {
  void sendWaiting()
  addEventListener('online', () => {
    failures = 0
    void sendWaiting()
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void sendWaiting()
  })
}
