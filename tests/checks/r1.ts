import { setTimeout as sleep } from 'node:timers/promises'
import { auditStorm, recounted } from './audit.ts'
import { atLeast, type Check, judge, none, within } from './check.ts'
import { longestGapMs, startStorm } from './storm.ts'

/** kill -9 of the server under load: whatever was acknowledged is there once, and the next start needs no hand. */
export const r1: Check = async (house, size) => {
  const [kills, pauseMs] = size === 'full' ? [10, 3_000] : [2, 1_000]
  const storm = startStorm(house)
  const readyMs: number[] = []
  for (let kill = 0; kill < kills; kill += 1) {
    await sleep(pauseMs)
    await house.kill()
    readyMs.push(await house.start())
  }
  await sleep(pauseMs)
  await storm.stop()
  const { different } = await recounted(house)
  const figures = [
    atLeast('kills', readyMs.length, kills),
    atLeast('acknowledged', storm.answers.size, kills * 50),
    ...(await auditStorm(house, storm)),
    none('tally_differences', different),
    within('longest_start', Math.max(...readyMs), 5_000),
    within('longest_gap', longestGapMs(storm), 3_000),
  ]
  return judge('R1', size, figures, storm.faults)
}
