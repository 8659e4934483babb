import { setTimeout as sleep } from 'node:timers/promises'
import { numbers, submissionOf } from '../load/answers.ts'
import { quantileOf } from '../load/measure.ts'
import { auditStorm } from './audit.ts'
import { atLeast, type Check, judge, none, within } from './check.ts'
import type { House } from './house.ts'
import { arrive } from './open-loop.ts'

/** Five times as many people as usual answer at once: whoever cannot be served is asked to come again, and it passes. */
export const r10: Check = async (house, size) => {
  const { usual, surge, after } =
    size === 'full' ? { usual: 300, surge: 30, after: 10 } : { usual: 100, surge: 3, after: 2 }
  const random = numbers(10)
  const make = () => submissionOf(random, house.communities, {}, false)
  const pulse = takePulse(house)
  const crowd = await arrive(house, { perSecond: 5 * usual, seconds: surge, make })
  // What is left of the surge may take so long to work off.
  await sleep(size === 'full' ? 5_000 : 500)
  const later = await arrive(house, { perSecond: usual, seconds: after, make })
  const beats = await pulse.stop()
  const p99 = quantileOf(
    later.sent.map(({ tookMs }) => tookMs),
    0.99,
  )
  const figures = [
    atLeast('acknowledged_in_the_surge', crowd.answers.size, 100),
    ...(await auditStorm(house, crowd)),
    atLeast('acknowledged_afterwards', later.answers.size, usual * after),
    none('faults_afterwards', later.faults.length),
    none('healthz_not_answered', beats.missed),
    within('healthz', beats.longestMs, 200),
    within('p99_afterwards', p99, 500),
  ]
  return judge('R10', size, figures, [...crowd.faults, ...later.faults])
}

/** Asks ten times a second whether the server is alive. */
export function takePulse(house: House): { stop(): Promise<{ longestMs: number; missed: number }> } {
  const beats = { longestMs: 0, missed: 0 }
  let stopping = false
  const beating = (async () => {
    while (!stopping) {
      const begun = performance.now()
      const isAlive = await fetch(new URL('/healthz', house.url)).then(
        ({ ok }) => ok,
        () => false,
      )
      beats.longestMs = Math.max(beats.longestMs, performance.now() - begun)
      if (!isAlive) beats.missed += 1
      await sleep(100)
    }
  })()
  return {
    async stop() {
      stopping = true
      await beating
      return beats
    },
  }
}
