import { Refused } from './call.ts'

/** How it stands with what waits on this device to be sent. */
export type Sending = { face: 'trying' } | { face: 'later'; why: 'unreachable' | 'busy' | 'signed-out' }

export interface Sender {
  now(): Sending
  listen(listener: () => void): () => void
  /** Sends what waits: now, and again until the server has answered for each. */
  send(): Promise<void>
  /** Sends whenever there is hope: when the page opens, when the network comes back, when the person looks at the page again. */
  keepSending(): void
}

const FIRST_PAUSE_S = 2
const LONGEST_PAUSE_S = 60

const reasons: Record<string, 'unreachable' | 'busy' | 'signed-out'> = {
  unreachable: 'unreachable',
  too_many_requests: 'busy',
  busy: 'busy',
  database_away: 'busy',
  stopping: 'busy',
  internal: 'busy',
  sign_in_needed: 'signed-out',
  sign_in_again: 'signed-out',
  first_finish: 'signed-out',
}

/** The same may be taken another time: nothing is wrong with it. */
export const isForLater = ({ problem }: Refused): boolean => problem.code in reasons

/**
 * Sends what waits on this device, one tab at a time: `lock` is its name. `sendAll` says before each that it tries, and throws the
 * refusal after which it is to be tried again.
 */
export function senderOf(lock: string, sendAll: (trying: () => void) => Promise<void>): Sender {
  let now: Sending = { face: 'trying' }
  const listeners = new Set<() => void>()
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | undefined
  let isAsked = false

  const set = (face: Sending): void => {
    now = face
    for (const listener of listeners) listener()
  }
  const send = (): Promise<void> => {
    isAsked = true
    running ??= untilQuiet().finally(() => {
      running = undefined
    })
    return running
  }
  const untilQuiet = async (): Promise<void> => {
    while (isAsked) {
      isAsked = false
      clearTimeout(timer)
      await alone(lock, attempt)
    }
  }
  const attempt = async (): Promise<void> => {
    try {
      await sendAll(() => set({ face: 'trying' }))
      failures = 0
    } catch (error) {
      if (!(error instanceof Refused) || !isForLater(error)) throw error
      set({ face: 'later', why: reasons[error.problem.code]! })
      timer = setTimeout(send, pauseAfter(error, failures++) * 1000)
    }
  }
  const keepSending = (): void => {
    void send()
    addEventListener('online', () => {
      failures = 0
      void send()
    })
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void send()
    })
  }
  const listen = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return { now: () => now, listen, send, keepSending }
}

/** In the middle of sending, other tabs of this device wait. Where there are no locks, the server tells that it is the same. */
async function alone(lock: string, work: () => Promise<void>): Promise<void> {
  if (navigator.locks) await navigator.locks.request(lock, work)
  else await work()
}

/** Seconds. Phones that lost the network together must not come back in the same second. */
function pauseAfter({ retryAfterS }: Refused, failures: number): number {
  const pause = Math.min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** failures)
  return Math.max(retryAfterS ?? 0, pause * (0.75 + Math.random() / 2))
}
