import { readFileSync } from 'node:fs'

export interface LoopHold {
  /** Longest time between two turns of the event loop, in ms. */
  wallMs(): number
  /** The same without the time in which the thread was ready and the machine was busy with others: what our own work held it for. */
  ownMs(): number
  stop(): void
}

/** Watches how long the event loop of this thread is held, a millisecond at a time. */
export function watchLoop(): LoopHold {
  let wallMs = 0
  let ownMs = 0
  let last = { at: performance.now(), waited: waitedMs() }
  const timer = setInterval(() => {
    const now = { at: performance.now(), waited: waitedMs() }
    const turn = now.at - last.at
    wallMs = Math.max(wallMs, turn)
    ownMs = Math.max(ownMs, turn - (now.waited - last.waited))
    last = now
  }, 1)
  return { wallMs: () => wallMs, ownMs: () => ownMs, stop: () => clearInterval(timer) }
}

/** Time that the main thread has stood in line for a processor so far, in ms; 0 where the system does not say (it is not Linux). */
function waitedMs(): number {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6
  } catch {
    return 0
  }
}
